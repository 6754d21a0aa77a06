/** What is known of the data of a database: sizes of relations, how values are spread over columns, what is read and written. */
export interface DatabaseStatistics {
  /** By lower-case name, without the PostgreSQL schema; of several of one name the largest. */
  readonly tables: ReadonlyMap<string, TableStatistics>;
  /** By lower-case name of the index. */
  readonly indexes: ReadonlyMap<string, IndexStatistics>;
  /** Undefined where nobody has counted what is read and written. */
  readonly counted?: CountedSpan;
}

export interface RelationSize {
  readonly rows: number;
  /** Of 8 KB; undefined is worked out from the width of the rows. */
  readonly pages: number | undefined;
  /** Pages whose rows everybody sees, which an index-only scan need not look at; undefined is all, as after VACUUM. */
  readonly visiblePages: number | undefined;
}

export interface TableStatistics extends RelationSize {
  /** By lower-case column name; of others PostgreSQL assumes what it assumes of a table that was never analysed. */
  readonly columns: ReadonlyMap<string, ColumnStatistics>;
  /** Nobody has said how large the table is. */
  readonly assumed: boolean;
  /** Of an assumed size: why few rows are assumed. */
  readonly because?: string;
  readonly writes?: TableWrites;
}

/** Rows that were written in the counted span. */
export interface TableWrites {
  readonly inserted: number;
  /** HOT updates included. */
  readonly updated: number;
  /** Updates that wrote to no index. */
  readonly hotUpdated: number;
  readonly deleted: number;
}

export interface IndexStatistics extends RelationSize {
  /** Of its expressions, by their place among the keys from 1 on, or by the name that PostgreSQL gives the key. */
  readonly expressions: ReadonlyMap<string, ColumnStatistics>;
  readonly use?: IndexUse;
}

export interface IndexUse {
  /** Lower-case name of its table. */
  readonly table: string;
  /** How often it was read in the counted span; of several indexes of one name and table the sum. */
  readonly scans: number;
  readonly bytes: number;
}

/** From when to when a server has counted what is read and written. */
export interface CountedSpan {
  /** As in "2024-03-01". */
  readonly since: string;
  readonly days: number;
  /** The server that counted is a replica itself. */
  readonly standby: boolean;
  /** Servers that take its changes, and count for themselves what they read. */
  readonly replicas: number;
}

/** As in `pg_stats`. */
export interface ColumnStatistics {
  /** Share of NULL, 0 to 1. */
  readonly nullFraction: number;
  /** Different values: a number, or below 0 a share of the rows; -1 is unique. */
  readonly distinct: number;
  readonly averageBytes: number;
  /** Between the order of the values and of the rows, -1 to 1. */
  readonly correlation: number | undefined;
  readonly mostCommon: MostCommon | undefined;
  /** An array literal: "{a,b}". */
  readonly histogram: string | undefined;
}

/** How many different values a column of so many rows has. */
export const distinctValues = ({ distinct }: Pick<ColumnStatistics, "distinct">, rows: number): number =>
  Math.max(1, distinct < 0 ? -distinct * rows : distinct);

export interface MostCommon {
  /** An array literal: "{OPEN,DONE}". */
  readonly values: string;
  readonly frequencies: readonly number[];
}
