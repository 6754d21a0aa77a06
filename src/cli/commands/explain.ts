import { EXIT, type ExitCode, type Shell } from "../io.ts";
import { documentReader } from "../ruleDocuments.ts";
import { ruleNamed } from "../session.ts";

/** Prints a rule's document; what the rule says of itself where the document is missing. */
export function explain(id: string, { io, tool, rules }: Shell): ExitCode {
  const rule = ruleNamed(id, rules);
  const document = documentReader(tool.packageRoot)(id);
  const references = rule.references.map((reference) => `- ${reference}\n`).join("");
  io.out(document ?? `# ${rule.id}\n\n${rule.title}. Cost: ${rule.cost}. Certainty: ${rule.certainty}.\n\n${references}`);
  return EXIT.clean;
}
