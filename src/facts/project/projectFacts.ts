import type { Span } from "../../text/positions.ts";

/** What a `performance.yaml` says, with everything invalid left out and all units resolved. */
export interface ProjectFacts {
  readonly rules: readonly RuleChoice[];
  readonly overrides: readonly RuleOverride[];
  /** Patterns of files that are not read, as in a `.gitignore` beside the file. */
  readonly ignore: readonly string[];
  readonly tests: "judge" | "ignore" | undefined;
  readonly database: DatabaseFacts;
  /** Path of a file with statistics of production, relative to the folder of `performance.yaml`. */
  readonly statistics: string | undefined;
  /** The version of the last migration that has run in production; newer ones have not. */
  readonly appliedMigration: string | undefined;
  readonly slas: readonly Sla[];
  readonly scenarios: readonly Scenario[];
  /** Path of the baseline file, relative to the folder of `performance.yaml`. */
  readonly baseline: string | undefined;
}

export const RULE_LEVELS = ["off", "hint", "information", "warning", "error"] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

export interface RuleChoice {
  readonly rule: string;
  readonly level: RuleLevel;
  /** The key: the rule's id. */
  readonly at: Span;
}

export interface RuleOverride {
  /** Patterns as in a `.gitignore` beside the file. */
  readonly files: readonly string[];
  readonly rules: readonly RuleChoice[];
}

export const DATABASE_DIALECTS = ["postgresql", "mysql", "h2", "oracle", "sqlserver", "sqlite"] as const;

export interface DatabaseFacts {
  readonly dialect: (typeof DATABASE_DIALECTS)[number] | undefined;
  readonly tables: readonly TableSize[];
}

export interface TableSize {
  /** As written: the table's name, perhaps with its schema. */
  readonly name: string;
  readonly rows: number;
  readonly at: Span;
}

/** What an endpoint must hold. Times in milliseconds, rates in requests a second, `errorRate` as a share from 0 to 1. */
export interface Sla {
  /** "GET /tickets/{id}". */
  readonly endpoint: string;
  readonly p50Ms: number | undefined;
  readonly p90Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
  readonly maxMs: number | undefined;
  readonly errorRate: number | undefined;
  readonly throughputPerSecond: number | undefined;
  /** The value of `endpoint`. */
  readonly at: Span;
}

export const EXECUTORS = ["constant-vus", "constant-arrival-rate"] as const;

/** One load test. Either `vus` or `ratePerSecond` belongs to its executor. */
export interface Scenario {
  readonly name: string;
  /** The key under which its latencies and its SLA are found: "GET /tickets/{id}". */
  readonly endpoint: string;
  readonly method: string;
  /** What is requested: a path with its query, or a whole URL on loopback. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text as it is sent; a mapping or list in the file becomes JSON. */
  readonly body: string | undefined;
  readonly executor: (typeof EXECUTORS)[number];
  readonly vus: number | undefined;
  readonly ratePerSecond: number | undefined;
  readonly durationMs: number;
  readonly warmupMs: number;
  readonly timeoutMs: number;
  /** Scheme, host and port: "http://127.0.0.1:8080". */
  readonly target: string | undefined;
  /** The value of `name`. */
  readonly at: Span;
}

export const NO_PROJECT_FACTS: ProjectFacts = {
  rules: [],
  overrides: [],
  ignore: [],
  tests: undefined,
  database: { dialect: undefined, tables: [] },
  statistics: undefined,
  appliedMigration: undefined,
  slas: [],
  scenarios: [],
  baseline: undefined,
};
