import type { Model } from "../../model/model.ts";
import { indexServing } from "../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { ForeignKey, Table } from "../../model/schema/schema.ts";
import { defineRule, type Report } from "../rule.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { lacksKeyFor } from "./shared/missingKey.ts";
import { isCodeList, isHistory } from "./shared/quietTables.ts";

export const foreignKeyWithoutIndex = defineRule({
  id: "sql/foreign-key-without-index",
  title: "Foreign key without an index on its columns",
  language: ["sql", "java"],
  certainty: "likely",
  cost: "every deleted parent row, and every lookup by the key, reads the whole table",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    "https://www.postgresql.org/docs/current/indexes-multicolumn.html",
  ],
  messages: {
    column: "{{key}} references {{parent}}, and no index starts with it",
    columns: "{{key}} references {{parent}}, and no index starts with these columns",
  },

  check({ file, model, report }) {
    for (const { schema, table, what: key } of model.schema.foreignKeysDeclaredIn(file.file)) {
      if (table.uncertain || model.tableSizes.isSmall(table)) continue;
      const parent = model.schema.tableOf(schema, key.parent);
      const telling = tellingColumns(key, parent);
      if (repeats(key, telling, table)) continue;
      const partitioned = table.partitionOf === undefined ? undefined : model.schema.tableOf(schema, table.partitionOf);
      if ([key.columns, telling].some((columns) => indexServing(columns, table, partitioned) !== undefined)) continue;
      if (key.columns.some((column) => model.javaMigrations.indexes(table.name, column))) continue;
      if (lacksKeyFor(key.columns, schema, table, model)) continue;
      const parentName = parent?.name ?? key.parent;
      const named = key.columns.map((column) => table.columns.get(column)?.name ?? column);
      report({
        at: key.at,
        message: key.columns.length === 1 ? "column" : "columns",
        data: {
          key: key.columns.length === 1 ? `${table.name}.${named[0]}` : `${table.name}(${named.join(", ")})`,
          parent: parentName,
        },
        cost: `each delete of a ${parentName} row, and each lookup by ${named.join(", ")}, reads all of ${table.name}`,
        related: parent === undefined ? [] : [{ at: parent.at, message: `the parent; ON DELETE ${key.onDelete.toUpperCase()}` }],
        fixes: createIndexEitherWay(model, schema, table, key.columns, key.at),
        ...weight(key, table, parent, model, file.file),
      });
    }
  },
});

/**
 * The columns of a key that tell its rows apart: of `(connection_id, workspace_id)` that repeats whose the connection is the first alone,
 * where it is unique in the parent.
 */
function tellingColumns({ columns, parentColumns }: ForeignKey, parent: Table | undefined): readonly string[] {
  const alone = columns.find((_, i) =>
    parent?.indexes.some(
      ({ keys, unique, predicate }) => unique && predicate === undefined && keys.length === 1 && keys[0]?.column === parentColumns[i],
    ),
  );
  return alone === undefined ? columns : [alone];
}

/** One index serves all foreign keys over the same columns, and those that only add to them: the first of them says so. */
function repeats(key: ForeignKey, telling: readonly string[], table: Table): boolean {
  const text = (columns: readonly string[]): string => [...columns].sort().join();
  const same = table.foreignKeys.find(({ columns }) => text(columns) === text(key.columns));
  return same !== key || (telling.length < key.columns.length && table.foreignKeys.some(({ columns }) => text(columns) === text(telling)));
}

/** What is known of deletes and lookups decides whether the missing index is felt. */
function weight(
  key: ForeignKey,
  table: Table,
  parent: Table | undefined,
  model: Model,
  file: string,
): Pick<Report, "certainty" | "severity"> {
  const deletes = model.usage.deletesFrom(key.parent, file);
  const lookups = key.columns.map((column) => model.usage.lookupsBy(table.name, column, file));
  const clears = key.onDelete === "set null" || key.onDelete === "set default";
  // Who has children go with their parents deletes parents; who leaves them behind has a way out for what may never come.
  const deletesParents = key.onDelete === "cascade" ? deletes !== false : clears && deletes === true;
  // Envers writes revisions, and nobody deletes them.
  if (isFrameworkTable(table.name) || isFrameworkTable(parent?.name ?? key.parent)) return { certainty: "possible" };
  // Rows of a list of kinds are hardly deleted, and no filter on a few values is selective.
  if (parent !== undefined && (model.tableSizes.isSmall(parent) || isCodeList(parent, model))) return { certainty: "possible" };
  // Lookups are many. Deletes of parents are few, unless the schema is made for them.
  if (lookups.some((known) => known?.some((others) => !isFoundBy(others, table))) || deletesParents)
    return { certainty: "likely", severity: "warning" };
  if (key.columns.some((column) => model.usage.purgesBy(table.name, column, file) === true)) return {};
  // No query is known: whoever wrote a row is hardly ever looked up by, nor is what was; and deletes would be refused, or leave the row.
  const isQuiet = key.columns.every((column) => WRITER.test(column)) || isHistory(table);
  if (isQuiet && deletes !== true && key.onDelete !== "cascade") return { certainty: "possible" };
  // The queries are known, and none of them asks for it; a parent that is deleted now and then waits.
  return lookups.every((known) => known === undefined) && deletes === undefined ? {} : { certainty: "possible" };
}

/** Who wrote a row: in English, and in Finnish as finnishtransportagency/harja has it in 173 keys. */
const WRITER =
  /^(?:last_?)?(?:created|creator|inserted|updated|updater|modified|modifier|changed|edited|entered|archived)(?:_?by)?(?:_?user)?(?:_?id)?$|^(?:luoja|muokkaaja|poistaja)(?:_id)?$/;

/** A lookup by several columns goes through the index of another one. */
const isFoundBy = (columns: readonly string[], table: Table): boolean =>
  columns.some((column) => indexServing([column], table) !== undefined);
