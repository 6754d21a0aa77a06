/** What a planner knows of the data: sizes of relations and how values are spread over columns. */
export interface Statistics {
  /** Where they come from, as a person is told: "1,000,000 rows assumed", the name of a file. */
  readonly source: string;
  /** By lower-case name, without the PostgreSQL schema. */
  readonly tables: ReadonlyMap<string, TableStatistics>;
  /** By lower-case name of the index. */
  readonly indexes: ReadonlyMap<string, IndexStatistics>;
  /** Planner settings that differ from PostgreSQL's defaults: `random_page_cost`, `work_mem`, … */
  readonly settings: Readonly<Record<string, string>>;
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
}

export interface IndexStatistics extends RelationSize {
  /** Of its expressions, by their place among the keys from 1 on, or by the name that PostgreSQL gives the key. */
  readonly expressions: ReadonlyMap<string, ColumnStatistics>;
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

export interface MostCommon {
  /** An array literal: "{OPEN,DONE}". */
  readonly values: string;
  readonly frequencies: readonly number[];
}

/** The settings that the costs of a plan depend on, which statistics may bring along. */
export const PLANNER_SETTINGS = [
  "seq_page_cost",
  "random_page_cost",
  "cpu_tuple_cost",
  "cpu_index_tuple_cost",
  "cpu_operator_cost",
  "effective_cache_size",
  "work_mem",
  "hash_mem_multiplier",
  "default_statistics_target",
  "enable_partitionwise_join",
  "enable_partitionwise_aggregate",
] as const;
