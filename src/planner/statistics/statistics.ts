import type { DatabaseStatistics } from "../../model/schema/statistics.ts";

/** What a planner knows of the data. */
export interface Statistics extends DatabaseStatistics {
  /** Where they come from, as a person is told: "1,000,000 rows assumed", the name of a file. */
  readonly source: string;
  /** Planner settings that differ from PostgreSQL's defaults: `random_page_cost`, `work_mem`, … */
  readonly settings: Readonly<Record<string, string>>;
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
