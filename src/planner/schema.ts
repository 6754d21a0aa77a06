import { columnSql, directionSql, qualified, sqlName } from "../model/schema/edits/migrationEdit.ts";
import type { Index, IndexKey, Schema, Table } from "../model/schema/schema.ts";
import { EXTENSIONS, type StepResult } from "./protocol.ts";
import type { Surroundings } from "./surroundings.ts";

/** A statement, and what it is about for whoever reads why it failed. */
export interface Ddl {
  readonly sql: string;
  readonly about: string;
  /** As the migrations have it: where it fails, a text stands in. */
  readonly own?: true;
}

/**
 * The folded schema as statements that create it anew: a replay of its migrations would stop at the first broken one. Every statement
 * may fail alone. Types that only this database knows and that are no enums are domains over text, so that casts to them still work.
 */
export function ddlOf(schema: Schema, around: Surroundings): readonly Ddl[] {
  const tables = [...schema.tables.values()];
  const types = unknownTypes(tables);
  const namespaces = namespacesOf(schema, around);
  return [
    ...extensionsOf(schema, tables).map((name): Ddl => ({ sql: `CREATE EXTENSION IF NOT EXISTS "${name}"`, about: `extension ${name}` })),
    ...namespaces.map((name): Ddl => ({ sql: `CREATE SCHEMA IF NOT EXISTS ${sqlName(name)}`, about: `schema ${name}` })),
    { sql: `SET search_path = ${searchPath(namespaces, around).map(sqlName).join(", ")}`, about: "search path" },
    ...enumsOf(schema, types).map(
      ([name, labels]): Ddl => ({
        sql: `CREATE TYPE ${typeName(name)} AS ENUM (${labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(", ")})`,
        about: `type ${name}`,
      }),
    ),
    ...[...around.types].map(([name, sql]): Ddl => ({ sql, about: `type ${name}`, own: true })),
    ...opaqueTypes(schema, types).map((name): Ddl => ({ sql: standIn(name, around), about: `type ${name}` })),
    ...around.sequences.map(
      (sequence): Ddl => ({ sql: `CREATE SEQUENCE IF NOT EXISTS ${qualified(sequence)}`, about: `sequence ${sequence.name}` }),
    ),
    ...tables.map((table): Ddl => ({ sql: createTable(table, types), about: `table ${table.name}` })),
    ...tables.flatMap((table) =>
      validIndexes(table).map((index): Ddl => ({ sql: createIndex(table, index), about: `index ${index.name}` })),
    ),
    ...tables.flatMap((table) => foreignKeys(table, schema)),
    ...tables.flatMap((table) =>
      table.checks.map(
        ({ name, text, notValid }): Ddl => ({
          sql: `ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${sqlName(name)} CHECK (${text})${notValid === true ? " NOT VALID" : ""}`,
          about: `check ${name}`,
        }),
      ),
    ),
  ];
}

/** What of the schema is not in the planner's database as it is in the real one, each in a line. */
export function schemaRemarks(schema: Schema, ddl: readonly Ddl[], results: readonly StepResult[]): readonly string[] {
  const failed = ddl.flatMap(({ about, own }, i) => {
    const result = results[i];
    return own === true || result === undefined || result.ok ? [] : [`${about} was left out: ${result.message}`];
  });
  const tables = [...schema.tables.values()];
  const made = new Set(ddl.flatMap(({ about, own }, i) => (own === true && results[i]?.ok === true ? [about] : [])));
  const types = opaqueTypes(schema, unknownTypes(tables))
    .filter((name) => !made.has(`type ${bare(name).toLowerCase()}`))
    .map((name) => `type ${name} is planned as text`);
  const extensions = createdExtensions(schema)
    .filter((name) => !isShipped(name) && !WITHOUT_EFFECT.has(name))
    .map((name) => `extension ${name} is not there`);
  const uncertain = tables
    .filter((table) => table.uncertain)
    .map(({ name }) => `table ${name} may have other columns: a statement was not read`);
  return [...extensions, ...types, ...uncertain, ...failed];
}

