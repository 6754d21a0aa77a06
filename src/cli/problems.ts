import type { FileFacts, FileProblem } from "../facts/fileFacts.ts";
import type { Finding } from "../rules/finding.ts";

/** The id under which a report names what is wrong with a file itself. */
const PROBLEM_RULE = "project/problem";

/**
 * What a person should hear about a file itself, as findings. Only a mistake in `performance.yaml` counts like a finding of a
 * rule: elsewhere the file may be right and our reading of it short.
 */
export function problemFindings({ file, language }: FileFacts, problems: readonly FileProblem[]): readonly Finding[] {
  return problems.map((problem) => ({
    rule: PROBLEM_RULE,
    file,
    span: problem.span,
    severity: language === "project" ? problem.severity : "information",
    certainty: "proven",
    message: problem.message,
    cost: "none",
    related: [],
    fixes: [],
  }));
}
