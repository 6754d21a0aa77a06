import type { Model } from "../../model/model.ts";
import { idColumns } from "../../model/persistence/entity.ts";
import { indexServing } from "../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import { addStatement, columnSql, qualified } from "../../model/schema/migrationEdit.ts";
import type { Table } from "../../model/schema/schema.ts";
import type { Fix } from "../finding.ts";
import { isLookup } from "../java/shared/smallTables.ts";
import { defineRule } from "../rule.ts";
import { entityOf } from "./shared/entities.ts";

export const noPrimaryKey = defineRule({
  id: "sql/no-primary-key",
  title: "Table without a primary key",
  language: "sql",
  certainty: "possible",
  cost: "no index finds a single row, and logical replication looks for each changed row in the whole table",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS",
    "https://www.postgresql.org/docs/current/logical-replication-publication.html#LOGICAL-REPLICATION-PUBLICATION-REPLICA-IDENTITY",
  ],
  messages: {
    entity: "{{entity}} is found by {{columns}}, and {{table}} has neither key nor index for it",
    table: "{{table}} has no primary key, and no unique index in its place",
  },

  check({ file, model, report }) {
    for (const { schema, table } of model.schema.tablesDeclaredIn(file.file)) {
      if (!mayLackOne(table) || model.tableSizes.isSmall(table)) continue;
      const entity = entityOf(table, model);
      const columns = entity === undefined ? [] : idColumns(entity).filter((column) => table.columns.has(column));
      if (columns.length > 0 && entity !== undefined) {
        if (indexServing(columns, table) !== undefined) continue;
        report({
          at: table.at,
          message: "entity",
          data: { entity: entity.name, columns: columns.join(", "), table: table.name },
          certainty: "proven",
          cost: `each find, update and delete of one ${entity.name} reads all of ${table.name}`,
          related: [{ at: entity.at, message: `${entity.name} is mapped here` }],
          fixes: [addPrimaryKey(schema, table, columns, model)],
        });
        // Rows that belong to others are found by the key of those.
      } else if (table.foreignKeys.length === 0 && !isLookup(table.name))
        report({ at: table.at, message: "table", data: { table: table.name } });
    }
  },
});

function mayLackOne(table: Table): boolean {
  if (table.kind !== "table" || table.uncertain || table.partitionOf !== undefined || table.partitionBy !== undefined) return false;
  // A copy of rows has the columns of a query, of which no types are known.
  if (table.columns.size === 0 || [...table.columns.values()].some(({ type }) => type === "")) return false;
  if (isFrameworkTable(table.name) || PASSING.test(table.name)) return false;
  return !table.indexes.some(
    ({ constraint, unique, predicate, keys }) =>
      constraint === "primary" || (unique && predicate === undefined && keys.every(({ column }) => column !== undefined)),
  );
}

/** Tables that rows pass through, and copies. */
const PASSING = /(?:^|_)(?:te?mp|staging|stage|bac?k|backup|copy|old|import|archive)(?:_|\d|$)/i;

function addPrimaryKey(schema: string, table: Table, columns: readonly string[], model: Model): Fix {
  const keys = columns.map((column) => columnSql(table, column)).join(", ");
  return {
    title: `Make ${keys.replaceAll('"', "")} the primary key`,
    safe: false,
    edits(sources) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      const statement = `ALTER TABLE ${qualified(table)} ADD PRIMARY KEY (${keys});`;
      return addStatement(now, table.at, `add_primary_key_of_${table.name}`.toLowerCase(), statement, sources);
    },
  };
}