/** An index that is not valid yet serves no query. */
const validIndexes = (table: Table): readonly Index[] => table.indexes.filter(({ invalid }) => invalid !== true);

/** `CREATE INDEX`, or the constraint that makes it. */
export function createIndex(table: Table, index: Index): string {
  const include = index.include.length === 0 ? "" : ` INCLUDE (${index.include.map((column) => columnSql(table, column)).join(", ")})`;
  const nulls = index.nullsNotDistinct ? " NULLS NOT DISTINCT" : "";
  if ((index.constraint === "primary" || index.constraint === "unique") && index.keys.every(({ column }) => column !== undefined)) {
    const kind = index.constraint === "primary" ? "PRIMARY KEY" : `UNIQUE${nulls}`;
    const columns = index.keys.map(({ column }) => columnSql(table, column as string)).join(", ");
    return `ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${sqlName(index.name)} ${kind} (${columns})${include}`;
  }
  const unique = index.unique && index.constraint !== "exclusion" ? "UNIQUE " : "";
  const keys = index.keys.map((key) => keyText(table, key, index.method)).join(", ");
  const where = index.predicate === undefined ? "" : ` WHERE ${index.predicate}`;
  return `CREATE ${unique}INDEX ${sqlName(index.name)} ON ${qualified(table)} USING ${index.method} (${keys})${include}${nulls === "" || unique === "" ? "" : nulls}${where}`;
}

function keyText(table: Table, key: IndexKey, method: string): string {
  const what = key.column === undefined ? `(${key.expression})` : columnSql(table, key.column);
  const collation = key.collation === undefined ? "" : ` COLLATE ${sqlName(key.collation)}`;
  const opclass = key.opclass === undefined ? "" : ` ${key.opclass}`;
  return what + collation + opclass + (method === "btree" ? directionSql(key) : "");
}

function createTable(table: Table, types: readonly string[]): string {
  const columns = [...table.columns.values()].map(
    ({ name, type, nullable }) => `${sqlName(name)} ${plannedType(type, types)}${nullable ? "" : " NOT NULL"}`,
  );
  return `CREATE TABLE ${qualified(table)} (${columns.join(", ")})`;
}

function foreignKeys(table: Table, schema: Schema): readonly Ddl[] {
  return table.foreignKeys.flatMap((key): readonly Ddl[] => {
    const parent = schema.tables.get(key.parent);
    if (parent === undefined) return [];
    const columns = key.columns.map((column) => columnSql(table, column)).join(", ");
    const target = key.parentColumns.length === 0 ? "" : ` (${key.parentColumns.map((column) => columnSql(parent, column)).join(", ")})`;
    const sql = `ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${sqlName(key.name)} FOREIGN KEY (${columns}) REFERENCES ${qualified(parent)}${target}`;
    return [{ sql, about: `foreign key ${key.name}` }];
  });
}

function namespacesOf({ tables, objects }: Schema, { namespace }: Surroundings): readonly string[] {
  const named = [...tables.values(), ...objects.values()].flatMap((one) => one.namespace ?? []);
  return [...new Set([...named, ...(namespace === undefined ? [] : [namespace])])].filter((name) => name !== "public").sort();
}

/** Tables without a schema are made in the first one. */
function searchPath(namespaces: readonly string[], { namespace }: Surroundings): readonly string[] {
  const first = namespace ?? "public";
  return [first, ...["public", ...namespaces].filter((name) => name !== first)];
}

/** A type over text, where the type's own statement has made none. */
function standIn(name: string, { types }: Surroundings): string {
  const create = `CREATE DOMAIN ${typeName(name)} AS text`;
  if (!types.has(bare(name).toLowerCase())) return create;
  return `DO $planner$ BEGIN IF to_regtype('${typeName(name).replaceAll("'", "''")}') IS NULL THEN ${create}; END IF; END $planner$`;
}

