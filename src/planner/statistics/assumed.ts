import type { Model } from "../../model/model.ts";
import { isFlagType } from "../../model/persistence/scans/indexNeed.ts";
import { isDoneFlag, isDoneTime, isEndTime, isOfWholeRow } from "../../model/schema/openRows.ts";
import type { Schema, Table } from "../../model/schema/schema.ts";
import type { ColumnStatistics, TableStatistics } from "../../model/schema/statistics.ts";
import { isKnownType, labelsOf } from "../schema.ts";
import { isWrittenInOrder } from "./order.ts";
import type { Statistics } from "./statistics.ts";
import { typicalBytes } from "./width.ts";

/** Rows of a table that grows, where nobody says how many. */
const ASSUMED_ROWS = 1_000_000;
/** Rows of a table that stays small, and of one that administrators alone fill. */
const FEW_ROWS = 100;
const PROBABLY_ROWS = 1_000;

/** What PostgreSQL itself assumes of a column that it knows nothing of. */
const UNKNOWN_DISTINCT = 200;

const FEW_DISTINCT = 8;

/**
 * Share of NULL in a column that may have it, where nobody says: half of the rows, nearly all of what marks the end of one, and few of
 * what says that something has been done with it. As few flags that say so are down.
 */
const HALF_NULL = 0.5;
const MOST_NULL = 0.95;
const FEW_OPEN = 0.05;

/**
 * How values are assumed to be spread where nobody says. Usual: ten rows for each row that they refer to, and the 200 values that
 * PostgreSQL makes up of which neither type, name nor keys tell anything. Selective: of these, ten rows a value. Crowded: a thousand rows
 * for each row that they refer to.
 */
export type Spread = "usual" | "selective" | "crowded";

/** What is known of sizes from elsewhere. */
export interface KnownSizes {
  /** Rows that somebody has told. */
  readonly told: (table: Table) => number | undefined;
  /** Why a table has few rows, as far as the migrations and the code show who adds them. */
  readonly few: (table: Table) => { readonly probably: boolean; readonly because: string } | undefined;
  /** Columns of a table that the code fills with the time at which it writes a row, lower case. */
  readonly stamped: (table: Table) => ReadonlySet<string>;
}

export function sizesOf({ tableSizes, growth, persistence }: Pick<Model, "tableSizes" | "growth" | "persistence">): KnownSizes {
  let stamps: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  return {
    told: ({ name }) => tableSizes.rowsOf(name),
    few: (table) => {
      const size = growth.sizeOf(table);
      return size && { probably: size.rows !== "few", because: size.because };
    },
    stamped: ({ name }) => (stamps ??= stampedColumns(persistence)).get(name.toLowerCase()) ?? NONE,
  };
}

const NONE: ReadonlySet<string> = new Set();

/** By table, lower case. */
function stampedColumns(persistence: Model["persistence"]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { qualified } of persistence.mappedClasses()) {
    for (const { stamped, table, columns } of persistence.entity(qualified)?.attributes ?? []) {
      if (stamped !== true) continue;
      const known = found.get(table) ?? new Set();
      for (const column of columns) known.add(column);
      found.set(table, known);
    }
  }
  return found;
}

/** As the migrations alone show them, without any code. */
export const sizesOfSchema = (told: KnownSizes["told"]): KnownSizes => ({
  told,
  few: ({ small }) => (small === undefined ? undefined : { probably: false, because: small }),
  stamped: () => NONE,
});

/**
 * Statistics for a schema of which nobody has any: a million rows for tables that grow, few for those that stay small, keys that are
 * unique, references spread evenly over their parents, rows in the order of the time at which they were written. Sizes that are known from
 * elsewhere count.
 */
export function assumedStatistics(schema: Schema, { told, few, stamped }: KnownSizes, spread: Spread): Statistics {
  const rows = new Map<string, number>();
  const reasons = new Map<string, string>();
  for (const [name, table] of schema.tables) {
    const known = told(table);
    const small = known === undefined ? few(table) : undefined;
    const usual = small === undefined ? ASSUMED_ROWS : small.probably ? PROBABLY_ROWS : FEW_ROWS;
    rows.set(name, known ?? Math.max(usual, small === undefined ? 0 : table.seededRows));
    if (small !== undefined) reasons.set(name, small.because);
  }
  const tables = new Map<string, TableStatistics>();
  for (const [name, table] of schema.tables) {
    const columns = new Map<string, ColumnStatistics>();
    const stamps = stamped(table);
    for (const [column, about] of table.columns) {
      const correlation = isWrittenInOrder(table, about, stamps.has(column)) ? 1 : 0;
      columns.set(column, { ...assumedColumn(schema, table, column, rows, spread), correlation });
    }
    raiseTogether(table, columns, rows.get(name) as number);
    const because = reasons.get(name);
    tables.set(name, {
      rows: rows.get(name) as number,
      pages: undefined,
      visiblePages: undefined,
      columns,
      assumed: told(table) === undefined,
      ...(because !== undefined && { because }),
    });
  }
  return { source: "assumptions", tables, indexes: new Map(), settings: {} };
}

