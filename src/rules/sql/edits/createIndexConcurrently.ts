import type { Model } from "../../../model/model.ts";
import type { KeyDirection } from "../../../model/persistence/scans/indexOrder.ts";
import { addStatement, columnSql, directionSql, qualified, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import type { Schema, Table } from "../../../model/schema/schema.ts";
import { flywayName } from "../../../model/schema/sets/versions.ts";
import { lineBreakOf } from "../../../text/edits.ts";
import type { Place } from "../../../text/positions.ts";
import type { Fix } from "../../finding.ts";
import { isPartitioned } from "../shared/tables/schemaQuestions.ts";
import { createIndexOn } from "./createIndex.ts";
import { canSettleFlywayLock, flywayLockEdit } from "./flywayLock.ts";
import {
  type CreationFix,
  type Creations,
  creationDescription,
  creationsTogether,
  creationTitle,
  type NamedCreation,
  type NewIndex,
  namedCreations,
} from "./newIndexes.ts";

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
  return takesConcurrentIndexes(model, schema, table, declared) ? [createAllConcurrently(model, schema, [{ table, index, declared }])] : [];
}

function createAllConcurrently(model: Model, schema: string, creations: Creations): CreationFix {
  const [{ declared }, ...others] = creations;
  const known = { schema, creations, concurrently: true };
  return {
    title: `${creationTitle(creations)} concurrently`,
    safe: false,
    joined(fixes) {
      const all = creationsTogether(known, fixes);
      return all && createAllConcurrently(model, schema, all);
    },
    edits(sources) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      const lineBreak = lineBreakOf(sources.text(declared.file) ?? "");
      const description = creationDescription(creations);
      // Where the last of several fails, the others are there when the script runs again.
      const script = namedCreations(creations, now)
        .flatMap((one) => (now.liquibase && others.length === 0 ? [statementOf(one)] : [dropOf(one), statementOf(one)]))
        .join(lineBreak);
      if (now.liquibase) return addStatement(now, declared, description, script, sources, { alone: true });
      const added = addStatement(now, declared, description, script, sources);
      const property = flywayLockEdit(model, nextFile(now, declared), sources);
      if (added === undefined || property === undefined) return undefined;
      return property === "settled" ? added : [...added, property];
    },
    ...known,
  };
}

function statementOf({ name, table, index: { keys, where } }: NamedCreation): string {
  return `CREATE INDEX CONCURRENTLY ${sqlName(name)} ON ${qualified(table)} (${keys})${where === undefined ? "" : ` WHERE ${where}`};`;
}

const dropOf = ({ name, table: { namespace } }: NamedCreation): string =>
  `DROP INDEX CONCURRENTLY IF EXISTS ${namespace === undefined ? "" : `${sqlName(namespace)}.`}${sqlName(name)};`;

function takesConcurrentIndexes(model: Model, schema: string, table: Table, declared: Place): boolean {
  const now = model.schema.schema(schema);
  if (now === undefined || now.mapped || !now.takesStatements || isPartitioned(table, now)) return false;
  if (now.liquibase) return true;
  const next = nextFile(now, declared);
  return flywayName(next.slice(next.lastIndexOf("/") + 1)) !== undefined && canSettleFlywayLock(model, next);
}

const nextFile = ({ naming }: Schema, { file }: Place): string => naming?.nextFile("index", file) ?? "";
