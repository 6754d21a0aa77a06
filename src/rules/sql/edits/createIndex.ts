import type { Model } from "../../../model/model.ts";
import type { IndexElement } from "../../../model/schema/edits/indexElement.ts";
import { addStatement, columnSql, qualified, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import { makeName } from "../../../model/schema/fold/defaultNames.ts";
import type { Schema, Table } from "../../../model/schema/schema.ts";
import type { Place } from "../../../text/positions.ts";
import type { Fix } from "../../finding.ts";
import { declareIndex, isDeclarable } from "./mappedIndex.ts";

/** An index that is not there yet. */
export interface NewIndex {
  /** For its name and that of its migration. */
  readonly about: readonly string[];
  /** What stands between the parentheses. */
  readonly keys: string;
  /** Where it is no btree. */
  readonly method?: string;
  /** The extension that it needs: where no migration makes it, the one of the index does before. */
  readonly extension?: string;
  /** Which rows it holds. */
  readonly where?: string;
  readonly unique?: true;
}

/**
 * `CREATE INDEX` in the next migration. `schema` is the schema's id, `columns` are the keys in order; `declared` lies in the script that
 * is added to where the migrations follow no scheme. Where Hibernate makes the schema, the entity declares the index.
 */
export function createIndex(model: Model, schema: string, table: Table, columns: readonly string[], declared: Place): readonly Fix[] {
  const keys = columns.map((column) => columnSql(table, column)).join(", ");
  return createIndexOn(model, schema, table, { about: columns, keys }, declared);
}

/** `createIndex` for keys that are no plain columns. */
export function createIndexOn(model: Model, schema: string, table: Table, index: NewIndex, declared: Place): readonly Fix[] {
  const { about, keys, method, extension, where, unique } = index;
  const isOfColumns = method === undefined && where === undefined && keys === about.map((column) => columnSql(table, column)).join(", ");
  const isPlain = isOfColumns && unique === undefined;
  const made = model.schema.schema(schema);
  if (made?.takesStatements === false || (made?.mapped === true && !(isPlain && isDeclarable(model, table)))) return [];
  return [
    {
      title: indexTitle(table, index),
      safe: false,
      keys: about.length,
      edits(sources) {
        const now = model.schema.schema(schema);
        if (now === undefined) return undefined;
        const name = freeName(makeName(`idx_${table.name}`, about.join("_"), ""), now);
        if (now.mapped) return declareIndex(model, table, name, about, sources);
        const using = method === undefined ? "" : ` USING ${method}`;
        const rows = where === undefined ? "" : ` WHERE ${where}`;
        const create = `CREATE ${unique === true ? "UNIQUE INDEX" : "INDEX"}${isRunAgain(now, sources.text(declared.file)) ? " IF NOT EXISTS" : ""}`;
        const statement = `${create} ${sqlName(name)} ON ${qualified(table)}${using} (${keys})${rows};`;
        const isMade = extension === undefined || now.objects.has(`extension:${extension}`);
        const statements = isMade ? statement : `CREATE EXTENSION IF NOT EXISTS ${extension};\n${statement}`;
        const element: IndexElement | undefined =
          isOfColumns && extension === undefined
            ? {
                kind: "createIndex",
                index: name,
                table: table.name,
                namespace: table.namespace,
                columns: about.map(nameIn(table)),
                unique: unique === true,
              }
            : undefined;
        return addStatement(now, declared, `add_index_${table.name}_${about.join("_")}`, statements, sources, {
          // What other databases understand they have, too.
          onlyHere: !isOfColumns && model.schema.runsElsewhere(declared.file),
          ...(element && { elements: [element] }),
        });
      },
    },
  ];
}

/** A column as its table calls it. */
const nameIn =
  ({ columns }: Table) =>
  (column: string): string =>
    columns.get(column.toLowerCase())?.name ?? column;

/** Whether a script runs at each start: a table that is there stays, and an index of the same name would be an error. */
const isRunAgain = ({ liquibase, naming }: Schema, script = ""): boolean =>
  !liquibase && naming === undefined && /\bCREATE\s+TABLE\s+IF\s+NOT\s+EXISTS\b/i.test(script);

export function indexTitle({ name }: Table, { keys, where, unique }: NewIndex): string {
  const rows = where === undefined ? "" : ` where ${where.replaceAll('"', "")}`;
  return `Create ${unique === true ? "unique index" : "index"} on ${name} (${keys.replaceAll('"', "")})${rows}`;
}

export function freeName(wanted: string, schema: Schema): string {
  const taken = new Set([...schema.tables.values()].flatMap(({ indexes }) => indexes.map(({ name }) => name.toLowerCase())));
  let name = wanted;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = makeName(wanted, String(i), "");
  return name;
}
