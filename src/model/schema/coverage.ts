import type { Index, IndexKey, Table } from "./schema.ts";

/** Which index does whose work. */

/**
 * The index that finds the rows with given values of all `columns`: its first keys are these columns in any order. Partial indexes count
 * only where they leave out nothing but NULL, which no value equals. A partition has its parent's indexes too.
 */
export function indexServing(columns: readonly string[], table: Table, partitioned?: Table): Index | undefined {
  return [...table.indexes, ...(partitioned?.indexes ?? [])].find((index) => serves(index, columns));
}

/**
 * Whether an index leads to the rows that have given values of `columns`: its first key is one of them, and it leaves out none but NULLs,
 * and what a restriction leaves out.
 */
export const findsRows = (columns: readonly string[], { indexes }: Table, restriction: string | undefined): boolean =>
  indexes.some(
    ({ keys: [first, ...more], predicate, method }) =>
      (method === "btree" || method === "gist" || (method === "hash" && more.length === 0)) &&
      first?.column !== undefined &&
      columns.includes(first.column) &&
      (predicate === undefined || leavesOutNullOnly(predicate, columns) || saysAsMuch(restriction, predicate)),
  );

/** Whether a condition that holds for all rows that are asked for is the one of a partial index. */
export const saysAsMuch = (restriction: string | undefined, predicate: string): boolean =>
  restriction !== undefined && normalised(restriction).replace(/[()]/g, "") === normalised(predicate).replace(/[()]/g, "");

function serves(index: Index, columns: readonly string[]): boolean {
  const prefix = index.keys.slice(0, columns.length);
  if (index.method === "hash" ? index.keys.length !== 1 : !["btree", "gist"].includes(index.method)) return false;
  if (prefix.length !== columns.length || !columns.every((column) => prefix.some((key) => key.column === column))) return false;
  return index.predicate === undefined || leavesOutNullOnly(index.predicate, columns);
}

function leavesOutNullOnly(predicate: string, columns: readonly string[]): boolean {
  return normalised(predicate)
    .replace(/[()]/g, "")
    .split(" and ")
    .every((part) => {
      const column = /^(?:[\w$]+\.)?"?([\w$]+)"? is not null$/.exec(part.trim())?.[1];
      return column !== undefined && columns.includes(column);
    });
}

/** Whether a materialized view can be refreshed while it is read: a unique index on plain columns tells all of its rows apart. */
export function isRefreshedConcurrently({ indexes }: Table): boolean {
  return indexes.some(
    ({ unique, predicate, keys }) => unique && predicate === undefined && keys.every(({ column }) => column !== undefined),
  );
}

export interface Redundancy {
  /** The index that can go. */
  readonly index: Index;
  /** The one that does its work. */
  readonly by: Index;
  readonly kind: "duplicate" | "reversed" | "prefix";
}

/** The indexes of a table whose work another one does: duplicates, twins that are read backwards, left prefixes. */
export function redundancies(table: Table): Redundancy[] {
  return table.indexes.flatMap((index, position): Redundancy[] => {
    const others = table.indexes.flatMap((by, at): Redundancy[] => {
      const kind = by === index ? undefined : coveredBy(index, by);
      if (kind === undefined) return [];
      const mutual = coveredBy(by, index) !== undefined;
      const stays = mutual && (rank(index) > rank(by) || (rank(index) === rank(by) && position < at));
      return stays ? [] : [{ index, by, kind }];
    });
    const best = others.sort(byWorth)[0];
    return best === undefined ? [] : [best];
  });
}

/** Of several that do its work, the one that is most like it and that stays itself. */
const byWorth = (a: Redundancy, b: Redundancy): number =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.by.keys.length - b.by.keys.length || rank(b.by) - rank(a.by);

const KINDS: readonly Redundancy["kind"][] = ["duplicate", "reversed", "prefix"];

/** What has to stay of two indexes that do the same. */
function rank(index: Index): number {
  if (index.constraint === "primary") return 3;
  if (index.constraint !== undefined) return 2;
  return index.unique ? 1 : 0;
}

function coveredBy(index: Index, by: Index): Redundancy["kind"] | undefined {
  if (index.constraint === "primary" || index.constraint === "exclusion" || by.constraint === "exclusion") return undefined;
  if (index.method !== by.method || index.keys.length === 0 || index.keys.length > by.keys.length) return undefined;
  if (index.keys[0]?.column !== by.keys[0]?.column || !sameText(index.predicate, by.predicate)) return undefined;
  const carried = new Set([...by.keys.map((key) => key.column), ...by.include]);
  if (!index.include.every((column) => carried.has(column))) return undefined;
  const whole = index.keys.length === by.keys.length;
  if (index.unique && !(whole && by.unique && index.nullsNotDistinct === by.nullsNotDistinct)) return undefined;
  if (!whole && index.method !== "btree") return undefined;
  const forwards = index.keys.every((key, i) => sameKey(key, by.keys[i], false));
  if (forwards) return whole ? "duplicate" : "prefix";
  // A btree is read in both directions.
  const backwards = index.method === "btree" && index.keys.every((key, i) => sameKey(key, by.keys[i], true));
  return backwards ? (whole ? "reversed" : "prefix") : undefined;
}

function sameKey(a: IndexKey, b: IndexKey | undefined, backwards: boolean): boolean {
  return (
    b !== undefined &&
    a.column === b.column &&
    sameText(a.expression, b.expression) &&
    (a.descending !== b.descending) === backwards &&
    (a.nullsFirst !== b.nullsFirst) === backwards &&
    a.opclass === b.opclass &&
    a.collation === b.collation
  );
}

const sameText = (a = "", b = ""): boolean => a === b || normalised(a) === normalised(b);

/** Text that means the same: outside strings, case, white space and parentheses around the whole make no difference. */
function normalised(text: string): string {
  const plain = text
    .split(/('(?:[^']|'')*')/)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .toLowerCase()
            .replace(/\s+/g, " ")
            .replace(/ ?([(),=<>]) ?/g, "$1"),
    )
    .join("")
    .trim();
  return isWrapped(plain) ? normalised(plain.slice(1, -1)) : plain;
}

function isWrapped(text: string): boolean {
  if (!text.startsWith("(") || !text.endsWith(")")) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")" && --depth === 0) return i === text.length - 1;
  }
  return false;
}
