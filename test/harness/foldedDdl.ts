import { sqlName } from "../../src/model/schema/edits/migrationEdit.ts";
import type { Check, Column, ForeignKey, Index, IndexKey, Schema, SchemaObject, Table } from "../../src/model/schema/schema.ts";
import type { Place } from "../../src/text/positions.ts";

/** A folded schema as a script that makes it on an empty server: what the fold says, and nothing else. */
export function foldedDdl(schema: Schema, textAt: (place: Place) => string): string {
  const objects = [...schema.objects.values()];
  const tables = [...schema.tables.values()].filter(({ kind }) => kind === "table");
  const whole = tables.filter(({ partitionOf }) => partitionOf === undefined);
  // Facts say types in lower case.
  const types = new Map(objects.filter(({ what }) => TYPES.has(what)).map(({ name }) => [name.toLowerCase(), name]));
  // What YAML quotes over several lines does not stand there as it runs: a table that needs it is missed.
  const written = (what: SchemaObject["what"]): string[] =>
    objects.flatMap((one) => (one.what === what && !/^["']/.test(textAt(one.at)) ? [renamed(textAt(one.at), one)] : []));
  const namespaces = new Set(
    [...tables, ...objects].flatMap(({ namespace }) => (namespace === undefined || namespace === "public" ? [] : [namespace])),
  );
  return [
    "SET check_function_bodies = off",
    ...[...namespaces].map((name) => `CREATE SCHEMA IF NOT EXISTS ${sqlName(name)}`),
    ...objects.flatMap(({ what, name }) => (what === "extension" ? [`CREATE EXTENSION IF NOT EXISTS ${sqlName(name)}`] : [])),
    ...objects.flatMap((one) =>
      one.what === "enum" && one.values !== undefined ? [`CREATE TYPE ${nameOf(one)} AS ENUM (${one.values.map(literal).join(", ")})`] : [],
    ),
    // Columns are of types without their schema.
    ...(namespaces.size === 0 ? [] : [`SET search_path = public, ${[...namespaces].map(sqlName).join(", ")}`]),
    ...written("composite"),
    ...written("range"),
    ...written("domain"),
    ...objects.flatMap((one) => (one.what === "sequence" ? [`CREATE SEQUENCE IF NOT EXISTS ${nameOf(one)}`] : [])),
    ...tables.flatMap(numbering).map((name) => `CREATE SEQUENCE IF NOT EXISTS ${name}`),
    ...written("function").filter((text) => !takesRow(text, tables)),
    // Of a partition only the columns are its own to be right: its bounds, its indexes and constraints follow from the table around it.
    ...tables.map((table) => createTable(table, types)),
    ...written("function").filter((text) => takesRow(text, tables)),
    ...whole.flatMap((table) => table.checks.map((check) => `ALTER TABLE ${nameOf(table)} ADD CONSTRAINT ${checkOf(check)}`)),
    ...whole.flatMap((table) => table.indexes.map((index) => createIndex(table, index))),
    ...whole.flatMap((table) =>
      table.foreignKeys.map((key) => `ALTER TABLE ${nameOf(table)} ADD CONSTRAINT ${foreignKey(table, key, schema)}`),
    ),
  ]
    .map((statement) => `${statement.replace(/;\s*$/, "")};`)
    .join("\n");
}

/** The statement that made an object, with the name that it has got since. */
const renamed = (text: string, one: SchemaObject): string =>
  text.replace(MADE, (all, lead: string, name: string) => (bare(name) === one.name.toLowerCase() ? all : `${lead}${nameOf(one)}`));

const MADE = /^((?:\s+|--.*)*CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|DOMAIN|TYPE)\s+)((?:"[^"]+"|[\w$]+)(?:\.(?:"[^"]+"|[\w$]+))?)/i;
const bare = (name: string): string => (/[^."]+"?$/.exec(name)?.[0] ?? "").replace('"', "").toLowerCase();

/** A function of a table's row: `is_open(t tickets)`. */
const takesRow = (text: string, tables: readonly Table[]): boolean => {
  const parameters = (/\(([^)]*)\)/.exec(text)?.[1] ?? "").toLowerCase().split(/\W+/);
  return tables.some(({ name }) => parameters.includes(name.toLowerCase()));
};

/** The sequences that defaults name: that of a serial stays where its default is written anew. */
const numbering = ({ columns }: Table): readonly string[] =>
  [...columns.values()].flatMap((column) => /^\s*nextval\s*\(\s*'([\w."]+)'/i.exec(column.default?.text ?? "")?.[1] ?? []);

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const nameOf = ({ namespace, name }: { readonly namespace: string | undefined; readonly name: string }): string =>
  namespace === undefined ? sqlName(name) : `${sqlName(namespace)}.${sqlName(name)}`;

const TYPES: ReadonlySet<SchemaObject["what"]> = new Set(["enum", "domain", "composite", "range"]);

function createTable(table: Table, types: ReadonlyMap<string, string>): string {
  const columns = [...table.columns.values()].map((column) => columnOf(column, types)).join(",\n  ");
  const partitions =
    table.partitionBy === undefined || table.partitionBy === "chunks"
      ? ""
      : ` PARTITION BY ${table.partitionBy} (${sqlName(cutBy(table))})`;
  return `CREATE TABLE ${nameOf(table)} (\n  ${columns})${partitions}`;
}

/** A column that a table may be cut by: every unique index has it. */
const cutBy = ({ columns, indexes }: Table): string =>
  [...columns.values()].find(({ name }) =>
    indexes.every(({ unique, keys }) => !unique || keys.some(({ column }) => column === name.toLowerCase())),
  )?.name ?? "";

const SERIAL: Readonly<Record<string, string>> = { int2: "smallserial", int4: "serial", int8: "bigserial" };

function columnOf({ name, type, nullable, default: given, collation }: Column, types: ReadonlyMap<string, string>): string {
  const isNamedAfter = given?.kind === "serial" && given.text === "";
  const written = isNamedAfter ? (SERIAL[type] ?? type) : typeName(type, types);
  return [
    sqlName(name),
    written,
    ...(collation === undefined ? [] : [`COLLATE ${sqlName(collation)}`]),
    ...(nullable ? [] : ["NOT NULL"]),
    ...(given === undefined || isNamedAfter ? [] : [defaultOf(given.kind, given.text)]),
  ].join(" ");
}

/** "char" without quotes is another type. */
function typeName(type: string, types: ReadonlyMap<string, string>): string {
  const [, given = "", rest = ""] = /^([^([]*)(.*)$/.exec(type) ?? [];
  const name = types.get(given) ?? given;
  return `${name === "char" ? '"char"' : /^[a-z_][\w]*$/.test(name) ? name : sqlName(name)}${rest}`;
}

function defaultOf(kind: string, text: string): string {
  if (kind === "identity") return "GENERATED BY DEFAULT AS IDENTITY";
  if (kind === "stored") return `GENERATED ALWAYS AS (${text}) STORED`;
  return `DEFAULT ${text}`;
}

const checkOf = ({ name, text, notValid }: Check): string => `${sqlName(name)} CHECK (${text})${notValid === true ? " NOT VALID" : ""}`;

function createIndex(table: Table, index: Index): string {
  const { name, constraint, unique, method, keys, include, predicate, nullsNotDistinct } = index;
  const including = include.length === 0 ? "" : ` INCLUDE (${include.map((column) => sqlName(written(table, column))).join(", ")})`;
  if (constraint === "primary" || constraint === "unique") {
    const kind = constraint === "primary" ? "PRIMARY KEY" : `UNIQUE${nullsNotDistinct ? " NULLS NOT DISTINCT" : ""}`;
    const columns = keys.map(({ column }) => sqlName(written(table, column))).join(", ");
    return `ALTER TABLE ${nameOf(table)} ADD CONSTRAINT ${sqlName(name)} ${kind} (${columns})${including}${deferred(index)}`;
  }
  if (constraint === "exclusion") {
    const pairs = keys.map((key, i) => `${keyOf(table, key)} WITH ${index.operators?.[i] ?? ""}`).join(", ");
    const rows = predicate === undefined ? "" : ` WHERE (${predicate})`;
    return `ALTER TABLE ${nameOf(table)} ADD CONSTRAINT ${sqlName(name)} EXCLUDE USING ${method} (${pairs})${including}${rows}${deferred(index)}`;
  }
  const listed = keys.map((key) => keyOf(table, key)).join(", ");
  const distinct = nullsNotDistinct ? " NULLS NOT DISTINCT" : "";
  const where = predicate === undefined ? "" : ` WHERE ${predicate}`;
  return `CREATE ${unique ? "UNIQUE " : ""}INDEX ${sqlName(name)} ON ${nameOf(table)} USING ${method} (${listed})${including}${distinct}${where}`;
}

const written = (table: Table, column: string | undefined): string => table.columns.get(column ?? "")?.name ?? column ?? "";

function keyOf(table: Table, { column, expression, descending, nullsFirst, opclass, collation }: IndexKey): string {
  return [
    column === undefined ? `(${expression})` : sqlName(written(table, column)),
    ...(collation === undefined ? [] : [`COLLATE ${sqlName(collation)}`]),
    ...(opclass === undefined ? [] : [opclass]),
    ...(descending ? ["DESC"] : []),
    ...(nullsFirst === descending ? [] : [nullsFirst ? "NULLS FIRST" : "NULLS LAST"]),
  ].join(" ");
}

function foreignKey(table: Table, key: ForeignKey, schema: Schema): string {
  const parent = schema.tables.get(key.parent);
  const columns = parent === undefined ? key.parentColumns : key.parentColumns.map((column) => written(parent, column));
  const own = key.columns.map((column) => sqlName(written(table, column))).join(", ");
  const actions = `${key.onDelete === "no action" ? "" : ` ON DELETE ${key.onDelete}`}${key.onUpdate === "no action" ? "" : ` ON UPDATE ${key.onUpdate}`}`;
  const references = `${parent === undefined ? sqlName(key.parent) : nameOf(parent)}${columns.length === 0 ? "" : ` (${columns.map(sqlName).join(", ")})`}${key.matchFull === true ? " MATCH FULL" : ""}`;
  return `${sqlName(key.name)} FOREIGN KEY (${own}) REFERENCES ${references}${actions}${deferred(key)}${key.notValid === true ? " NOT VALID" : ""}`;
}

const deferred = ({ deferrable }: { readonly deferrable?: "immediate" | "deferred" }): string =>
  deferrable === undefined ? "" : ` DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`;
