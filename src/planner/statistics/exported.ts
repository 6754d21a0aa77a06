import * as z from "zod";
import { PLANNER_SETTINGS } from "./statistics.ts";

/**
 * The one SELECT whose result `plan --statistics` reads, for PostgreSQL 12 to 17. It reads catalogs and counters only. The most common
 * values and the histogram bounds of columns are values of the data; leave them out by deleting those lines.
 */
export const EXPORT_QUERY = `SELECT json_build_object(
  'version', 2,
  'server', current_setting('server_version_num')::int,
  'settings', (SELECT json_object_agg(name, current_setting(name)) FROM pg_settings
    WHERE name IN (${PLANNER_SETTINGS.map((name) => `'${name}'`).join(", ")})),
  'counted', (SELECT json_build_object(
    'since', coalesce(d.stats_reset, (SELECT b.stats_reset FROM pg_stat_bgwriter b)), 'until', now(),
    'standby', pg_is_in_recovery(), 'replicas', (SELECT count(*) FROM pg_stat_replication)
  ) FROM pg_stat_database d WHERE d.datname = current_database()),
  'relations', (SELECT json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'kind', c.relkind,
    'rows', greatest(c.reltuples, 0), 'pages', c.relpages, 'visiblePages', c.relallvisible,
    'use', (SELECT json_build_object('table', u.relname, 'scans', u.idx_scan, 'bytes', pg_relation_size(c.oid))
      FROM pg_stat_user_indexes u WHERE u.indexrelid = c.oid),
    'writes', (SELECT json_build_object('inserted', w.n_tup_ins, 'updated', w.n_tup_upd, 'hotUpdated', w.n_tup_hot_upd, 'deleted', w.n_tup_del)
      FROM pg_stat_user_tables w WHERE w.relid = c.oid),
    'columns', (SELECT json_agg(json_build_object(
      'name', s.attname, 'nullFraction', s.null_frac, 'distinct', s.n_distinct, 'averageBytes', s.avg_width, 'correlation', s.correlation,
      'mostCommonValues', s.most_common_vals::text,
      'mostCommonFrequencies', s.most_common_freqs::float8[],
      'histogram', s.histogram_bounds::text
    )) FROM pg_stats s WHERE s.schemaname = n.nspname AND s.tablename = c.relname AND NOT s.inherited)
  )) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'i', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%')
)`;

const columnSchema = z.object({
  name: z.string(),
  nullFraction: z.number().min(0).max(1),
  distinct: z.number(),
  averageBytes: z.number().min(0),
  correlation: z.number().min(-1).max(1).nullish(),
  mostCommonValues: z.string().nullish(),
  mostCommonFrequencies: z.array(z.number().min(0).max(1)).nullish(),
  histogram: z.string().nullish(),
});

const count = () => z.number().min(0);
const time = () => z.iso.datetime({ offset: true });

/** What the SELECT gives; version 1 had no counters. */
export const exportSchema = z.object({
  version: z.union([z.literal(1), z.literal(2)], { error: "is 1 or 2" }),
  server: z.int(),
  settings: z.record(z.string(), z.string()).nullish(),
  counted: z.object({ since: time().nullish(), until: time(), standby: z.boolean(), replicas: count() }).nullish(),
  relations: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      kind: z.enum(["r", "i", "m", "p"]),
      rows: count(),
      pages: count(),
      visiblePages: count().nullish(),
      use: z.object({ table: z.string(), scans: count(), bytes: count().nullish() }).nullish(),
      writes: z.object({ inserted: count(), updated: count(), hotUpdated: count(), deleted: count() }).nullish(),
      columns: z.array(columnSchema).nullish(),
    }),
  ),
});

export type Exported = z.output<typeof exportSchema>;
