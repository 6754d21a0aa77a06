import type { Model } from "../../../../model/model.ts";
import type { Query, Scan } from "../../../../model/persistence/scans/query.ts";
import type { Index, IndexKey, Schema, Table } from "../../../../model/schema/schema.ts";
import type { ColumnStatistics } from "../../../../model/schema/statistics.ts";

/** That an index was written and never read, as a server has counted it. */
export interface Unread {
  readonly days: number;
  /** As in "2024-03-01". */
  readonly since: string;
  /** Entries that were written: of each new row, and of each update that was no HOT one. */
  readonly written: number;
  readonly bytes: number;
  /** Servers that count for themselves what they read. */
  readonly replicas: number;
}

/** A month has an end of a month in it, and what runs then. */
const LEAST_DAYS = 30;
/** Fewer entries cost nothing that is felt. */
const LEAST_WRITTEN = 1_000;

/** Undefined where the index was read, where nobody has counted for long enough, and where the index may be younger than that. */
export function unread(index: Index, table: Table, schema: Schema, model: Model): Unread | undefined {
  const use = model.statistics.index(index, table)?.use;
  const counted = model.statistics.counted(table);
  const writes = model.statistics.table(table.name)?.writes;
  if (use === undefined || counted === undefined || writes === undefined) return undefined;
  if (use.scans > 0 || use.table !== table.key || counted.standby || counted.days < LEAST_DAYS) return undefined;
  const written = writes.inserted + writes.updated - writes.hotUpdated;
  if (written < LEAST_WRITTEN || isYoung(index, schema, counted.since, model)) return undefined;
  return { days: counted.days, since: counted.since, written, bytes: use.bytes, replicas: counted.replicas };
}

/** Made by a migration that has not run, by the last one, or by one whose name says a later day than the first that was counted. */
function isYoung({ at }: Index, { naming, migrations }: Schema, since: string, model: Model): boolean {
  if (model.pending.isPending(at) || (migrations.length > 1 && naming?.isLast(at.file) === true)) return true;
  const day = /(?<!\d)(20\d\d)[._-]?(0[1-9]|1[0-2])[._-]?(0[1-9]|[12]\d|3[01])/.exec(at.file.slice(at.file.lastIndexOf("/") + 1));
  return day !== null && day.slice(1).join("-") >= since;
}

/** Which known queries could read an index. */
export interface Readers {
  /** Queries on its table. */
  readonly known: number;
  readonly queries: readonly Query[];
  /** Whether one of them would, if it asked for the rows that a partial index holds. */
  readonly elsewhere: boolean;
}

/** What finds rows by the first key of an index, or wants them in its order; what is not understood may. */
export function readersOf(index: Index, table: Table, model: Model): Readers {
  const name = table.key;
  const known = model.tableQueries.of(name);
  const keys = index.method === "btree" ? leadingKeys(index, table, model) : index.keys;
  const columns = new Set(keys.flatMap(({ column, expression }) => (column === undefined ? columnsIn(expression ?? "", table) : [column])));
  const asking = known.filter(
    (query) =>
      !query.understood ||
      query.dynamicSort ||
      query.remarks.some((remark) => "column" in remark && remark.column !== undefined && columns.has(remark.column)) ||
      query.scans.some((scan) => scan.table === name && asksFor(scan, columns) && !isFoundByKey(scan, table)),
  );
  const queries = asking.filter(
    (query) => !query.understood || query.scans.some((scan) => scan.table === name && mayImply(scan, index.predicate, table)),
  );
  const surestFirst = [...queries].sort((a, b) => doubtOf(a) - doubtOf(b));
  return { known: known.length, queries: surestFirst, elsewhere: queries.length < asking.length };
}

/** Whether what a query asks for is written, is a caller's choice in part, or is not known. */
const doubtOf = ({ understood, dynamicSort }: Query): number => (!understood ? 2 : dynamicSort ? 1 : 0);

/**
 * The key that an index is read for: the first one, or the next where each value of those before has so many rows that the table is read
 * instead, as with a tenant of which there are few.
 */
function leadingKeys({ keys }: Index, table: Table, model: Model): readonly IndexKey[] {
  const known = model.statistics.table(table.name)?.columns;
  const at = keys.findIndex(({ column }) => column === undefined || !isCommonThroughout(known?.get(column)));
  return keys.slice(Math.max(0, at), Math.max(0, at) + 1);
}

/** Whether all values are among the common ones that statistics tell, and the rarest of them has many rows. */
const isCommonThroughout = (column: ColumnStatistics | undefined): boolean =>
  column?.mostCommon !== undefined &&
  column.distinct > 0 &&
  column.nullFraction === 0 &&
  column.mostCommon.frequencies.length === column.distinct &&
  column.mostCommon.frequencies.every((share) => share >= MANY);

/** An index saves little where it finds so large a share of a table. */
const MANY = 0.2;

const asksFor = ({ tests, sort }: Scan, columns: ReadonlySet<string>): boolean =>
  tests.some(({ column, test }) => test !== "not" && columns.has(column)) || columns.has(sort[0]?.column ?? "");

/** Whether a unique index finds the one row: no other index is read for it. */
function isFoundByKey({ tests }: Scan, { indexes }: Table): boolean {
  const given = new Set(tests.flatMap(({ column, test, folded }) => (test === "equals" && folded === undefined ? [column] : [])));
  return indexes.some(
    ({ unique, predicate, keys }) =>
      unique && predicate === undefined && keys.every(({ column }) => column !== undefined && given.has(column)),
  );
}

/** Whether a look may ask for no rows but those of a partial index: it says something of each column that the predicate does. */
function mayImply({ tests }: Scan, predicate: string | undefined, table: Table): boolean {
  if (predicate === undefined) return true;
  const [, column, value] = /^\(*\s*"?([\w$]+)"?\s*\)*\s*=\s*'((?:[^']|'')*)'/.exec(predicate) ?? [];
  return columnsIn(predicate, table).every((named) =>
    tests.some(
      (test) =>
        test.column === named && (named !== column?.toLowerCase() || test.value === undefined || !test.constant || test.value === value),
    ),
  );
}

/** The columns of a table that an expression names. */
function columnsIn(text: string, table: Table): readonly string[] {
  const words =
    text
      .replace(/'(?:[^']|'')*'/g, "")
      .toLowerCase()
      .match(/[a-z_][\w$]*/g) ?? [];
  return [...new Set(words.filter((word) => table.columns.has(word)))];
}
