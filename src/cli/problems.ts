import type { FileFacts, FileProblem } from "../facts/fileFacts.ts";
import { FILE_PROBLEM, type Finding } from "../rules/finding.ts";

/**
 * What a person should hear about a file itself, as findings. Only a mistake in `performance.yaml` counts like a finding of a
 * rule: elsewhere the file may be right and our reading of it short.
 */
export function problemFindings({ file, language }: FileFacts, problems: readonly FileProblem[]): readonly Finding[] {
  return problems.map((problem) => ({
    rule: FILE_PROBLEM,
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
