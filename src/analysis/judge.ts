import type { FileFacts } from "../facts/fileFacts.ts";
import type { Model } from "../model/model.ts";
import { type Finding, SEVERITY_OF } from "../rules/finding.ts";
import { type AnyRule, formatMessage, type Report } from "../rules/rule.ts";
import { overlaps } from "../text/positions.ts";
import { oncePerPlace } from "./onePlace.ts";

/** A rule that threw, and on which file. */
export interface RuleError {
  readonly rule: string;
  readonly file: string;
  readonly error: unknown;
}

/** What each rule says of one file. What it asks the model for is noted in the model's read log. */
export function judge(
  rules: readonly AnyRule[],
  facts: FileFacts,
  model: Model,
  onError: (error: RuleError) => void,
): ReadonlyMap<string, readonly Finding[]> {
  const said = new Map<string, Finding[]>();
  let judging: AnyRule | undefined;
  // One context for all of them: most rules have nothing to say of most files.
  const report = (given: Report): void => {
    if (judging === undefined || facts.unparsed.some((span) => overlaps(span, given.at))) return;
    for (const { at } of given.related ?? []) if (at.file !== facts.file) model.reads.note(`file:${at.file}`);
    const findings = said.get(judging.id);
    const finding = findingOf(judging, facts.file, given);
    if (findings === undefined) said.set(judging.id, [finding]);
    else findings.push(finding);
  };
  const context = { file: facts, model, report } as never;
  for (judging of rules) {
    try {
      judging.check(context);
    } catch (error) {
      onError({ rule: judging.id, file: facts.file, error });
    }
  }
  // In code a place is written for one thing.
  if (facts.language === "sql") for (const [rule, findings] of said) said.set(rule, [...oncePerPlace(findings)]);
  return said;
}

function findingOf(rule: AnyRule, file: string, given: Report): Finding {
  const messages: Readonly<Record<string, string>> = rule.messages;
  const certainty = given.certainty ?? rule.certainty;
  return {
    rule: rule.id,
    file,
    span: given.at,
    certainty,
    severity: given.severity ?? (given.certainty === undefined ? (rule.severity ?? SEVERITY_OF[certainty]) : SEVERITY_OF[certainty]),
    message: formatMessage(messages[given.message] ?? given.message, given.data ?? {}),
    cost: given.cost ?? rule.cost,
    related: given.related ?? [],
    fixes: given.fixes ?? [],
    ...(rule.toldOnce?.includes(given.message) ? { cause: `${rule.id} ${given.message}` } : {}),
    ...(given.claim === undefined ? {} : { claim: given.claim }),
  };
}
