import type { Model } from "../../../model/model.ts";
import type { KeyDirection } from "../../../model/persistence/scans/indexOrder.ts";
import { addStatement, columnSql, directionSql, qualified, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import { makeName } from "../../../model/schema/fold/defaultNames.ts";
import type { Schema, Table } from "../../../model/schema/schema.ts";
import { flywayName } from "../../../model/schema/sets/versions.ts";
import { lineBreakOf } from "../../../text/edits.ts";
import type { Place } from "../../../text/positions.ts";
import type { Fix } from "../../finding.ts";
import { isPartitioned } from "../shared/tables/schemaQuestions.ts";
import { createIndexOn, freeName, indexTitle, type NewIndex } from "./createIndex.ts";
import { canSettleFlywayLock, flywayLockEdit } from "./flywayLock.ts";

/**
 * An index that is not there yet, built as usual or without blocking writes. The parameters are those of `createIndex`; `where` is SQL of
 * the rows that it holds, `about` what it is named after where that is not its keys.
 */
export function createIndexEitherWay(
  model: Model,
  schema: string,
  table: Table,
  columns: readonly string[],
  declared: Place,
  { where, about = columns, directions }: Pick<NewIndex, "where"> & Partial<Pick<NewIndex, "about">> & Directed = {},
): readonly Fix[] {
  const index: NewIndex = {
    about,
    keys: columns.map((column) => columnSql(table, column) + directionSql(directions?.[column] ?? ASCENDING)).join(", "),
    ...(where !== undefined && { where }),
  };
  return [createIndexOn, createIndexConcurrently].flatMap((fix) => fix(model, schema, table, index, declared));
}

interface Directed {
  /** Of columns that do not just ascend. */
  readonly directions?: Readonly<Record<string, KeyDirection>>;
}

const ASCENDING: KeyDirection = { descending: false, nullsFirst: false };

/**
 * `createIndexOn` without blocking writes: as a migration of its own for Flyway, which runs it outside of a transaction, and what a failed
 * build has left is dropped before; as a changeset outside of a transaction for Liquibase. How other tools run a file is not known.
 */
function createIndexConcurrently(model: Model, schema: string, table: Table, index: NewIndex, declared: Place): readonly Fix[] {
  const { about, keys, where } = index;
  if (!takesConcurrentIndexes(model, schema, table, declared)) return [];
  return [
    {
      title: `${indexTitle(table, index)} concurrently`,
      safe: false,
      edits(sources) {
        const now = model.schema.schema(schema);
        if (now === undefined) return undefined;
        const name = sqlName(freeName(makeName(`idx_${table.name}`, about.join("_"), ""), now));
        const rows = where === undefined ? "" : ` WHERE ${where}`;
        const statement = `CREATE INDEX CONCURRENTLY ${name} ON ${qualified(table)} (${keys})${rows};`;
        const description = `add_index_${table.name}_${about.join("_")}`;
        if (now.liquibase) return addStatement(now, declared, description, statement, sources, { alone: true });
        const namespace = table.namespace === undefined ? "" : `${sqlName(table.namespace)}.`;
        const dropped = `DROP INDEX CONCURRENTLY IF EXISTS ${namespace}${name};`;
        const script = [dropped, statement].join(lineBreakOf(sources.text(declared.file) ?? ""));
        const added = addStatement(now, declared, description, script, sources);
        const property = flywayLockEdit(model, nextFile(now, declared), sources);
        if (added === undefined || property === undefined) return undefined;
        return property === "settled" ? added : [...added, property];
      },
    },
  ];
}

function takesConcurrentIndexes(model: Model, schema: string, table: Table, declared: Place): boolean {
  const now = model.schema.schema(schema);
  if (now === undefined || now.mapped || !now.takesStatements || isPartitioned(table, now)) return false;
  if (now.liquibase) return true;
  const next = nextFile(now, declared);
  return flywayName(next.slice(next.lastIndexOf("/") + 1)) !== undefined && canSettleFlywayLock(model, next);
}

const nextFile = ({ naming }: Schema, { file }: Place): string => naming?.nextFile("index", file) ?? "";
