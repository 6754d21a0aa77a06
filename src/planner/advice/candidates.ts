import { isIndexable } from "../../model/persistence/scans/indexable.ts";
import { elementsOf } from "../../model/schema/arrayLiteral.ts";
import { columnSql } from "../../model/schema/edits/migrationEdit.ts";
import { makeName } from "../../model/schema/fold/defaultNames.ts";
import { isOpenState } from "../../model/schema/openRows.ts";
import type { Index, IndexKey, Table } from "../../model/schema/schema.ts";
import { distinctValues } from "../../model/schema/statistics.ts";
import type { Statistics } from "../statistics/statistics.ts";
import { bytesOf } from "../statistics/width.ts";
import type { Candidate } from "../whatIf.ts";
import type { TableScan } from "./scans.ts";

/** Below so many rows no index is felt. */
const FEW_ROWS = 10_000;
const MOST_KEYS = 3;
const MOST_INCLUDED = 3;
const NARROW_BYTES = 16;
/** A partial index holds so little of its table, or it is not worth its condition. */
const RARE = 0.2;
/** Of a flag: as a key it would cost every row of the table, and tell half of them apart at best. */
const HALF = 0.5;

/** The indexes that might serve scans; those of small tables and those that are there already are left out. */
export function candidatesFor(scans: readonly TableScan[], statistics: Statistics): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (shape: Shape, table: Table): void => {
    if (shape.keys.length === 0 || isThere(shape, table.indexes) || isFoundByKey(shape, table)) return;
    const key = `${table.name} ${signature(shape)}`;
    if (!found.has(key)) found.set(key, { table, index: indexOf(shape, table, found.size) });
  };
  for (const scan of scans) {
    const { table } = scan;
    const known = statistics.tables.get(table.key);
    if (known === undefined || known.rows < FEW_ROWS || table.kind !== "table") continue;
    for (const shape of shapesOf(scan, statistics)) add(shape, table);
  }
  return [...found.values()];
}

/** The index that begins with all keys of one and goes on with what another has besides; undefined where that would have too many. */
export function mergedIndex(small: Candidate, large: Candidate): Candidate | undefined {
  const { table, index } = large;
  if (small === large || small.table !== table || !isPlain(small.index) || !isPlain(index)) return undefined;
  const keys = unique([...small.index.keys, ...index.keys]);
  const include = [...new Set([...small.index.include, ...index.include])].filter((column) => keys.every((key) => key.column !== column));
  if (small.index.keys.length > index.keys.length || keys.length > MOST_KEYS + 1 || include.length > MOST_INCLUDED) return undefined;
  // The numbers of both, so that it is neither of them, nor another.
  const number = [small.index, index].map(({ name }) => /^pa(\d+)_/.exec(name)?.[1] ?? "").join("0");
  return { table, index: indexOf({ keys, method: "btree", predicate: undefined, include }, table, number) };
}

/** The keys of an index alone, under its name. */
export function withoutIncluded({ table, index }: Candidate): Candidate {
  return { table, index: { ...index, include: [] } };
}

const isPlain = ({ method, predicate }: Index): boolean => method === "btree" && predicate === undefined;

interface Shape {
  readonly keys: readonly IndexKey[];
  readonly method: string;
  readonly predicate: string | undefined;
  readonly include: readonly string[];
}

