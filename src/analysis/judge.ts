import type { FileFacts, JavaFile } from "../facts/fileFacts.ts";
import type { Model } from "../model/model.ts";
import { type Finding, type Fix, SEVERITY_OF } from "../rules/finding.ts";
import { type AnyRule, formatMessage, type Report } from "../rules/rule.ts";
import { overlaps, type Span } from "../text/positions.ts";
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
  const isShared = ({ start }: Span): boolean => model.calls.isShared(facts.file, start);
  // One context for all of them: most rules have nothing to say of most files.
  const report = (given: Report): void => {
    if (judging === undefined || facts.unparsed.some((span) => overlaps(span, given.at))) return;
    for (const { at } of given.related ?? []) if (at.file !== facts.file) model.reads.note(`file:${at.file}`);
    const findings = said.get(judging.id);
    const finding = findingOf(
      judging,
      facts.file,
      given.fixes !== undefined && facts.language === "java" && isShared(given.at) ? elsewhere(given, facts.file) : given,
    );
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
  // A block of SQL may run for many tables, and what others inherit does something in each of them; in other code a place means one thing.
  const meansMuch = ({ span }: Finding): boolean =>
    facts.language === "sql" || (facts.language === "java" && (isShared(span) || isInheritable(facts, span)));
  for (const [rule, findings] of said) {
    if (findings.length > 1) said.set(rule, [...oncePerPlace(findings, meansMuch)]);
  }
  return said;
}

/** Whether a place lies in a method of a generic or an abstract type, which may be another query in each below it. */
const isInheritable = ({ java }: JavaFile, { start }: Span): boolean =>
  java.types.some(
    ({ modifiers, typeParameters, methods }) =>
      (typeParameters.length > 0 || modifiers.includes("abstract")) && methods.some(({ span }) => start >= span.start && start < span.end),
  );

/** A fix for one class is none for the others that run the same lines: what it edits is known when it is built. */
function elsewhere(given: Report, file: string): Report {
  return given.fixes === undefined ? given : { ...given, fixes: given.fixes.map((fix) => editingOthers(fix, file)) };
}

function editingOthers(fix: Fix, file: string): Fix {
  return {
    ...fix,
    mayBeNone: true,
    joined(others) {
      const all = fix.joined?.(others);
      return all && editingOthers(all, file);
    },
    edits(sources) {
      const made = fix.edits(sources);
      return made?.some((edit) => edit.file === file) === true ? undefined : made;
    },
  };
}

/** What a finding has in common with others that are told once. */
function causeOf({ toldOnce, toldOnceAlike, toldOnceInLists }: AnyRule, key: string, message: string): string | undefined {
  if (toldOnce?.includes(key)) return key;
  if (toldOnceInLists?.includes(key)) return "in lists";
  return toldOnceAlike?.includes(key) ? message : undefined;
}

function findingOf(rule: AnyRule, file: string, given: Report): Finding {
  const messages: Readonly<Record<string, string>> = rule.messages;
  const certainty = given.certainty ?? rule.certainty;
  const message = formatMessage(messages[given.message] ?? given.message, given.data ?? {});
  const cause = causeOf(rule, given.message, message);
  const inFile = rule.toldOncePerFile?.find((alike) => alike.includes(given.message))?.join(" ");
  return {
    rule: rule.id,
    file,
    span: given.at,
    certainty,
    severity: given.severity ?? (given.certainty === undefined ? (rule.severity ?? SEVERITY_OF[certainty]) : SEVERITY_OF[certainty]),
    message,
    cost: given.cost ?? rule.cost,
    related: given.related ?? [],
    fixes: given.fixes ?? [],
    ...(cause === undefined ? {} : { cause: `${rule.id} ${cause}` }),
    ...(inFile === undefined ? {} : { inFile }),
    ...(given.onceFor === undefined ? {} : { onceFor: given.onceFor }),
    ...(given.weight === undefined ? {} : { weight: given.weight }),
    ...(given.claim === undefined ? {} : { claim: given.claim }),
  };
}
