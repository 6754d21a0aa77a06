import { EXIT, type ExitCode, type Io } from "../io.ts";
import { documentReader } from "../ruleDocuments.ts";
import { ruleNamed } from "../session.ts";
import { locateTool } from "../tool.ts";

/** Prints a rule's document; what the rule says of itself where the document is missing. */
export function explain(id: string, io: Io): ExitCode {
  const rule = ruleNamed(id);
  const document = documentReader(locateTool().packageRoot)(id);
  const references = rule.references.map((reference) => `- ${reference}\n`).join("");
  io.out(document ?? `# ${rule.id}\n\n${rule.title}. Cost: ${rule.cost}. Certainty: ${rule.certainty}.\n\n${references}`);
  return EXIT.clean;
}