function shapesOf(scan: TableScan, statistics: Statistics): readonly Shape[] {
  const { table } = scan;
  const columns = statistics.tables.get(table.key)?.columns ?? new Map();
  const rows = statistics.tables.get(table.key)?.rows ?? 0;
  const different = (column: string): number => distinctValues(columns.get(column) ?? { distinct: 200 }, rows);
  const indexable = (column: string): boolean => isIndexable(table.columns.get(column)?.type ?? "");
  const equal = scan.equal
    .filter(indexable)
    .sort((a, b) => different(b) - different(a))
    .slice(0, MOST_KEYS);
  const ranges = scan.ranges.filter(indexable);
  const sort = sortKeys(scan).filter(({ column }) => column === undefined || !equal.includes(column));
  const joined = scan.joined.filter(indexable);
  const shapes: Shape[] = [];
  const add = (...keys: readonly (readonly IndexKey[])[]): void => {
    const flat = unique(keys.flat());
    if (flat.length > 0 && flat.length <= MOST_KEYS + 1) shapes.push(btree(flat));
  };
  const ascending = (names: readonly string[]): readonly IndexKey[] => names.map((name) => keyOf(name));
  const [first] = equal;
  if (first !== undefined) add(ascending([first]));
  add(ascending(equal));
  // An index that is there and goes on with the rest of the columns takes the place of itself.
  for (const there of startsOf(table, equal)) {
    const rest = equal.filter((column) => !there.includes(column));
    add(ascending(there), ascending(rest));
    for (const range of ranges.slice(0, 2)) add(ascending(there), ascending(rest), ascending([range]));
    if (sort.length > 0) add(ascending(there), ascending(rest), sort);
  }
  // Most rows may have a flag: what is left out of an index does not cost its updates, and what stands last serves those who do not ask.
  const telling = equal.filter((column) => !isFlag(table, column));
  const flags = equal.filter((column) => !telling.includes(column));
  for (const range of ranges.slice(0, 2)) {
    add(ascending(equal), ascending([range]));
    if (flags.length > 0) add(ascending(telling), ascending([range]));
    if (flags.length > 0) add(ascending(telling), ascending([range]), ascending(flags));
    if (sort.length > 0) add(ascending(equal), ascending([range]), sort);
    if (sort.length > 0) add(ascending(equal), sort, ascending([range]));
  }
  // A whole table in order is read whole, sorted or not.
  if (sort.length > 0 && (scan.limited || equal.length > 0)) add(ascending(equal), sort);
  for (const join of joined.slice(0, 2)) {
    add(ascending([join]));
    add(ascending([join, ...equal]));
    add(ascending([...equal, join]));
  }
  for (const expression of scan.expressions) shapes.push(btree([{ ...keyOf(undefined), expression }]));
  return [...shapes, ...partials(scan, shapes, columns), ...covering(scan, shapes, columns), ...inverted(scan)];
}

/** The columns of indexes that only find rows, where all of them must equal something. */
const startsOf = ({ indexes }: Table, equal: readonly string[]): readonly (readonly string[])[] =>
  indexes.flatMap((index) => {
    const columns = index.keys.flatMap(({ column }) => column ?? []);
    const isWhole = columns.length === index.keys.length && columns.every((column) => equal.includes(column));
    return isWhole && isPlain(index) && !index.unique && index.constraint === undefined ? [columns] : [];
  });

/** Conditions on constants move from the keys to the index's own condition. */
function partials(
  scan: TableScan,
  shapes: readonly Shape[],
  columns: ReadonlyMap<string, { readonly mostCommon: unknown; readonly distinct: number }>,
): readonly Shape[] {
  const { table, constant } = scan;
  const isOnlyFlag = (column: string): boolean => isFlag(table, column) && scan.equal.every((one) => isFlag(table, one));
  const states = [...constant].filter(([column, test]) => isRare(column, test, table, columns, isOnlyFlag(column)));
  if (states.length === 0) return [];
  const predicate = states.map(([column, test]) => `${columnSql(table, column)} ${test}`).join(" AND ");
  const taken = new Set(states.map(([column]) => column));
  const found = shapes.flatMap(({ keys, method }): readonly Shape[] => {
    const rest = keys.filter(({ column }) => column === undefined || !taken.has(column));
    return rest.length === 0 ? [] : [{ keys: rest, method, predicate, include: [] }];
  });
  if (found.length > 0) return found;
  const [id] = table.indexes.find(({ constraint }) => constraint === "primary")?.keys ?? [];
  return id === undefined ? [] : [{ keys: [id], method: "btree", predicate, include: [] }];
}

/**
 * Whether few rows meet a condition, as far as the statistics tell; without any, as far as the name of a state does. Half of them are few
 * where only flags must equal something.
 */
function isRare(
  column: string,
  test: string,
  table: Table,
  columns: ReadonlyMap<string, { readonly mostCommon: unknown; readonly distinct: number }>,
  isOnlyFlag: boolean,
): boolean {
  const about = columns.get(column) as
    | {
        readonly nullFraction: number;
        readonly mostCommon: { readonly values: string; readonly frequencies: readonly number[] } | undefined;
      }
    | undefined;
  if (about === undefined || table.columns.get(column) === undefined) return false;
  if (test === "IS NULL") return about.nullFraction > 0 && about.nullFraction <= RARE;
  if (test === "IS NOT NULL") return about.nullFraction >= 1 - RARE;
  const value = test.replace(/^= '?|'$/g, "").replace(/^(true|false)$/, (word) => word.charAt(0));
  if (about.mostCommon === undefined) return isOnlyFlag || isOpenState(column, table.columns.get(column)?.type ?? "", value);
  const position = elementsOf(about.mostCommon.values).indexOf(value);
  return position >= 0 && (about.mostCommon.frequencies[position] ?? 1) <= (isOnlyFlag ? HALF : RARE);
}