/** Types of PostgreSQL as the facts name them. */
const BUILTIN = new Set(
  (
    "bool bytea char name int8 int2 int2vector int4 regproc text oid xid cid json xml jsonb point lseg path box polygon line float4 float8 " +
    "circle money macaddr inet cidr macaddr8 bpchar varchar date time timestamp timestamptz interval timetz bit varbit numeric uuid " +
    "tsvector tsquery int4range numrange tsrange tstzrange daterange int8range int4multirange nummultirange tsmultirange tstzmultirange " +
    "datemultirange int8multirange jsonpath pg_lsn regclass"
  ).split(" "),
);

const EXTENSION_TYPES: Readonly<Record<string, string>> = { citext: "citext", hstore: "hstore", ltree: "ltree" };

/** The name without modifiers, array brackets and PostgreSQL's own schema. */
const baseType = (type: string): string =>
  type
    .replace(/(\[\d*\])+$/, "")
    .replace(/\s*\(.*\)/, "")
    .replace(/^pg_catalog\./, "");

function unknownTypes(tables: readonly Table[]): readonly string[] {
  const bases = tables.flatMap((table) => [...table.columns.values()].map(({ type }) => baseType(type)));
  return [...new Set(bases)].filter((base) => !isKnownType(base)).sort();
}

/** The labels of an enum of the schema. */
export function labelsOf(schema: Schema, type: string): readonly string[] | undefined {
  return schema.objects.get(`enum:${bare(baseType(type)).toLowerCase()}`)?.values;
}

function enumsOf(schema: Schema, types: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  return types.flatMap((name) => {
    const labels = labelsOf(schema, name);
    return labels === undefined ? [] : [[name, labels] as const];
  });
}

const opaqueTypes = (schema: Schema, types: readonly string[]): readonly string[] =>
  types.filter((name) => labelsOf(schema, name) === undefined);

/** Whether it is a type of PostgreSQL or of an extension that the planner has; others are those of the database alone. */
export function isKnownType(type: string): boolean {
  const base = baseType(type);
  return base === "" || BUILTIN.has(base) || EXTENSION_TYPES[bare(base)] !== undefined;
}

const bare = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
/** "public.ticket_status" with both parts quoted where they have to be. */
const typeName = (name: string): string => name.split(".").map(sqlName).join(".");

function plannedType(type: string, unknown: readonly string[]): string {
  const base = baseType(type);
  if (base === "") return "text";
  if (!unknown.includes(base)) return type === "char" ? `"char"` : type;
  return typeName(base) + (/(\[\d*\])+$/.exec(type)?.[0] ?? "");
}

const createdExtensions = (schema: Schema): readonly string[] =>
  [...schema.objects.values()].filter(({ what }) => what === "extension").map(({ name }) => name.toLowerCase());

const isShipped = (name: string): boolean => (EXTENSIONS as readonly string[]).includes(name);

/** Extensions whose absence changes no plan: PostgreSQL has their functions itself, or they only watch. */
const WITHOUT_EFFECT = new Set(["pgcrypto", "plpgsql", "pg_stat_statements", "pg_buffercache"]);

function extensionsOf(schema: Schema, tables: readonly Table[]): readonly string[] {
  const found = new Set<string>(["pg_trgm", ...createdExtensions(schema).filter(isShipped)]);
  for (const table of tables) {
    for (const { type } of table.columns.values()) {
      const extension = EXTENSION_TYPES[bare(baseType(type))];
      if (extension !== undefined) found.add(extension);
    }
    for (const { method, keys, predicate } of table.indexes) {
      if (method === "gin") found.add("btree_gin");
      if (method === "gist") found.add("btree_gist");
      const text = `${predicate ?? ""} ${keys.map(({ expression, opclass }) => `${expression ?? ""} ${opclass ?? ""}`).join(" ")}`;
      if (/\bunaccent\b/.test(text)) found.add("unaccent");
      if (/__int\w*_ops/.test(text)) found.add("intarray");
    }
  }
  return [...found].sort();
}
