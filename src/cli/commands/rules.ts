import { ownSeverity } from "../../rules/rule.ts";
import { EXIT, type ExitCode, type Shell } from "../io.ts";

export const RULE_FORMATS = ["text", "json"] as const;

export interface RulesOptions {
  readonly format: (typeof RULE_FORMATS)[number];
}

/** Lists every rule: id, severity, certainty, title; for programs also its cost and its references. */
export function listRules({ format }: RulesOptions, { io, rules }: Shell): ExitCode {
  if (format === "json") {
    const listed = rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      severity: ownSeverity(rule),
      certainty: rule.certainty,
      cost: rule.cost,
      references: rule.references,
    }));
    io.out(`${JSON.stringify(listed, undefined, 2)}\n`);
    return EXIT.clean;
  }
  const rows = rules.map((rule) => [rule.id, ownSeverity(rule), rule.certainty, rule.title] as const);
  const width = (column: 0 | 1 | 2) => Math.max(0, ...rows.map((row) => row[column].length));
  const widths = [width(0), width(1), width(2)] as const;
  for (const [id, severity, certainty, title] of rows) {
    io.out(`${id.padEnd(widths[0])}  ${severity.padEnd(widths[1])}  ${certainty.padEnd(widths[2])}  ${title}\n`);
  }
  return EXIT.clean;
}
