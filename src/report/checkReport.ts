import type { Certainty, Finding, Severity } from "../rules/finding.ts";
import { type Place, type Position, positionAt, type Span } from "../text/positions.ts";

/** The outcome of a check, as `--format json` prints it; every other format is made from it. Positions are 1-based, UTF-16. */
export interface CheckReport {
  /** Of this format; raised when a member changes its meaning. */
  readonly version: 1;
  /** By file, place and rule. */
  readonly findings: readonly ReportedFinding[];
  /** With the planner's verdict: what it has withdrawn. */
  readonly withdrawn?: readonly ReportedFinding[];
  readonly stats: CheckStats;
}

export interface ReportedFinding extends ReportedPlace {
  readonly rule: string;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly message: string;
  readonly cost: string;
  /** The chain from the finding to its cause. */
  readonly related: readonly (ReportedPlace & { readonly message: string })[];
  readonly fixes: readonly ReportedFix[];
  readonly fingerprint: string;
  /** The other places that lack the same, each with its own name. */
  readonly alike?: readonly (ReportedPlace & { readonly fingerprint: string })[];
  /** What PostgreSQL's planner says of it, where it was asked. */
  readonly plan?: { readonly verdict: NonNullable<Finding["plan"]>["verdict"]; readonly text: string };
}

export interface ReportedFix {
  readonly title: string;
  readonly safe: boolean;
}

export interface ReportedPlace {
  /** Workspace path: relative, with "/". */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface CheckStats {
  readonly files: number;
  /** Files that were read and understood, in part or in full. */
  readonly parsed: number;
  readonly partlyParsed: readonly string[];
  /** Scripts for other databases than PostgreSQL, which no rule judges. */
  readonly notJudged: readonly { readonly database: string; readonly files: readonly string[] }[];
  /** The newest migrations of schemas of which neither git nor the configuration tells what has run. */
  readonly notKnownToRun?: readonly string[];
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
  /** The only member that differs from run to run. */
  readonly durationMs: number;
}

/** Whether there is a cost to tell: what is wrong with a file itself has none. */
export const hasCost = ({ cost }: Pick<ReportedFinding, "cost">): boolean => cost !== "none";

/** The message with the cost and the planner's verdict behind it, on one line. */
export function messageWithCost({ message, cost, plan }: ReportedFinding): string {
  const notes = [...(hasCost({ cost }) ? [cost] : []), ...(plan === undefined ? [] : [plan.text])];
  return notes.length === 0 ? message : `${message} (${notes.join("; ")})`;
}

/** A place that a finding tells of, and its name (see `fingerprintsOf` of the analysis). */
export interface FingerprintedPlace {
  readonly span: Span;
  readonly fingerprint: string;
}

/** `places` are all that a finding tells of, its own first, and `lineStartsOf` answers for every file that it or its chain names. */
export function reportedFinding(
  finding: Finding,
  places: readonly [FingerprintedPlace, ...FingerprintedPlace[]],
  lineStartsOf: (file: string) => Uint32Array | undefined,
): ReportedFinding {
  const [own, ...others] = places;
  const place = (at: Place): ReportedPlace => {
    const { line, character } = positionIn(lineStartsOf(at.file), at.start);
    return { file: at.file, line: line + 1, column: character + 1 };
  };
  const end = positionIn(lineStartsOf(finding.file), finding.span.end);
  const { file, line, column } = place({ file: finding.file, ...finding.span });
  return {
    rule: finding.rule,
    file,
    line,
    column,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    severity: finding.severity,
    certainty: finding.certainty,
    message: finding.message,
    cost: finding.cost,
    related: finding.related.map((related) => ({ message: related.message, ...place(related.at) })),
    fixes: finding.fixes.map(({ title, safe }) => ({ title, safe })),
    fingerprint: own.fingerprint,
    ...(others.length === 0
      ? {}
      : { alike: others.map(({ span, fingerprint }) => ({ ...place({ file: finding.file, ...span }), fingerprint })) }),
    ...(finding.plan === undefined ? {} : { plan: { verdict: finding.plan.verdict, text: finding.plan.text } }),
  };
}

function positionIn(lineStarts: Uint32Array | undefined, offset: number): Position {
  return lineStarts === undefined ? { line: 0, character: 0 } : positionAt(lineStarts, offset);
}
