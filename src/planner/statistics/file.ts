import type {
  ColumnStatistics,
  CountedSpan,
  DatabaseStatistics,
  IndexStatistics,
  RelationSize,
  TableStatistics,
} from "../../model/schema/statistics.ts";
import { restoreCalls } from "./dump.ts";
import { type Exported, exportSchema } from "./exported.ts";
import { PLANNER_SETTINGS, type Statistics } from "./statistics.ts";

type Told = DatabaseStatistics & Pick<Statistics, "settings">;

/** A statistics file, read; or what is wrong with it. */
export type StatisticsFile = { readonly ok: true; readonly statistics: Told } | { readonly ok: false; readonly why: string };

/** Reads what the export query or `pg_dump --statistics-only` wrote. */
export function readStatistics(text: string): StatisticsFile {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return { ok: false, why: "it is empty" };
  if (/pg_restore_(relation|attribute)_stats/.test(trimmed)) return fromDump(trimmed);
  return trimmed.startsWith("{") || trimmed.startsWith("[")
    ? fromJson(trimmed)
    : { ok: false, why: "it is neither the JSON of the export query nor the SQL of pg_dump --statistics-only" };
}

function fromJson(text: string): StatisticsFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, why: `it is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  // Tools that show a result as a list of rows put the one object into some of them.
  while (Array.isArray(value) && value.length === 1) value = value[0];
  if (typeof value === "object" && value !== null && "json_build_object" in value) value = value.json_build_object;
  const read = exportSchema.safeParse(value);
  if (read.success) return { ok: true, statistics: statisticsOf(read.data) };
  const [issue] = read.error.issues;
  const where = (issue?.path ?? []).map(String).join(".");
  return { ok: false, why: `it is not what the export query gives: ${where === "" ? "" : `${where}: `}${issue?.message ?? "unknown"}` };
}

function statisticsOf({ relations, settings, counted }: Exported): Told {
  const tables = new Map<string, TableStatistics>();
  const indexes = new Map<string, IndexStatistics>();
  for (const relation of relations) {
    const key = relation.name.toLowerCase();
    if (relation.kind === "i") indexes.set(key, withSameName(exportedIndex(relation), indexes.get(key)));
    else tables.set(key, largerOf(exportedTable(relation), tables.get(key)));
  }
  const known = Object.entries(settings ?? {}).filter(([name]) => (PLANNER_SETTINGS as readonly string[]).includes(name));
  const span = counted == null ? undefined : spanOf(counted);
  return { tables, indexes, settings: Object.fromEntries(known), ...(span === undefined ? {} : { counted: span }) };
}

type ExportedRelation = Exported["relations"][number];

const sizeOf = ({ rows, pages, visiblePages }: ExportedRelation): RelationSize => ({
  rows,
  pages,
  visiblePages: visiblePages ?? undefined,
});

const columnsOf = ({ columns }: ExportedRelation): ReadonlyMap<string, ColumnStatistics> =>
  new Map((columns ?? []).map((column) => [column.name.toLowerCase(), exportedColumn(column)]));

const exportedTable = (relation: ExportedRelation): TableStatistics => ({
  assumed: false,
  columns: columnsOf(relation),
  ...sizeOf(relation),
  ...(relation.writes == null ? {} : { writes: relation.writes }),
});

function exportedIndex(relation: ExportedRelation): IndexStatistics {
  const { use } = relation;
  const known = use == null ? {} : { use: { table: use.table.toLowerCase(), scans: use.scans, bytes: use.bytes ?? 0 } };
  return { expressions: columnsOf(relation), ...sizeOf(relation), ...known };
}

/** A database may have a table of one name in several schemas, one for each tenant. */
const largerOf = <T extends RelationSize>(one: T, other: T | undefined): T => (other === undefined || one.rows >= other.rows ? one : other);

/** What one of them is read for, all are needed for. */
function withSameName(one: IndexStatistics, other: IndexStatistics | undefined): IndexStatistics {
  const larger = largerOf(one, other);
  if (one.use === undefined || other?.use === undefined) return larger;
  const scans = one.use.scans + other.use.scans;
  return { ...larger, use: { ...one.use, table: larger.use?.table ?? one.use.table, scans, bytes: one.use.bytes + other.use.bytes } };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

function spanOf({ since, until, standby, replicas }: NonNullable<Exported["counted"]>): CountedSpan | undefined {
  if (since == null) return undefined;
  const days = Math.floor((Date.parse(until) - Date.parse(since)) / DAY_MS);
  return { since: since.slice(0, 10), days: Math.max(0, days), standby, replicas };
}

function exportedColumn(column: NonNullable<Exported["relations"][number]["columns"]>[number]): ColumnStatistics {
  const { nullFraction, distinct, averageBytes, correlation, mostCommonValues, mostCommonFrequencies, histogram } = column;
  return {
    nullFraction,
    distinct,
    averageBytes,
    correlation: correlation ?? undefined,
    mostCommon:
      mostCommonValues == null || mostCommonFrequencies == null
        ? undefined
        : { values: mostCommonValues, frequencies: mostCommonFrequencies },
    histogram: histogram ?? undefined,
  };
}

function fromDump(text: string): StatisticsFile {
  const calls = restoreCalls(text);
  if (calls === undefined) return { ok: false, why: "one of its calls of pg_restore_… is cut off or is not as pg_dump writes it" };
  const columns = new Map<string, Map<string, ColumnStatistics>>();
  const sizes = new Map<string, RelationSize>();
  for (const { what, values } of calls) {
    const name = values.get("relname")?.toLowerCase();
    if (name === undefined) return { ok: false, why: "it names relations in another way than pg_dump of PostgreSQL 18" };
    if (what === "relation") {
      const visible = values.get("relallvisible");
      sizes.set(name, {
        rows: Math.max(0, Number(values.get("reltuples") ?? 0)),
        pages: Number(values.get("relpages") ?? 0),
        visiblePages: visible === undefined ? undefined : Number(visible),
      });
    } else {
      // Columns of expression indexes are numbered.
      const column = values.get("attname") ?? values.get("attnum");
      if (column === undefined || values.get("inherited") === "t" || values.get("inherited") === "true") continue;
      columns.set(name, (columns.get(name) ?? new Map()).set(column.toLowerCase(), dumpedColumn(values)));
    }
  }
  const tables = new Map<string, TableStatistics>();
  const indexes = new Map<string, IndexStatistics>();
  for (const [name, size] of sizes) {
    // A dump does not say what a relation is, and names are not shared.
    const about = columns.get(name) ?? new Map<string, ColumnStatistics>();
    indexes.set(name, { expressions: about, ...size });
    tables.set(name, { assumed: false, columns: about, ...size });
  }
  return { ok: true, statistics: { tables, indexes, settings: {} } };
}

function dumpedColumn(values: ReadonlyMap<string, string>): ColumnStatistics {
  const number = (key: string): number | undefined => {
    const value = values.get(key);
    return value === undefined ? undefined : Number(value);
  };
  const common = values.get("most_common_vals");
  const frequencies = values.get("most_common_freqs");
  return {
    nullFraction: number("null_frac") ?? 0,
    distinct: number("n_distinct") ?? 0,
    averageBytes: number("avg_width") ?? 0,
    correlation: number("correlation"),
    mostCommon:
      common === undefined || frequencies === undefined
        ? undefined
        : { values: common, frequencies: frequencies.replace(/[{}]/g, "").split(",").map(Number) },
    histogram: values.get("histogram_bounds"),
  };
}
