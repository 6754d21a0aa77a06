import { saysAsMuch } from "../../schema/coverage.ts";
import type { Index, Table } from "../../schema/schema.ts";
import { isIndexable } from "./indexable.ts";
import { directionsOf, inOrder, type KeyDirection, sortOf, untilUnique } from "./indexOrder.ts";
import type { ColumnTest, Query, Scan } from "./query.ts";

/** An index that a query would use and that the table does not have. */
export interface IndexNeed {
  readonly filters: readonly string[];
  readonly sorts: readonly string[];
  /** Keys of the index, in order. */
  readonly columns: readonly string[];
  /** Of sort keys in an order that an index on plain columns does not give, read backwards either. */
  readonly directions?: Readonly<Record<string, KeyDirection>>;
  /** It would give the order if it had NULL at the other end. */
  readonly turned?: Index;
  /** Rows are found by an index already; only the order is missing. */
  readonly orderOnly: boolean;
  /** Flags that must have a value, where nothing selective must: they are none of `columns`, since an index may hold only such rows. */
  readonly flags: readonly Flag[];
  /** An index finds the rows by what has few values: it leaves many of them. */
  readonly weak?: Index;
  /** An index finds all rows between two values that the query asks for, whatever else they have. */
  readonly ranged?: Index;
  /** An index gives the order and knows nothing of the values: rows are read in it until enough of them have these. */
  readonly walked?: Index;
}

/** A boolean column, and which of its values the query itself asks for; undefined where its caller says. */
export interface Flag {
  readonly column: string;
  readonly up: boolean | undefined;
}

/**
 * Which index a scan lacks, undefined where one serves it or where none would help. Equality columns come first, then the sort keys of
 * a query that stops early, else a range: a btree cannot use what stands behind a range. Flags:
 * docs/decisions/indexes.md.
 */
