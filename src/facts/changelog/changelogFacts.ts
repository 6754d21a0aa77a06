import type { Span } from "../../text/positions.ts";

/** What a change log of Liquibase in XML, YAML or JSON says besides its statements: their order among what it includes. */
export interface ChangelogFacts {
  readonly steps: readonly ChangelogStep[];
  /** Values of `${name}` that hold on PostgreSQL, the first of a name. */
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  /** Some of it is said to be for PostgreSQL. */
  readonly namesPostgres?: true;
}

export type ChangelogStep =
  /** The statements from one number to before another. */
  | { readonly kind: "statements"; readonly from: number; readonly to: number }
  /** Another change log, a script of formatted SQL, or a plain script; all change logs below a folder, by name. */
  | ({
      readonly kind: "file" | "folder";
      readonly path: string;
      readonly relative: boolean;
      readonly at: Span;
      /** A changeset runs it as its `sqlFile`. */
      readonly script?: true;
    } & Condition);

/** Where what is included runs, besides what each of its changesets says. */
export interface Condition {
  readonly contexts?: string;
  readonly labels?: string;
}
