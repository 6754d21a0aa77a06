/** What application code does with tables: asked to rank what the schema alone shows. */
export interface TableUsage {
  /**
   * The lookups and joins that queries do by the column, each as the other columns that it gives values for; undefined where the
   * queries are not known.
   */
  lookupsBy(table: string, column: string, nearFile: string): readonly (readonly string[])[] | undefined;
  /** The collections whose rows are found by the column when they are loaded, whoever loads them. */
  collectionsBy(table: string, column: string): readonly MappedCollection[];
  /** Whether a statement deletes rows by the column. */
  purgesBy(table: string, column: string, nearFile: string): boolean | undefined;
  /** Whether rows of the table are deleted; undefined where that is not known. */
  deletesFrom(table: string, nearFile: string): boolean | undefined;
}

/** A collection of an entity: other entities, or values. */
export interface MappedCollection {
  /** Qualified name of the entity. */
  readonly owner: string;
  readonly name: string;
}
