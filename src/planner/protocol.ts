/** What the planner's thread is asked and answers. Plain data: it crosses threads. */

/** One thing to do in the planner's database. */
export type Step =
  /** Runs SQL: one statement, or several as one transaction. */
  | { readonly kind: "sql"; readonly sql: string }
  /** Makes relations look as large as this; those that do not exist are passed over. `name` is spelt as in SQL. */
  | { readonly kind: "resize"; readonly relations: readonly { readonly name: string; readonly pages: number }[] }
  /** Takes everything away that earlier steps have created. */
  | { readonly kind: "reset" };

export type Row = Readonly<Record<string, unknown>>;

/** The rows of the last statement, or what PostgreSQL says against it. A failed step undoes itself; later steps run. */
export type StepResult =
  | { readonly ok: true; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly message: string; readonly code: string | undefined };

export interface Request {
  readonly id: number;
  readonly steps: readonly Step[];
}

export type Response =
  | { readonly kind: "ready"; readonly residentBytes: number }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "done"; readonly id: number; readonly results: readonly StepResult[] };

/** Absolute paths of what PGlite needs; the files are compressed with Brotli. */
export interface PlannerAssets {
  readonly wasm: string;
  readonly data: string;
  /** An empty data directory, as `dumpDataDir("none")` writes it: starting from it saves `initdb`. */
  readonly snapshot: string;
  /** The folder with the bundles of `EXTENSIONS`. */
  readonly extensions: string;
}

/** Extensions that come with types and operator classes that migrations and queries name. */
export const EXTENSIONS = ["btree_gin", "btree_gist", "citext", "hstore", "intarray", "ltree", "pg_trgm", "unaccent", "uuid-ossp"] as const;
export type Extension = (typeof EXTENSIONS)[number];