export function indexNeed(query: Query, scan: Scan, table: Table, inherited: readonly Index[] = []): IndexNeed | undefined {
  // A column that the table is not known to have may have an index as well as the table may have the column.
  if (scan.tests.some(({ test, column, folded }) => test === "equals" && folded === undefined && !table.columns.has(column)))
    return undefined;
  const tests = usableTests(scan, table);
  const equal = distinct(tests.filter(({ test }) => test === "equals" || test === "in"));
  const ranges = narrowestFirst(distinct(tests.filter(({ test, constant }) => test === "range" && !constant)), table);
  const indexes = [...table.indexes, ...inherited].filter((index) => usable(index, tests, scan) && !isContradicted(index, scan, query));
  if (indexes.some((index) => findsOneRow(index, equal))) return undefined;
  const sort = untilUnique(sortOf(query, scan, table), columnsOf(equal), indexes);
  const sorts = sort.map(({ column }) => column);
  const selective = equal.filter((test) => !hasFewValues(test, table));
  // NULL is a value that a btree finds: `(parent, name)` for `parent is null and name = :name` (gridsuite/directory-server).
  const nulls = new Set(tests.flatMap(({ test, ambiguous, column }) => (test === "null" && !ambiguous ? [column] : [])));
  const leading = new Set(indexes.map((index) => leadingColumn(index, nulls)));
  const joined = tests.filter(({ test }) => test === "join");
  // A table that is asked for nothing leads to all rows of this one. Of a constant, such as a kind, they may be most.
  const others = query.scans.filter((other) => other.table !== scan.table);
  const isJoinedWithItself = others.length < query.scans.length - 1;
  const isAll = selective.length > 0 && selective.every(({ constant }) => constant);
  const led = isJoinedWithItself || isAll || others.some(asksForValue) ? joined : [];
  const found =
    [...equal, ...led].some(({ column }) => leading.has(column)) ||
    (selective.length === 0 && ranges.some(({ column }) => leading.has(column)));
  if (sort.length > 0 && ranges.length === 0 && joined.length === 0) {
    const ordered = indexes.filter((index) => inOrder(index, columnsOf(equal), sort));
    const knows = (index: Index): boolean => selective.some(({ column }) => index.keys.some((key) => key.column === column));
    if (ordered.length > 0 && (found || selective.length === 0 || ordered.some(knows))) return undefined;
    // Of rows that come in the order of the first key only those that share it are sorted (since PostgreSQL 13).
    const sharedByFew = !hasFewValues({ column: sorts[0] ?? "", fewValues: false }, table);
    const isNearly = (index: Index): boolean => inOrder(index, columnsOf(equal), sort.slice(0, 1));
    if ((found || selective.length === 0) && sharedByFew && indexes.some(isNearly)) return undefined;
    const filters = columnsOf(equal);
    const all = [...columnsOf(selective), ...columnsOf(equal.filter((test) => !selective.includes(test))), ...sorts];
    const turned = ordered.length > 0 ? undefined : indexes.find((index) => inOrder(index, columnsOf(equal), sort, true));
    const order = { ...directionsOf(sort), ...(turned && { turned }) };
    // Few rows are sorted fast: only the order of many is worth an index.
    if (found && selective.length > 0 && scan.extreme !== undefined) return undefined;
    if (found && selective.length > 0) return { filters, sorts, columns: all, orderOnly: true, flags: [], ...order };
    const flags = selective.length > 0 ? [] : flagsIn(equal, table);
    const columns = without(flags, all);
    const [walked] = ordered;
    return columns.length > MOST_KEYS
      ? undefined
      : { filters, sorts, columns, orderOnly: false, flags, ...order, ...(walked === undefined ? {} : { walked }) };
  }
  // `tenant = :system or tenant = :own` is found by two looks into an index (thingsboard).
  const otherWays = [...led, ...scan.tests.filter(({ test }) => test === "either")];
  const weak =
    selective.length > 0 && !otherWays.some(({ column }) => leading.has(column)) ? weakIndex(indexes, equal, selective) : undefined;
  if (found && weak === undefined) return undefined;
  if (selective.length > 0) {
    const others = equal.filter((test) => !selective.includes(test) && !isBoolean(test, table));
    const columns = columnsOf([...selective, ...others, ...ranges.slice(0, 1)]).slice(0, MOST_KEYS);
    const ranged = weak === undefined ? indexes.find((index) => isBetween(leadingColumn(index, nulls), tests)) : undefined;
    const near = weak === undefined ? ranged && { ranged } : { weak };
    return { filters: columnsOf([...equal, ...ranges]), sorts: [], columns, orderOnly: false, flags: [], ...near };
  }
  // Few values and nothing else: reading the table is as good.
  if (ranges.length === 0 || isValidity(ranges, tests, table)) return undefined;
  const flags = flagsIn(equal, table);
  const before = without(flags, columnsOf(equal)).slice(0, MOST_KEYS - 1);
  const columns = [...before, ...columnsOf(ranges.slice(0, 1))];
  return { filters: columnsOf([...equal, ...ranges]), sorts: [], columns, orderOnly: false, flags };
}

/** Whether a column has to lie between two values. */
function isBetween(column: string | undefined, tests: readonly ColumnTest[]): boolean {
  const bounds = tests.flatMap(({ test, column: tested, bound, ambiguous }) =>
    test === "range" && tested === column && !ambiguous ? [bound] : [],
  );
  return bounds.includes(undefined) || (bounds.includes("above") && bounds.includes("below"));
}

/**
 * The index that finds rows by what has few values, where none comes to a column of many. Whoever asks for a constant, as for what waits,
 * may ask for the few rows that have it.
 */
function weakIndex(indexes: readonly Index[], equal: readonly ColumnTest[], selective: readonly ColumnTest[]): Index | undefined {
  const given = (column: string | undefined): ColumnTest | undefined => equal.find((test) => test.column === column);
  const found = indexes.filter(({ keys }) => given(keys[0]?.column) !== undefined);
  const isStrong = ({ keys, predicate }: Index): boolean => {
    const firstUnknown = keys.findIndex(({ column }) => given(column) === undefined);
    const known = firstUnknown < 0 ? keys : keys.slice(0, firstUnknown);
    if (predicate !== undefined || known.some(({ column }) => given(column)?.constant === true)) return true;
    return known.some(({ column }) => selective.some((test) => test.column === column));
  };
  return found.some(isStrong) ? undefined : found[0];
}

function flagsIn(equal: readonly ColumnTest[], table: Table): readonly Flag[] {
  return equal.flatMap((test) => {
    if (!isBoolean(test, table)) return [];
    const value = test.test === "equals" && !test.ambiguous ? test.value?.toLowerCase() : undefined;
    return [{ column: test.column, up: value === "true" || value === "false" ? value === "true" : undefined }];
  });
}

