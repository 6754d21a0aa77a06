import type { SchemaChange } from "../../../facts/sql/sqlFacts.ts";
import type { Column, ForeignKey, Index, IndexKey, Table } from "../schema.ts";

/** Changes of one table as values: the table before, the table after. */

export const lower = (name: string): string => name.toLowerCase();
export const named = (name: string): ((one: { readonly name: string }) => boolean) => {
  const wanted = name.toLowerCase();
  return (one) => one.name === wanted || (one.name.length === wanted.length && one.name.toLowerCase() === wanted);
};
/** Whether one of its indexes or constraints has a name. */
export function hasName({ indexes, foreignKeys, checks }: Table, wanted: string): boolean {
  const isWanted = named(wanted);
  return indexes.some(isWanted) || foreignKeys.some(isWanted) || checks.some(isWanted);
}

export const not = (name: string): ((one: { readonly name: string }) => boolean) => {
  const isNamed = named(name);
  return (one) => !isNamed(one);
};
export const renaming = (from: string, to: string): (<T extends { readonly name: string }>(one: T) => T) => {
  const isNamed = named(from);
  return (one) => (isNamed(one) ? { ...one, name: to } : one);
};

/**
 * `IF NOT EXISTS`, and a script that runs twice: the first of a name stays, unless it cannot have been made, since it stands in a branch for
 * tables with another column.
 */
export function withIndex(table: Table, index: Index): Table {
  const before = table.indexes.find(named(index.name));
  if (before === undefined) return { ...table, indexes: [...table.indexes, index] };
  const isMade = ({ keys }: Index): boolean => keys.every(({ column }) => column === undefined || table.columns.has(column));
  if (isMade(before) || !isMade(index)) return table;
  return { ...table, indexes: table.indexes.map((one) => (one === before ? index : one)) };
}

export function withColumn(columns: ReadonlyMap<string, Column>, column: Column, replace = false): ReadonlyMap<string, Column> {
  const key = column.name.toLowerCase();
  return columns.has(key) && !replace ? columns : new Map(columns).set(key, column);
}

export function notNull(columns: ReadonlyMap<string, Column>, keys: readonly IndexKey[]): ReadonlyMap<string, Column> {
  const next = new Map(columns);
  for (const { column } of keys) {
    const old = column === undefined ? undefined : columns.get(column);
    if (column !== undefined && old !== undefined) next.set(column, { ...old, nullable: false });
  }
  return next;
}

export function validated(table: Table, name: string): Table {
  const valid = <T extends { readonly name: string; readonly notValid?: true }>(one: T): T => {
    if (!named(name)(one)) return one;
    const { notValid, ...rest } = one;
    return rest as T;
  };
  return { ...table, foreignKeys: table.foreignKeys.map(valid), checks: table.checks.map(valid) };
}

export function withoutConstraint(table: Table, name: string): Table {
  const indexes = table.indexes.filter((index) => index.constraint === undefined || not(name)(index));
  const foreignKeys = table.foreignKeys.filter(not(name));
  const checks = table.checks.filter(not(name));
  if (indexes.length + foreignKeys.length + checks.length < table.indexes.length + table.foreignKeys.length + table.checks.length)
    return { ...table, indexes, foreignKeys, checks };
  const older = table.foreignKeys.filter((key) => !isNamedAsBefore(key, name, table));
  return older.length < table.foreignKeys.length ? { ...table, foreignKeys: older } : table;
}

export const withoutPrimaryKey = (table: Table): Table => ({
  ...table,
  indexes: table.indexes.filter(({ constraint }) => constraint !== "primary"),
});

/** Up to version 11 PostgreSQL named a key of several columns after the first of them: scripts of that time drop it by that name. */
function isNamedAsBefore({ name, columns }: ForeignKey, asked: string, { name: table }: Table): boolean {
  const made = (parts: readonly string[]): string => `${table}_${parts.join("_")}_fkey`.toLowerCase();
  return columns.length > 1 && name.toLowerCase() === made(columns) && asked.toLowerCase() === made(columns.slice(0, 1));
}

