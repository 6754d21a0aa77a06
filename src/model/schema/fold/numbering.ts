import type { SchemaChange } from "../../../facts/sql/sqlFacts.ts";
import type { Column, Index, Table } from "../schema.ts";
import { makeName } from "./defaultNames.ts";
import { hasType, withRenamedType } from "./tableChanges.ts";

/** What keeps its name when something around it is renamed: the sequences of serial columns, and what expressions name. */

type RenameObject = Extract<SchemaChange, { readonly kind: "renameObject" }>;
type RenameValue = Extract<SchemaChange, { readonly kind: "enumValue" }>;

/** A serial counts with the sequence that it was made with, whatever its table and its column are called later, and so does a copy of it. */
function keepingSequence({ name, namespace }: Table, column: Column): Column {
  if (column.default?.kind !== "serial" || column.default.text !== "") return column;
  const sequence = [...(namespace === undefined ? [] : [namespace]), makeName(name, column.name, "seq")].map(quoted).join(".");
  return { ...column, default: { kind: "serial", text: `nextval('${sequence}'::regclass)` } };
}

export const keepingSequences = (table: Table): ReadonlyMap<string, Column> =>
  new Map([...table.columns].map(([key, column]) => [key, keepingSequence(table, column)]));

/** The columns that `LIKE` copies: not null stays, defaults only where they are asked for. */
export function likedColumns(source: Table | undefined, defaults: boolean): [string, Column][] {
  return [...(source === undefined ? [] : keepingSequences(source))].map(([key, column]) => {
    const { default: given, ...rest } = column;
    return [key, defaults ? column : rest];
  });
}

const quoted = (name: string): string => (/^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name}"`);

/** A table after a sequence, a function or a type got another name; the table itself where it names none. */
export function withRenamedObject(table: Table, change: RenameObject): Table {
  const typed = hasType(table, change) ? withRenamedType(table, change) : table;
  switch (change.what) {
    case "sequence":
      return withRenamedSequence(typed, change.name.name, change.to);
    case "function":
      return inExpressions(typed, (text) => text.replace(wordOf(change.name.name, "", "(?=\\s*\\()"), () => change.to));
    case "enum":
    case "domain":
    case "composite":
    case "range":
      return inExpressions(typed, (text) => text.replace(wordOf(change.name.name, '(?<=::\\s*(?:\\w+\\.|")?)', ""), () => change.to));
    default:
      return typed;
  }
}

/** A value of an enum that got another name is another text in defaults. */
export function withRenamedValue(table: Table, { name, value, renamed }: RenameValue): Table {
  if (renamed === undefined || !hasType(table, { kind: "renameObject", what: "enum", name, to: "" })) return table;
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  return inDefaults(table, (text) =>
    text.startsWith(literal(renamed)) ? `${literal(value)}${text.slice(literal(renamed).length)}` : text,
  );
}

function withRenamedSequence(table: Table, from: string, to: string): Table {
  const counts = new RegExp(`(?<=^\\s*nextval\\s*\\(\\s*'(?:[^']*\\.)?"?)${escaped(from)}(?="?')`, "i");
  const named = { ...table, columns: keepingSequences(table) };
  const next = inDefaults(named, (text) => text.replace(counts, () => to));
  return next === named ? table : next;
}

const escaped = (name: string): string => name.replace(/[^\w]/g, "\\$&");
const wordOf = (name: string, before: string, behind: string): RegExp =>
  new RegExp(`${before}(?<![\\w$])${escaped(name)}(?![\\w$])${behind}`, "gi");

function inDefaults(table: Table, to: (text: string) => string): Table {
  let changed = false;
  const columns = [...table.columns].map(([key, column]): [string, Column] => {
    const text = column.default === undefined ? "" : to(column.default.text);
    if (column.default === undefined || text === column.default.text) return [key, column];
    changed = true;
    return [key, { ...column, default: { ...column.default, text } }];
  });
  return changed ? { ...table, columns: new Map(columns) } : table;
}

function inExpressions(table: Table, to: (text: string) => string): Table {
  const maybe = (text: string | undefined): string | undefined => text && to(text);
  const next = inDefaults(table, to);
  const indexes = next.indexes.map((index): Index => {
    const keys = index.keys.map((key) => ({ ...key, expression: maybe(key.expression) }));
    const predicate = maybe(index.predicate);
    const same = predicate === index.predicate && keys.every(({ expression }, i) => expression === index.keys[i]?.expression);
    return same ? index : { ...index, keys, predicate };
  });
  const checks = next.checks.map((check) => {
    const text = to(check.text);
    return text === check.text ? check : { ...check, text };
  });
  const same = indexes.every((index, i) => index === next.indexes[i]) && checks.every((check, i) => check === next.checks[i]);
  return same ? next : { ...next, indexes, checks };
}
