/** What application code does with tables: asked to rank what the schema alone shows. */
export interface TableUsage {
  /** Whether a query looks rows up by the column, or joins by it; undefined where the queries are not known. */
  filtersBy(table: string, column: string, nearFile: string): boolean | undefined;
  /** Whether rows of the table are deleted; undefined where that is not known. */
  deletesFrom(table: string, nearFile: string): boolean | undefined;
}

/** Nothing is known. */
export const unknownUsage: TableUsage = { filtersBy: () => undefined, deletesFrom: () => undefined };
