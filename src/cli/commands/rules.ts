import { SEVERITY_OF } from "../../rules/finding.ts";
import { EXIT, type ExitCode, type Shell } from "../io.ts";

/** Lists every rule: id, severity, certainty, title. */
export function listRules({ io, rules }: Shell): ExitCode {
  const rows = rules.map((rule) => [rule.id, rule.severity ?? SEVERITY_OF[rule.certainty], rule.certainty, rule.title] as const);
  const width = (column: 0 | 1 | 2) => Math.max(0, ...rows.map((row) => row[column].length));
  const widths = [width(0), width(1), width(2)] as const;
  for (const [id, severity, certainty, title] of rows) {
    io.out(`${id.padEnd(widths[0])}  ${severity.padEnd(widths[1])}  ${certainty.padEnd(widths[2])}  ${title}\n`);
  }
  return EXIT.clean;
}
