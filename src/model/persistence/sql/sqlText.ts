/** A query as PostgreSQL gets it, its parameters `$1`, `$2`, …; or why it cannot be told with certainty. */
export type SqlText =
  | {
      readonly ok: true;
      readonly sql: string;
      /** What the parameters stand for, in their order: names as the query has them. */
      readonly parameters: readonly string[];
      /** What was taken for granted: "a page of 20 rows". */
      readonly assumed: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

export const noSql = (why: string): SqlText => ({ ok: false, why });

/** Rows of a page where the caller decides: Spring Data's own default. */
export const PAGE_ROWS = 20;

/** Numbers parameters: the same name is the same parameter, a bare "?" always a new one. */
export class Parameters {
  readonly names: string[] = [];

  place(name: string): string {
    const known = name === "" ? -1 : this.names.indexOf(name);
    if (known >= 0) return `$${known + 1}`;
    this.names.push(name === "" ? `?${this.names.length + 1}` : name);
    return `$${this.names.length}`;
  }
}
