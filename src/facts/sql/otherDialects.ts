import { skipBlank } from "../../syntax/sql/sqlLexer.ts";
import { splitStatements } from "../../syntax/sql/sqlSplitter.ts";
import { plainKey } from "./constraints.ts";
import type { ColumnFact, ConstraintFact, IndexFact, SchemaChange, TableName } from "./sqlFacts.ts";
import { StatementText } from "./statementText.ts";

/**
 * What a script of another dialect says of tables, keys and indexes: which columns each of them has, and no more. PostgreSQL's parser
 * reads none of it; what is not of these few forms is passed over.
 */
export function otherDialectChanges(text: string): readonly SchemaChange[] {
  // Quotes of names are all the same here, and of the same length; a column may be called `key`.
  const plain = text.replace(/`([^`"\r\n]*)`|\[(\w+)\]/g, (_, mysql?: string, other?: string) => `"${mysql ?? other ?? ""}"`);
  return splitStatements(plain).flatMap(({ start, end }) => changesOf(new StatementText(plain.slice(start, end), start)));
}

const NAME = String.raw`(?:"?\w+"?\s*\.\s*)?"?([\w$]+)"?`;
const CREATE_TABLE = new RegExp(String.raw`^CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?${NAME}\s*(?=\()`, "i");
const ALTER_TABLE = new RegExp(String.raw`^ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?${NAME}\s+`, "i");
const CREATE_INDEX = new RegExp(
  String.raw`^CREATE\s+(UNIQUE\s+)?(?:(?:NON)?CLUSTERED\s+)?INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?${NAME}\s+(?:USING\s+\w+\s+)?ON\s+${NAME}\s*(?:USING\s+\w+\s*)?(?=\()`,
  "i",
);
const DROP_INDEX = new RegExp(String.raw`^DROP\s+INDEX\s+(?:IF\s+EXISTS\s+)?${NAME}`, "i");
const DROP_TABLE = new RegExp(String.raw`^DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?${NAME}`, "i");
const RENAME_TABLE = new RegExp(String.raw`^RENAME\s+TABLE\s+${NAME}\s+TO\s+${NAME}`, "i");

function changesOf(source: StatementText): readonly SchemaChange[] {
  const { text } = source;
  const created = CREATE_TABLE.exec(text);
  if (created !== null) return createTable(source, tableOf(created[1]), created[0].length);
  const altered = ALTER_TABLE.exec(text);
  if (altered !== null) return alterations(source, tableOf(altered[1]), altered[0].length);
  const indexed = CREATE_INDEX.exec(text);
  if (indexed !== null) {
    const [head, unique, name, table] = indexed;
    return [
      { kind: "createIndex", table: tableOf(table), ifNotExists: true, index: indexOf(source, head.length, name, unique !== undefined) },
    ];
  }
  const dropped = DROP_INDEX.exec(text);
  if (dropped !== null) return [{ kind: "dropIndex", name: dropped[1] ?? "" }];
  const gone = DROP_TABLE.exec(text);
  if (gone !== null) return [{ kind: "dropTable", table: tableOf(gone[1]) }];
  const renamed = RENAME_TABLE.exec(text);
  return renamed === null ? [] : [{ kind: "renameTable", table: tableOf(renamed[1]), to: renamed[2] ?? "" }];
}

const tableOf = (name: string | undefined): TableName => ({ namespace: undefined, name: name ?? "" });

function createTable(source: StatementText, table: TableName, open: number): readonly SchemaChange[] {
  const columns: ColumnFact[] = [];
  const constraints: ConstraintFact[] = [];
  const keys: SchemaChange[] = [];
  for (const { start, end } of source.elements(open)) {
    const found = keyAt(source, table, start, end);
    if (found !== undefined) keys.push(...found);
    else {
      const column = columnAt(source, start, end);
      columns.push(column.column);
      constraints.push(...column.constraints);
    }
  }
  const rest = { parents: [], partitionOf: false, likes: [], fromQuery: false };
  return [{ kind: "createTable", table, at: source.span, what: "table", ifNotExists: true, columns, constraints, ...rest }, ...keys];
}

const KEY =
  /^(?:CONSTRAINT\s+(?!(?:PRIMARY|UNIQUE|FOREIGN|CHECK)\b)"?([\w$]+)"?\s+)?(?:CONSTRAINT\s+)?(PRIMARY\s+KEY|UNIQUE(?:\s+(?:KEY|INDEX))?|FOREIGN\s+KEY|KEY|INDEX)\b\s*(?:(?:NON)?CLUSTERED\s*)?(?:IF\s+NOT\s+EXISTS\s+)?(?:"?([\w$]+)"?\s*)?(?:USING\s+\w+\s*)?(?=\()/i;

/** A table's key, index or constraint; empty for one that finds no rows by a column, undefined for a column. */
function keyAt(source: StatementText, table: TableName, start: number, end: number): readonly SchemaChange[] | undefined {
  const text = source.text.slice(start, end);
  if (/^(?:FULLTEXT|SPATIAL|CHECK|EXCLUDE|CONSTRAINT\s+\S+\s+CHECK)\b/i.test(text)) return [];
  const key = KEY.exec(text);
  if (key === null) return undefined;
  const [head, constraintName, kind = "", ownName] = key;
  const open = start + head.length;
  const name = constraintName ?? ownName;
  const at = { start: source.start + start, end: source.start + end };
  if (/^FOREIGN/i.test(kind)) {
    const parent = tableOf(new RegExp(String.raw`\)\s*REFERENCES\s+${NAME}`, "i").exec(text)?.[1]);
    const actions = { onDelete: "no action", onUpdate: "no action" } as const;
    const columns = columnsAt(source, open);
    return [{ kind: "addConstraint", table, constraint: { type: "foreign", name, columns, parent, parentColumns: [], ...actions, at } }];
  }
  const unique = !/^(?:KEY|INDEX)/i.test(kind);
  const index = { ...indexOf(source, open, name, unique), at };
  if (!unique) return [{ kind: "createIndex", table, ifNotExists: true, index }];
  const type = /^PRIMARY/i.test(kind) ? "primary" : "unique";
  return [{ kind: "addConstraint", table, constraint: { type, name, index, usingIndex: undefined } }];
}

function columnAt(
  source: StatementText,
  start: number,
  end: number,
): { readonly column: ColumnFact; readonly constraints: readonly ConstraintFact[] } {
  const written = source.text.slice(start, end);
  // Comments speak of keys, too.
  const text = written.replace(/'(?:[^']|'')*'/g, "''");
  const name = /^"?([\w$]+)"?/.exec(text)?.[1] ?? "";
  const at = { start: source.start + start, end: source.start + start + name.length };
  // In MySQL KEY alone is the primary key; a reference behind a column is read and forgotten.
  // With columns in parentheses it is the next constraint, in front of which a comma is missing.
  const own = /\bPRIMARY\s+KEY\b(?!\s*\()/i.test(text) ? "primary" : /\bUNIQUE\b(?!\s*\()/i.test(text) ? "unique" : undefined;
  const index = own && { name: undefined, keys: [plainKey(name)], unique: true, at, ...INDEX };
  return {
    column: { name, type: "", nullable: true, at },
    constraints: own === undefined || index === undefined ? [] : [{ type: own, name: undefined, index, usingIndex: undefined }],
  };
}

const INDEX = { nullsNotDistinct: false, method: "btree", predicate: undefined, include: [] } as const;

function indexOf(source: StatementText, open: number, name: string | undefined, unique: boolean): IndexFact {
  return { name, keys: columnsAt(source, open).map(plainKey), unique, at: source.span, ...INDEX };
}

/** The columns of a parenthesised list, up to the first element that is an expression. */
function columnsAt(source: StatementText, open: number): readonly string[] {
  const columns: string[] = [];
  for (const { start, end } of source.elements(open)) {
    const name = /^"?([\w$]+)"?\s*(?:\(\s*\d+\s*\))?\s*(?:ASC|DESC)?$/i.exec(source.text.slice(start, end))?.[1];
    if (name === undefined) break;
    columns.push(name);
  }
  return columns;
}

function alterations(source: StatementText, table: TableName, from: number): readonly SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (let at = from; at < source.text.length; ) {
    const end = source.elementEnd(at);
    if (end === at) break;
    changes.push(...alteration(source, table, at, end));
    const behind = skipBlank(source.text, end);
    if (source.text[behind] !== ",") break;
    at = skipBlank(source.text, behind + 1);
  }
  return changes;
}

function alteration(source: StatementText, table: TableName, start: number, end: number): readonly SchemaChange[] {
  const text = source.text.slice(start, end);
  const added = /^ADD\s+/i.exec(text);
  if (added !== null) {
    const at = start + added[0].length;
    const keys = keyAt(source, table, at, end);
    if (keys !== undefined) return keys;
    const column = at + (/^(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?/i.exec(source.text.slice(at, end))?.[0].length ?? 0);
    // Oracle and MySQL add several columns in parentheses.
    if (source.text[column] === "(") return source.elements(column).flatMap((one) => addColumn(source, table, one.start, one.end));
    return addColumn(source, table, column, end);
  }
  const dropped = /^DROP\s+(?:(COLUMN|INDEX|KEY|FOREIGN\s+KEY|CONSTRAINT|PRIMARY\s+KEY)\b\s*)?(?:IF\s+EXISTS\s+)?"?([\w$]*)"?/i.exec(text);
  if (dropped !== null) {
    const [, what = "COLUMN", name = ""] = dropped;
    if (/^(?:INDEX|KEY)$/i.test(what)) return [{ kind: "dropIndex", name }];
    if (/^COLUMN$/i.test(what)) return [{ kind: "dropColumn", table, column: name }];
    return [/^PRIMARY/i.test(what) ? { kind: "dropPrimaryKey", table } : { kind: "dropConstraint", table, name }];
  }
  const renamed = /^(?:CHANGE\s+(?:COLUMN\s+)?"?([\w$]+)"?\s+"?([\w$]+)"?|RENAME\s+COLUMN\s+"?([\w$]+)"?\s+TO\s+"?([\w$]+)"?)/i.exec(text);
  if (renamed !== null)
    return [{ kind: "renameColumn", table, column: renamed[1] ?? renamed[3] ?? "", to: renamed[2] ?? renamed[4] ?? "" }];
  const index = /^RENAME\s+(?:INDEX|KEY)\s+"?([\w$]+)"?\s+TO\s+"?([\w$]+)"?/i.exec(text);
  if (index !== null) return [{ kind: "renameIndex", name: index[1] ?? "", to: index[2] ?? "" }];
  const to = new RegExp(String.raw`^RENAME\s+(?:TO\s+|AS\s+)?${NAME}$`, "i").exec(text)?.[1];
  return to === undefined ? [] : [{ kind: "renameTable", table, to }];
}

function addColumn(source: StatementText, table: TableName, start: number, end: number): readonly SchemaChange[] {
  return [{ kind: "addColumn", table, ...columnAt(source, start, end) }];
}
