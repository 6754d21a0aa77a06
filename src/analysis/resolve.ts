import type { FileFacts, Suppression } from "../facts/fileFacts.ts";
import type { Finding, Fix } from "../rules/finding.ts";
import type { AnyRule } from "../rules/rule.ts";
import { remove, wholeLine } from "../text/edits.ts";
import { overlaps, positionAt, type Span } from "../text/positions.ts";
import { oncePerFile } from "./onePlace.ts";
import type { RuleSettings } from "./settings.ts";

/** From what the rules that ran said of a file to what is shown: settings, suppressions, one primary finding a place, order. */
export function resolveFindings(
  facts: FileFacts,
  said: readonly Finding[],
  ran: readonly AnyRule[],
  settings: RuleSettings,
): readonly Finding[] {
  if (said.length === 0 && facts.suppressions.length === 0) return said;
  const wanted = said.flatMap((finding) => {
    const severity = settings.severityOf(finding.rule, finding.file);
    if (severity === "off") return [];
    return [severity === undefined ? finding : { ...finding, severity }];
  });
  const used = new Set<Suppression>();
  const shown = primaryOnly(wanted, ran).filter((finding) => {
    const by = facts.suppressions.find((suppression) => suppresses(suppression, finding, facts));
    if (by !== undefined) used.add(by);
    return by === undefined;
  });
  return [...oncePerFile(shown.sort(byPlace)), ...unusedSuppressions(facts, used, ran, settings)].sort(byPlace);
}

function primaryOnly(findings: readonly Finding[], rules: readonly AnyRule[]): readonly Finding[] {
  const subsumes = new Map(rules.map((rule) => [rule.id, rule.subsumes ?? []]));
  return findings.filter(
    (finding) =>
      !findings.some(
        (other) => other !== finding && subsumes.get(other.rule)?.includes(finding.rule) && overlaps(other.span, finding.span),
      ),
  );
}

function suppresses(suppression: Suppression, finding: Finding, facts: FileFacts): boolean {
  if (!suppression.rules.includes(finding.rule)) return false;
  if (suppression.scope === "file") return true;
  const line = positionAt(facts.lineStarts, suppression.span.start).line;
  const found = positionAt(facts.lineStarts, finding.span.start).line;
  return found === line || found === line + 1;
}

/** A suppression that silences nothing is a finding itself, unless its rule did not run. */
function unusedSuppressions(
  facts: FileFacts,
  used: ReadonlySet<Suppression>,
  ran: readonly AnyRule[],
  settings: RuleSettings,
): readonly Finding[] {
  const hasRun = (id: string): boolean => ran.some((rule) => rule.id === id) && settings.severityOf(id, facts.file) !== "off";
  return facts.suppressions
    .filter((suppression) => !used.has(suppression) && suppression.rules.some(hasRun))
    .map((suppression) => ({
      rule: "project/unused-suppression",
      file: facts.file,
      span: suppression.span,
      severity: "information",
      certainty: "proven",
      message: `perf-ignore ${suppression.rules.join(", ")} silences nothing`,
      cost: "none",
      related: [],
      // The checksum of a script that has run counts its comments.
      fixes: facts.language === "sql" ? [] : [takeAway(facts.file, suppression.span)],
    }));
}

/** A suggestion: a file that could be read in part only may hide what the comment is for. */
function takeAway(file: string, span: Span): Fix {
  return {
    title: "Take the comment away",
    safe: false,
    edits: ({ text: textOf }) => {
      const text = textOf(file);
      if (text === undefined) return undefined;
      const end = span.start + text.slice(span.start, span.end).trimEnd().length;
      const line = wholeLine(text, { start: span.start, end });
      const code = text.slice(0, line.start).replace(/[ \t]+$/, "").length;
      return [{ kind: "change", file, edits: [remove({ start: code, end: line.end })] }];
    },
  };
}

export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
