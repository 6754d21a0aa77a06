import type { AnyRule } from "../../rules/rule.ts";
import { EXIT, type ExitCode, type Shell } from "../io.ts";
import { documentReader } from "../ruleDocuments.ts";
import { ruleNamed } from "../session.ts";

/** Prints a rule's document; what the rule says of itself where the document is missing. Reports name some that are no rules, as `project/problem`. */
export function explain(id: string, { io, tool, rules }: Shell): ExitCode {
  io.out(documentReader(tool.packageRoot)(id) ?? describe(ruleNamed(id, rules)));
  return EXIT.clean;
}

function describe({ id, title, cost, certainty, references }: AnyRule): string {
  return `# ${id}\n\n${title}. Cost: ${cost}. Certainty: ${certainty}.\n\n${references.map((reference) => `- ${reference}\n`).join("")}`;
}