const without = (flags: readonly Flag[], columns: readonly string[]): readonly string[] =>
  columns.filter((column) => flags.every((flag) => flag.column !== column));

/** `since <= :day and (until is null or until > :day)`: what is in force is most of a list of codes, and no btree finds it by one end. */
function isValidity([first]: readonly ColumnTest[], tests: readonly ColumnTest[], table: Table): boolean {
  const isTime = (column: string): boolean => /^(?:date|timestamp)/.test(table.columns.get(column)?.type ?? "");
  return (
    first !== undefined &&
    isTime(first.column) &&
    tests.some(({ test, column }) => (test === "range" || test === "either") && column !== first.column && isTime(column))
  );
}

/** Rows pile up behind: of two times, what lies above a value (`until > :now`) leaves fewer rows than what lies below (`since <= :now`). */
function narrowestFirst(ranges: readonly ColumnTest[], table: Table): readonly ColumnTest[] {
  const isTime = ({ column }: ColumnTest): boolean => /^(?:date|timestamp)/.test(table.columns.get(column)?.type ?? "");
  const rank = ({ bound }: ColumnTest): number => (bound === "above" ? 0 : bound === undefined ? 1 : 2);
  return ranges.length > 1 && ranges.every(isTime) ? [...ranges].sort((a, b) => rank(a) - rank(b)) : ranges;
}

/** Whether a query asks a table for something that not nearly all of its rows have. */
export const asksForValue = ({ tests }: Scan): boolean =>
  tests.some(({ test, partner }) => partner === undefined && !LEAVES_MOST.has(test));
const LEAVES_MOST: ReadonlySet<string> = new Set(["join", "notNull", "not"]);

/** More keys than this make an index large and serve little. */
const MOST_KEYS = 3;

/** Tests of columns that the table has, and that a btree knows how to look up. */
function usableTests(scan: Scan, table: Table): readonly ColumnTest[] {
  const usable = scan.tests.filter(({ column, folded }) => {
    const known = table.columns.get(column);
    return folded === undefined && known !== undefined && isIndexable(known.type);
  });
  const short = usable.filter(({ column }) => !mayBeLong(column, table));
  return short.some(({ test }) => test === "equals" || test === "in") ? short : usable;
}

/** A text without limit whose name says that it holds more than a key does: an index with it refuses rows that its entry has no room for. */
const mayBeLong = (column: string, table: Table): boolean =>
  /^(?:text|varchar|citext)$/.test(table.columns.get(column)?.type ?? "") &&
  /(?:^|_)(?:value|content|body|text|message|description|comment|note|payload|data|json|html)s?$/.test(column);

/** A partial index counts where its predicate speaks only of columns that the query tests too: whether it is implied is not proven here. */
function usable(index: Index, tests: readonly ColumnTest[], { restriction }: Scan): boolean {
  if (!["btree", "hash", "gist", "brin"].includes(index.method)) return false;
  if (index.predicate === undefined || saysAsMuch(restriction, index.predicate)) return true;
  const tested = new Set(tests.map(({ column }) => column));
  const mentioned = index.predicate
    .toLowerCase()
    .replace(/'(?:[^']|'')*'/g, "")
    .replace(/[a-z_][\w$]*\./g, "")
    .match(/[a-z_][\w$]*/g);
  return (mentioned ?? []).filter((word) => !PREDICATE_WORDS.has(word)).every((word) => tested.has(word));
}

/** Whether a query asks for rows that a partial index leaves out: `deleted = true` of one that holds `NOT deleted`. */
function isContradicted({ predicate }: Index, { tests }: Scan, { source }: Query): boolean {
  const held = predicate === undefined ? undefined : SIMPLE.exec(predicate.trim())?.groups;
  if (held === undefined) return false;
  const column = (held["column"] ?? held["flag"] ?? "").toLowerCase();
  const asked = tests.find((test) => test.column === column);
  if (asked === undefined || asked.ambiguous || asked.folded !== undefined) return false;
  if (held["null"] !== undefined) return held["not"] === undefined ? NEVER_NULL.has(asked.test) : asked.test === "null";
  if (asked.test === "null") return true;
  if (asked.test !== "equals" || asked.value === undefined) return false;
  if (held["text"] !== undefined) {
    const text = held["text"].replaceAll("''", "'");
    // A converter may keep something else than the constant's name, but hardly that of another one.
    return asked.value !== text && (source === "native" || (CONSTANT.test(asked.value) && CONSTANT.test(text)));
  }
  const isTrue = held["truth"] === undefined ? held["without"] === undefined : held["truth"].toLowerCase() === "true";
  return /^(?:true|false)$/i.test(asked.value) && (asked.value.toLowerCase() === "true") !== isTrue;
}

