/** What version control says of the files of a workspace: which are not on the default branch, or are otherwise there. */
export interface MigrationHistory {
  /** By workspace path: lines that differ from the merge base, 1-based; "new" for a file that it does not have. */
  readonly changed: ReadonlyMap<string, "new" | readonly LineRange[]>;
}

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Nothing is known: no file counts as new. */
export const NO_HISTORY: MigrationHistory = { changed: new Map() };
