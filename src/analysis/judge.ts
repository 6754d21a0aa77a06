import type { FileFacts } from "../facts/fileFacts.ts";
import type { Model } from "../model/model.ts";
import { type Finding, SEVERITY_OF } from "../rules/finding.ts";
import { type AnyRule, formatMessage, type Report } from "../rules/rule.ts";
import { overlaps } from "../text/positions.ts";
import type { RuleError } from "./workspace.ts";

/** What one rule says of one file. What it asks the model for is noted in the model's read log. */
export function judge(rule: AnyRule, facts: FileFacts, model: Model, onError: (error: RuleError) => void): readonly Finding[] {
  const findings: Finding[] = [];
  const messages: Readonly<Record<string, string>> = rule.messages;
  const report = (given: Report): void => {
    if (facts.unparsed.some((span) => overlaps(span, given.at))) return;
    const certainty = given.certainty ?? rule.certainty;
    for (const { at } of given.related ?? []) if (at.file !== facts.file) model.reads.note(`file:${at.file}`);
    findings.push({
      rule: rule.id,
      file: facts.file,
      span: given.at,
      certainty,
      severity: given.severity ?? (given.certainty === undefined ? (rule.severity ?? SEVERITY_OF[certainty]) : SEVERITY_OF[certainty]),
      message: formatMessage(messages[given.message] ?? given.message, given.data ?? {}),
      cost: given.cost ?? rule.cost,
      related: given.related ?? [],
      fixes: given.fixes ?? [],
    });
  };
  try {
    rule.check({ file: facts, model, report } as never);
  } catch (error) {
    onError({ rule: rule.id, file: facts.file, error });
  }
  return findings;
}