const CONSTANT = /^[A-Z][A-Z0-9_]{2,}$/;
const NEVER_NULL: ReadonlySet<ColumnTest["test"]> = new Set(["equals", "in", "join", "range", "notNull", "prefix"]);

/** `c`, `NOT c`, `c = true`, `c IS FALSE`, `c IS NOT NULL`, `c = 'X'`, in parentheses or not. */
const SIMPLE =
  /^\(*(?:(?<without>not\s+)?(?<flag>[\w$]+)|(?:[\w$]+\.)?"?(?<column>[\w$]+)"?\)*(?:::[\w ]+)?\)*\s*(?:(?:=|is)\s*(?<truth>true|false)|is\s+(?<not>not\s+)?(?<null>null)|=\s*'(?<text>(?:[^']|'')*)'(?:::[\w ]+)?))\)*$/i;

const PREDICATE_WORDS: ReadonlySet<string> = new Set([
  "is",
  "not",
  "null",
  "and",
  "or",
  "true",
  "false",
  "in",
  "any",
  "array",
  "text",
  "varchar",
  "character",
  "varying",
  "boolean",
]);

/** The column of the first key that a query has to give a value, or a range, to be found by an index; that of `lower(column)` left out. */
const leadingColumn = ({ keys }: Index, nulls: ReadonlySet<string>): string | undefined =>
  keys.find(({ column }) => column === undefined || !nulls.has(column))?.column;

function findsOneRow(index: Index, equal: readonly ColumnTest[]): boolean {
  const given = new Set(equal.map(({ column }) => column));
  return (
    index.unique &&
    index.predicate === undefined &&
    index.keys.length > 0 &&
    index.keys.every(({ column }) => column !== undefined && given.has(column))
  );
}

function isBoolean({ column }: Pick<ColumnTest, "column">, table: Table): boolean {
  return /^bool/.test(table.columns.get(column)?.type ?? "");
}

/** Whether a value of the column leaves so many rows that an index on it alone is not used. */
export function hasFewValues(test: Pick<ColumnTest, "column" | "fewValues" | "value">, table: Table): boolean {
  const type = table.columns.get(test.column)?.type ?? "";
  if (test.fewValues || isBoolean(test, table) || namesFewValues(test.column) || isFlagType(type)) return true;
  // veilarbdialog: a smallint that queries compare with 0
  if (/^int[24]$/.test(type) && /^[01]$/.test(test.value ?? "") && !/(?:^|_)id$/.test(test.column)) return true;
  return table.checks.some((check) => check.column === test.column && check.values <= 20);
}

/** One character or digit: 'J' and 'N', 0 and 1. */
export const isFlagType = (type: string): boolean => /^(?:char|(?:bpchar|varchar)\(1\)|numeric\(1(?:,0)?\))$/.test(type);

/** Whether a column's name alone says that it has few values. */
export const namesFewValues = (column: string): boolean => FEW_VALUES.test(column);

/** Names of states and kinds, where the type does not tell. */
const FEW_VALUES =
  /^(?:is|has)_|(?:^|_)(?:status|state|d?type|kind|category|gender|enabled|active|deleted|archived|locale|lang|language|role|level|priority|visibility|currency|provider|flag|mode|dialect|channel|direction|source|env|environment|algorithm)$|(?:status|(?:^|_)(?:state|kind))_(?:id|code|cd)$|(?:type|type_(?:code|cd)|status|_enum)$/;

const columnsOf = (tests: readonly ColumnTest[]): readonly string[] => tests.map(({ column }) => column);

function distinct(tests: readonly ColumnTest[]): readonly ColumnTest[] {
  const seen = new Set<string>();
  return tests.filter(({ column }) => {
    if (seen.has(column)) return false;
    seen.add(column);
    return true;
  });
}
