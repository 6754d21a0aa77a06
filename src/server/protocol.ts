/**
 * What the extension and the server say to each other beyond LSP. Types and names only, so that neither end loads anything for
 * it. Requests are methods with a parameter and an answer; documents are named by URI.
 */

import type { BenchmarkChoice } from "../bench/panelProtocol.ts";
import type { QueryPlace } from "../planner/panelProtocol.ts";

/** What the client hands over when it starts the server. */
export interface InitializationOptions {
  /** Folder of the facts cache; none when it should keep nothing on disk. */
  readonly cacheDirectory?: string;
  readonly settings?: EditorSettings;
}

/** What a person chooses for the editor alone; the project's own choices are in `performance.yaml`. */
export interface EditorSettings {
  /** Findings below it are not shown in the editor. */
  readonly minimumSeverity: "error" | "warning" | "information" | "hint";
  /** Whether files that are not open have diagnostics too. */
  readonly unopenedFiles: boolean;
  /** Whether PostgreSQL's planner judges findings about indexes while the editor is idle. */
  readonly planVerdicts: boolean;
}

/** Notification to the client whenever it changes. */
export const STATUS = "performanceAuditor/status";
export interface Status {
  readonly state: "indexing" | "ready" | "problem";
  /** Files known so far. */
  readonly files: number;
  /** Files that will be, while indexing. */
  readonly total?: number;
  /** How long the index took. */
  readonly durationMs?: number;
  /** One line, for a person. */
  readonly message?: string;
}

/** Notification to the server: the settings of the editor are others now. */
export const SETTINGS = "performanceAuditor/settings";

export const EFFECTIVE_CONFIGURATION = "performanceAuditor/effectiveConfiguration";
export interface EffectiveConfigurationParams {
  /** Null asks for the folders of the workspace. */
  readonly uri: string | null;
}
/** A document to show. */
export interface MarkdownDocument {
  readonly title: string;
  readonly markdown: string;
}

export const CHECK_WORKSPACE = "performanceAuditor/checkWorkspace";
/** Judges every file; its progress comes as LSP's work-done progress, and it can be cancelled like any request. */
export interface CheckWorkspaceParams {
  readonly workDoneToken?: string | number;
}
export interface CheckWorkspaceResult {
  readonly files: number;
  readonly durationMs: number;
  readonly findings: Readonly<Record<"error" | "warning" | "information" | "hint", number>>;
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
}

export const EXPLAIN_RULE = "performanceAuditor/explainRule";
export interface ExplainRuleParams {
  readonly rule: string;
}

export const RULES = "performanceAuditor/rules";
export interface RuleSummary {
  readonly id: string;
  readonly title: string;
}

/** What the panel shows of the query at a place: its plan as it is and with the indexes that would help; null where there is no query. */
export const EXPLAIN_QUERY = "performanceAuditor/explainQuery";

/** The same query run on rows that are made for it, with LSP's work-done progress, and cancelled like any request; null where there is none. */
export const PROVE_QUERY = "performanceAuditor/proveQuery";
export interface ProveQueryParams extends QueryPlace {
  readonly workDoneToken?: string | number;
}

/** What can be measured; the extension opens the panel with it. */
export const BENCHMARK_CHOICES = "performanceAuditor/benchmarkChoices";
export interface BenchmarkProject {
  /** Absolute path: runs are kept in its `.performance/runs`. */
  readonly folder: string;
  readonly choices: readonly BenchmarkChoice[];
}

/** The command that the server's code actions name; the extension registers it with the rule's id as its argument. */
export const EXPLAIN_RULE_COMMAND = "performanceAuditor.explainRule";
/** The command of the server's code lenses, with a QueryPlace as its argument. */
export const EXPLAIN_QUERY_COMMAND = "performanceAuditor.explainQuery";
/** The command of the panel that shows plans, with a QueryPlace as its argument. */
export const PROVE_QUERY_COMMAND = "performanceAuditor.proveQuery";
export const FIX_ALL_KIND = "source.fixAll.performanceAuditor";
export const DIAGNOSTIC_SOURCE = "performance";
