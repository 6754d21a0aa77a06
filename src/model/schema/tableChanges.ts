import type { Column, ForeignKey, Index, IndexKey, Table } from "./schema.ts";

/** Changes of one table as values: the table before, the table after. */

export const lower = (name: string): string => name.toLowerCase();
export const named =
  (name: string) =>
  (one: { readonly name: string }): boolean =>
    one.name.toLowerCase() === name.toLowerCase();
export const not =
  (name: string) =>
  (one: { readonly name: string }): boolean =>
    !named(name)(one);
export const renaming =
  (from: string, to: string) =>
  <T extends { readonly name: string }>(one: T): T =>
    named(from)(one) ? { ...one, name: to } : one;

/** `IF NOT EXISTS`, and a script that runs twice: the first of a name stays. */
export function withIndex(table: Table, index: Index): Table {
  return table.indexes.some(named(index.name)) ? table : { ...table, indexes: [...table.indexes, index] };
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

/** The columns that `LIKE` copies: not null stays, defaults only where they are asked for. */
export function likedColumns(source: Table | undefined, defaults: boolean): [string, Column][] {
  return [...(source?.columns ?? [])].map(([key, column]) => {
    const { default: given, ...rest } = column;
    return [key, defaults ? column : rest];
  });
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
  return {
    ...table,
    indexes: table.indexes.filter((index) => index.constraint === undefined || not(name)(index)),
    foreignKeys: table.foreignKeys.filter(not(name)),
    checks: table.checks.filter(not(name)),
  };
}

function mentions(index: Index, column: string): boolean {
  const inText = (text: string | undefined): boolean =>
    text !== undefined &&
    text
      .toLowerCase()
      .match(/[\w$]+/g)
      ?.includes(column) === true;
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
  return {
    ...table,
    columns: new Map([...table.columns].map(([key, column]) => (key === from ? [to, { ...column, name }] : [key, column]))),
    indexes: table.indexes.map((index) => ({
      ...index,
      keys: index.keys.map((key) => ({ ...key, column: key.column && renamed(key.column), expression: inText(key.expression) })),
      predicate: inText(index.predicate),
      include: index.include.map(renamed),
    })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(renamed) })),
    checks: table.checks.map((check) => ({
      ...check,
      text: inText(check.text) ?? "",
      columns: check.columns.map(renamed),
      column: check.column && renamed(check.column),
    })),
  };
}

/** The foreign keys after a change of each; undefined takes one away. */
export function withForeignKeys(table: Table, to: (key: ForeignKey) => ForeignKey | undefined): Table {
  const foreignKeys = table.foreignKeys.flatMap((key) => to(key) ?? []);
  const same = foreignKeys.length === table.foreignKeys.length && foreignKeys.every((key, i) => key === table.foreignKeys[i]);
  return same ? table : { ...table, foreignKeys };
}
