import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { isUnindexed, keysOfAuthors, lookupsLacking, sweepsOf, weightOfKey } from "./shared/indexes/unindexedKeys.ts";
import { isAskedOften } from "./shared/queries/entries.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { finderPlaces } from "./shared/queries/finders.ts";
import { collectionPlaces } from "./shared/queries/loadedCollections.ts";
import { deletesOf } from "./shared/tables/parentDeletes.ts";

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
    wider: "{{key}} references {{parent}} without an index; {{method}} wants {{wanted}} behind it",
    authors: "{{key}} and {{more}} like it say by whom, without an index: deletes of {{parent}} read all",
  },
  toldOncePerFile: [["column", "columns", "wider"], ["authors"]],

  check({ file, model, report }) {
    for (const { schema, table, what: key } of model.schema.foreignKeysDeclaredIn(file.file)) {
      const weight = isUnindexed(key, schema, table, model) ? weightOfKey(key, schema, table, model) : undefined;
      if (weight === undefined) continue;
      const { ofAuthor, ...rank } = weight;
      const [first = key, ...others] = ofAuthor === true ? keysOfAuthors(key.parent, schema, model) : [];
      if (first !== key) continue;
      const parent = model.schema.tableOf(schema, key.parent);
      const parentName = parent?.name ?? key.parent;
      const found = lookupsLacking(key, schema, table, model);
      const nameOf = (column: string): string => table.columns.get(column)?.name ?? column;
      const named = key.columns.map(nameOf);
      const sweeps = sweepsOf(key, schema, model);
      const collections = key.columns.flatMap((column) => collectionPlaces(table.name, column, model));
      // Deletes are no cost where all queries are known and none deletes.
      const isDeleted = deletesOf(key.parent, schema, key.at.file, model) !== false;
      const [lookup, reads] = [`lookup by ${named.join(", ")}`, `reads all of ${table.name}`];
      report({
        at: key.at,
        message: others.length > 0 ? "authors" : found.wider !== undefined ? "wider" : key.columns.length === 1 ? "column" : "columns",
        data: {
          key: key.columns.length === 1 ? `${table.name}.${named[0]}` : `${table.name}(${named.join(", ")})`,
          parent: parentName,
          more: others.length,
          method: found.wider?.method ?? "",
          wanted: found.keys.slice(key.columns.length).map(nameOf).join(", "),
        },
        cost: isDeleted ? `each delete from ${parentName}, and each ${lookup}, ${reads}` : `each ${lookup} ${reads}`,
        weight: rowsRead(table, [...found.queries, ...sweeps], collections.length + Number(isDeleted), model),
        related: [
          ...(rank.certainty === "possible" ? [table, parent] : []).flatMap((one) => (one && feltOn(one, model)?.related) ?? []),
          ...(parent === undefined ? [] : [{ at: parent.at, message: `the parent; ON DELETE ${key.onDelete.toUpperCase()}` }]),
          ...finderPlaces(found.queries, named),
          ...sweeps.map(({ at, method }) => ({ at, message: `${method} deletes many rows of ${parentName}` })),
          ...collections,
          ...others.slice(0, MOST_OTHERS).map(({ at }) => ({ at, message: "another one" })),
        ],
        fixes: createIndexEitherWay(model, schema, table, found.keys, key.at),
        ...(found.claim && { claim: found.claim }),
        ...rank,
      });
    }
  },
});

const MOST_OTHERS = 5;

/** What the statements of all kinds read of a table whose size nobody knows, one of each; the frequent ones count for more. */
function rowsRead(table: Table, known: readonly Query[], others: number, model: Model): number {
  const statements = known.reduce((sum, query) => sum + (isAskedOften(query, model) ? OFTEN : 1), others);
  return statements * (model.tableSizes.rowsOf(table.name) ?? ASSUMED_ROWS);
}

const OFTEN = 10;
const ASSUMED_ROWS = 1_000_000;