function mentions(index: Index, column: string): boolean {
  const inText = (text: string | undefined): boolean => {
    const plain = text?.toLowerCase();
    return plain?.includes(column) === true && plain.match(/[\w$]+/g)?.includes(column) === true;
  };
  return (
    index.keys.some((key) => key.column === column || inText(key.expression)) || index.include.includes(column) || inText(index.predicate)
  );
}

function mayName(index: Index, column: string): boolean {
  const inText = (text: string | undefined): boolean => text?.toLowerCase().includes(column) === true;
  return (
    index.keys.some((key) => key.column === column || inText(key.expression)) || index.include.includes(column) || inText(index.predicate)
  );
}

export function withoutColumn(table: Table, column: string): Table {
  const columns = new Map(table.columns);
  columns.delete(column);
  return {
    ...table,
    columns,
    indexes: table.indexes.filter((index) => !mentions(index, column)),
    foreignKeys: table.foreignKeys.filter((key) => !key.columns.includes(column)),
    checks: table.checks.filter((check) => !check.columns.includes(column)),
  };
}

export function withRenamedColumn(table: Table, from: string, name: string): Table {
  const to = lower(name);
  const renamed = (column: string): string => (column === from ? to : column);
  const word = new RegExp(`(?<![\\w$])${from.replace(/[^\w]/g, "\\$&")}(?![\\w$])`, "gi");
  const inText = (text: string | undefined): string | undefined => text?.replace(word, () => to);
  const ofIndex = (index: Index): Index => ({
    ...index,
    keys: index.keys.map((key) => ({ ...key, column: key.column && renamed(key.column), expression: inText(key.expression) })),
    predicate: inText(index.predicate),
    include: index.include.map(renamed),
  });
  return {
    ...table,
    columns: new Map([...table.columns].map(([key, column]) => (key === from ? [to, { ...column, name }] : [key, column]))),
    indexes: table.indexes.map((index) => (mayName(index, from) ? ofIndex(index) : index)),
    foreignKeys: table.foreignKeys.map((key) => (key.columns.includes(from) ? { ...key, columns: key.columns.map(renamed) } : key)),
    checks: table.checks.map((check) =>
      check.columns.includes(from)
        ? { ...check, text: inText(check.text) ?? "", columns: check.columns.map(renamed), column: check.column && renamed(check.column) }
        : check,
    ),
  };
}

/** The foreign keys to a parent after a change of each; undefined takes one away. */
export function withForeignKeysTo(table: Table, parent: string, to: (key: ForeignKey) => ForeignKey | undefined): Table {
  if (!table.foreignKeys.some((key) => key.parent === parent)) return table;
  return { ...table, foreignKeys: table.foreignKeys.flatMap((key) => (key.parent === parent ? (to(key) ?? []) : [key])) };
}

type RenameObject = Extract<SchemaChange, { readonly kind: "renameObject" }>;
const TYPES: ReadonlySet<string> = new Set(["enum", "domain", "composite", "range"]);
export type TypeChange = Pick<RenameObject, "what" | "name">;
const isOfType = (type: string, { what, name }: TypeChange): boolean =>
  TYPES.has(what) && type.replace(/(?:\[\])+$/, "").toLowerCase() === name.name.toLowerCase();

export const hasType = (table: Table, change: RenameObject): boolean =>
  [...table.columns.values()].some(({ type }) => isOfType(type, change));

/** The columns of a type, and of arrays of it. */
export const columnsOfType = (table: Table, change: TypeChange): readonly string[] =>
  [...table.columns].flatMap(([key, { type }]) => (isOfType(type, change) ? [key] : []));

/** Columns are of the type itself, whatever it is called. */
export function withRenamedType(table: Table, change: RenameObject): Table {
  const columns = [...table.columns].map(([key, column]): [string, Column] => [
    key,
    isOfType(column.type, change) ? { ...column, type: `${change.to}${column.type.slice(change.name.name.length)}` } : column,
  ]);
  return { ...table, columns: new Map(columns) };
}

/** Whether two lists name the same columns, in any order. */
export const sameColumns = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((column) => b.includes(column));