/** Values that are unique together are at least as many, combined, as there are rows: of columns of which nothing else is known that tells more. */
function raiseTogether({ indexes }: Table, columns: Map<string, ColumnStatistics>, rows: number): void {
  for (const { unique, predicate, keys } of indexes) {
    const known = keys.flatMap(({ column }) => (column === undefined ? [] : [[column, columns.get(column)] as const]));
    if (!unique || predicate !== undefined || known.length < Math.max(2, keys.length)) continue;
    const together = known.reduce((product, [, about]) => product * valuesOf(about, rows), 1);
    const guessed = known.filter(([, about]) => about?.distinct === UNKNOWN_DISTINCT);
    if (together >= rows || guessed.length === 0) continue;
    const distinct = Math.min(rows, Math.ceil(UNKNOWN_DISTINCT * (rows / together) ** (1 / guessed.length)));
    for (const [column, about] of guessed) if (about !== undefined) columns.set(column, { ...about, distinct });
  }
}

const valuesOf = (about: ColumnStatistics | undefined, rows: number): number =>
  about === undefined || about.distinct < 0 ? rows : about.distinct;

function assumedColumn(
  schema: Schema,
  table: Table,
  column: string,
  rows: ReadonlyMap<string, number>,
  spread: Spread,
): Omit<ColumnStatistics, "correlation"> {
  const type = table.columns.get(column)?.type ?? "text";
  const distinct = distinctValues(schema, table, column, type, rows, spread);
  return {
    nullFraction: table.columns.get(column)?.nullable === true ? nullFractionOf(column, type) : 0,
    distinct,
    averageBytes: typicalBytes(type),
    mostCommon: isOfWholeRow(column) && isDoneFlag(column, type) ? { values: "{t,f}", frequencies: [1 - FEW_OPEN, FEW_OPEN] } : undefined,
    histogram: undefined,
  };
}

const nullFractionOf = (column: string, type: string): number =>
  isOfWholeRow(column) && isDoneTime(column, type) ? FEW_OPEN : isEndTime(column, type) ? MOST_NULL : HALF_NULL;

function distinctValues(
  schema: Schema,
  table: Table,
  column: string,
  type: string,
  rows: ReadonlyMap<string, number>,
  spread: Spread,
): number {
  if (
    table.indexes.some(
      ({ unique, predicate, keys }) => unique && predicate === undefined && keys.length === 1 && keys[0]?.column === column,
    )
  )
    return -1;
  const values =
    table.checks.find((check) => check.column === column && Number.isFinite(check.values))?.values ?? labelsOf(schema, type)?.length;
  if (values !== undefined) return values;
  if (type === "bool") return 2;
  const key = table.foreignKeys.find(({ columns }) => columns.includes(column));
  const parent = key === undefined ? undefined : rows.get(key.parent);
  const own = rows.get(table.key) ?? ASSUMED_ROWS;
  const each = spread === "crowded" ? 1_000 : 10;
  // A million rows that refer to a million: ten of each, as of most parents that have any.
  if (parent !== undefined) return Math.max(1, Math.min(parent, own / each));
  // What refers to something without a foreign key.
  if (type === "uuid" || /_(?:id|uuid)$/.test(column)) return Math.max(1, own / each);
  if (/^(timestamp|date|time)/.test(type)) return -1;
  if (isState(column, type)) return Math.min(FEW_DISTINCT, own);
  // Most numbers that are known to stay small say yes or no, or which of a few.
  if (type === "int2" && spread !== "selective") return Math.min(FEW_DISTINCT, own);
  return spread !== "selective" ? Math.min(UNKNOWN_DISTINCT, own) : Math.max(1, own / 10);
}

/** Enumerations and flags, by their type or by what they are called. */
const isState = (column: string, type: string): boolean =>
  !isKnownType(type) ||
  isFlagType(type) ||
  (/^(?:text|varchar|bpchar|int[24])/.test(type) &&
    /(?:^|_)(?:status|state|type|kind|scope|role|authority|category|level|severity|priority|gender|currency|locale|language|provider)$/.test(
      column,
    ));

/** What a file says, and assumptions about what it leaves out. */
export function withFile(assumed: Statistics, file: Pick<Statistics, "tables" | "indexes" | "settings">, source: string): Statistics {
  const tables = new Map(assumed.tables);
  for (const [name, table] of file.tables) {
    const before = tables.get(name);
    // A table that was never analysed says nothing of itself.
    if (before !== undefined && (table.rows > 0 || table.columns.size > 0)) tables.set(name, table);
  }
  return { source, tables, indexes: file.indexes, settings: file.settings };
}