const isFlag = (table: Table, column: string): boolean => table.columns.get(column)?.type === "bool";

/** The same keys with the few narrow columns that the query needs besides. */
function covering(scan: TableScan, shapes: readonly Shape[], columns: Parameters<typeof bytesOf>[2]): readonly Shape[] {
  const { needed, table } = scan;
  if (needed === undefined) return [];
  return shapes.flatMap((shape): readonly Shape[] => {
    const keys = new Set(shape.keys.map(({ column }) => column));
    const include = needed.filter((column) => !keys.has(column));
    const narrow = include.every((column) => bytesOf(table, column, columns) <= NARROW_BYTES);
    return include.length === 0 || include.length > MOST_INCLUDED || !narrow || keys.has(undefined) ? [] : [{ ...shape, include }];
  });
}

/** Trigrams for patterns without a fixed beginning, and the elements of documents. */
function inverted({ contains, documents, table }: TableScan): readonly Shape[] {
  const gin = (column: string, opclass: string | undefined): Shape => ({
    keys: [{ ...keyOf(column), opclass }],
    method: "gin",
    predicate: undefined,
    include: [],
  });
  const texts = contains.filter((column) => /^(?:text|varchar|bpchar|citext)/.test(table.columns.get(column)?.type ?? ""));
  const parts = documents.flatMap(({ column, operator }): readonly Shape[] => {
    const type = table.columns.get(column)?.type ?? "";
    if (type === "jsonb") return [gin(column, operator === "@>" || operator.startsWith("@") ? "jsonb_path_ops" : undefined)];
    return type === "tsvector" || type.endsWith("[]") ? [gin(column, undefined)] : [];
  });
  return [...texts.map((column) => gin(column, "gin_trgm_ops")), ...parts];
}

const btree = (keys: readonly IndexKey[]): Shape => ({ keys, method: "btree", predicate: undefined, include: [] });

function keyOf(column: string | undefined): IndexKey {
  return { column, expression: undefined, descending: false, nullsFirst: false, opclass: undefined, collation: undefined };
}

/** A B-tree is read in both directions: only a mixture needs its own. */
function sortKeys({ sort }: TableScan): readonly IndexKey[] {
  const one =
    new Set(sort.map(({ descending, nullsFirst }) => `${descending} ${nullsFirst}`)).size === 1 &&
    sort.every((key) => key.descending === key.nullsFirst);
  return sort.map(({ column, descending, nullsFirst }) => (one ? keyOf(column) : { ...keyOf(column), descending, nullsFirst }));
}

function unique(keys: readonly IndexKey[]): readonly IndexKey[] {
  return keys.filter((key, i) => key.column === undefined || keys.findIndex(({ column }) => column === key.column) === i);
}

const signature = ({ keys, method, predicate, include }: Shape): string => JSON.stringify([keys, method, predicate, include]);

/** An index with the same first keys does the same already; where it goes on, one with columns beside them would lie next to it. */
export function isThere(shape: Shape, indexes: readonly Index[]): boolean {
  return indexes.some(
    (index) =>
      index.method === shape.method &&
      index.predicate === undefined &&
      (index.keys.length > shape.keys.length || shape.include.every((column) => index.include.includes(column))) &&
      shape.keys.every((key, i) => {
        const there = index.keys[i];
        return (
          there !== undefined &&
          there.column === key.column &&
          there.expression === key.expression &&
          there.descending === key.descending &&
          (key.opclass === undefined || there.opclass === key.opclass)
        );
      }),
  );
}

/** A column that is unique finds its row alone; what stands behind it in an index finds nothing more. */
function isFoundByKey({ keys }: Shape, table: Table): boolean {
  const [first] = keys;
  return table.indexes.some(
    ({ unique, predicate, keys: [only, more] }) =>
      unique && predicate === undefined && more === undefined && only?.column !== undefined && only.column === first?.column,
  );
}

function indexOf({ keys, method, predicate, include }: Shape, table: Table, number: number | string): Index {
  const of = keys.map(({ column, expression }) => column ?? expression?.replace(/\W+/g, "_").replace(/^_|_$/g, "")).join("_");
  const kind = predicate === undefined ? "" : "_partial";
  // The number keeps candidates apart; who advises one gives it its name.
  const name = makeName(`pa${number}_${table.name}`, `${of}${kind}`, "");
  return { name, keys, unique: false, method, predicate, include, nullsNotDistinct: false, constraint: undefined, at: table.at };
}
