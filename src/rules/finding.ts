import type { PlanClaim, PlanVerdict } from "../model/persistence/scans/planClaim.ts";
import type { FileEdit } from "../text/edits.ts";
import type { Place, Span } from "../text/positions.ts";

/** proven: structure or planner proves it; likely: depends on data volume; possible: a prompt to look. */
export type Certainty = "proven" | "likely" | "possible";
/** The worst first. */
export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly span: Span;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** One line, without advice. */
  readonly message: string;
  /** What it costs, as a formula: "1 + N queries, N ≤ page size". */
  readonly cost: string;
  /** The chain from the finding to its cause, in order. */
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** What several findings of a workspace have in common that are one (see RuleDefinition.toldOnce). */
  readonly cause?: string;
  /** What several findings of its file have in common that are one there (see RuleDefinition.toldOncePerFile). */
  readonly inFile?: string;
  /** The same, however loud each is (see Report.onceFor). */
  readonly onceFor?: string;
  /** How bad it is beside the others that it is told with (see Report.weight). */
  readonly weight?: number;
  /** What of it PostgreSQL's planner can judge. */
  readonly claim?: PlanClaim;
  /** What it is put together from, the one that speaks for the others first. */
  readonly parts?: readonly [Finding, ...Finding[]];
  /** What the planner has said. */
  readonly plan?: PlanVerdict;
}

export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  /** A safe fix may run in fix-all; a suggestion never does. */
  readonly safe: boolean;
  /** Of a new index, how many keys it has: one with more of them may do the work of others, and comes first where all fixes are applied. */
  readonly keys?: number;
  /** The file of an interface that it gives a method: a class of the tests may have them all, and would not compile without that one. */
  readonly addsTo?: string;
  /** One fix for this and for those of the others that are of its kind, where one edit does for all: one migration, not one for each. */
  joined?(others: readonly Fix[]): Fix | undefined;
  /** It may make no edit at all, which only building it tells: whoever shows its title asks first (see `withOfferedFixes`). */
  readonly mayBeNone?: true;
  /** Builds the edit from the texts as they are now; undefined where it does not apply to them. */
  edits(sources: Sources): readonly FileEdit[] | undefined;
}

/** The texts of the workspace, as the editor or the disk has them now. */
export interface Sources {
  text(file: string): string | undefined;
}

/** The name, and the document, of what is wrong with a file itself. */
export const FILE_PROBLEM = "project/problem";

export const SEVERITY_OF: Readonly<Record<Certainty, Severity>> = { proven: "warning", likely: "information", possible: "hint" };

/** Whether `severity` is `bound` or worse. */
export function atLeast(severity: Severity, bound: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(bound);
}
