import type { Model } from "../../../model/model.ts";
import type { IndexElement } from "../../../model/schema/edits/indexElement.ts";
import { addStatement, columnSql, qualified, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import type { Schema, Table } from "../../../model/schema/schema.ts";
import { lineBreakOf } from "../../../text/edits.ts";
import type { Place } from "../../../text/positions.ts";
import type { Fix } from "../../finding.ts";
import { declareIndexes, isDeclarable } from "./mappedIndex.ts";
import {
  type Creation,
  type CreationFix,
  type Creations,
  creationDescription,
  creationsTogether,
  creationTitle,
  isCreation,
  type NamedCreation,
  type NewIndex,
  namedCreations,
} from "./newIndexes.ts";

/**
 * `CREATE INDEX` in the next migration. `schema` is the schema's id, `columns` are the keys in order; `declared` lies in the script that
 * is added to where the migrations follow no scheme. Where Hibernate makes the schema, the entity declares the index.
 */
export function createIndex(model: Model, schema: string, table: Table, columns: readonly string[], declared: Place): readonly Fix[] {
  return createIndexOn(model, schema, table, { about: columns, keys: keysOf(table, columns) }, declared);
}

/** `createIndex` where something says that values differ: it fails where they do not. */
export function createUniqueIndex(model: Model, schema: string, table: Table, columns: readonly string[], declared: Place): readonly Fix[] {
  return createIndexOn(model, schema, table, { about: columns, keys: keysOf(table, columns), unique: true }, declared);
}

const keysOf = (table: Table, columns: readonly string[]): string => columns.map((column) => columnSql(table, column)).join(", ");

/** `createIndex` for keys that are no plain columns. Several of one schema and script are made by one migration. */
export function createIndexOn(model: Model, schema: string, table: Table, index: NewIndex, declared: Place): readonly Fix[] {
  const creation: Creation = { table, index, declared };
  const isPlain = isOfColumns(creation) && index.unique === undefined;
  const made = model.schema.schema(schema);
  if (made?.takesStatements === false || (made?.mapped === true && !(isPlain && isDeclarable(model, table)))) return [];
  return [createAll(model, schema, [creation])];
}

function createAll(model: Model, schema: string, creations: Creations): CreationFix {
  const [{ table, declared }] = creations;
  const known = { schema, creations, concurrently: false };
  return {
    title: creationTitle(creations),
    safe: false,
    keys: Math.max(...creations.map(({ index }) => index.about.length)),
    joined(others) {
      const isMapped = model.schema.schema(schema)?.mapped === true;
      const all = creationsTogether(known, isMapped ? others.filter(isOn(table)) : others);
      return all && createAll(model, schema, all);
    },
    edits(sources) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      const all = namedCreations(creations, now);
      if (now.mapped)
        return declareIndexes(
          model,
          table,
          all.map(({ name, index }) => ({ name, columns: index.about })),
          sources,
        );
      const script = sources.text(declared.file);
      const extensions = new Set(creations.flatMap(({ index }) => index.extension ?? []));
      const missing = [...extensions].filter((name) => !now.objects.has(`extension:${name}`));
      const statements = [
        ...missing.map((name) => `CREATE EXTENSION IF NOT EXISTS ${name};`),
        ...all.map((one) => statementOf(one, isRunAgain(now, script))),
      ];
      const isOfElements = creations.every(isOfColumns);
      return addStatement(now, declared, creationDescription(creations), statements.join(lineBreakOf(script ?? "")), sources, {
        // What other databases understand they have, too.
        onlyHere: !isOfElements && model.schema.runsElsewhere(declared.file),
        ...(isOfElements && extensions.size === 0 && { elements: all.map(elementOf) }),
      });
    },
    ...known,
  };
}

/** Whether a fix makes indexes of one table: an entity's annotations are edited one by one. */
const isOn =
  ({ key }: Table) =>
  (fix: Fix): boolean =>
    isCreation(fix) && fix.creations.every(({ table }) => table.key === key);

function isOfColumns({ table, index: { about, keys, method, where } }: Creation): boolean {
  return method === undefined && where === undefined && keys === keysOf(table, about);
}

function statementOf({ name, table, index }: NamedCreation, isRepeated: boolean): string {
  const { keys, method, where, unique } = index;
  const using = method === undefined ? "" : ` USING ${method}`;
  const rows = where === undefined ? "" : ` WHERE ${where}`;
  const create = `CREATE ${unique === true ? "UNIQUE INDEX" : "INDEX"}${isRepeated ? " IF NOT EXISTS" : ""}`;
  return `${create} ${sqlName(name)} ON ${qualified(table)}${using} (${keys})${rows};`;
}

const elementOf = ({ name, table, index }: NamedCreation): IndexElement => ({
  kind: "createIndex",
  index: name,
  table: table.name,
  namespace: table.namespace,
  columns: index.about.map(nameIn(table)),
  unique: index.unique === true,
});

/** A column as its table calls it. */
const nameIn =
  ({ columns }: Table) =>
  (column: string): string =>
    columns.get(column.toLowerCase())?.name ?? column;

/** Whether a script runs at each start: a table that is there stays, and an index of the same name would be an error. */
const isRunAgain = ({ liquibase, naming }: Schema, script = ""): boolean =>
  !liquibase && naming === undefined && /\bCREATE\s+TABLE\s+IF\s+NOT\s+EXISTS\b/i.test(script);
