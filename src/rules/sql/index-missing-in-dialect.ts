import type { Model } from "../../model/model.ts";
import { indexServing } from "../../model/schema/coverage.ts";
import type { DialectIndex } from "../../model/schema/dialects.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Dialect, Table } from "../../model/schema/schema.ts";
import { defineRule, type Report } from "../rule.ts";
import { createIndex } from "./edits/createIndex.ts";
import { createIndexConcurrently } from "./edits/createIndexConcurrently.ts";

export const indexMissingInDialect = defineRule({
  id: "sql/index-missing-in-dialect",
  title: "Index that the scripts for another database make and PostgreSQL's do not",
  language: "sql",
  certainty: "likely",
  cost: "what another database finds by an index, PostgreSQL reads the whole table for",
  references: [
    "https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html",
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    "https://github.com/phax/phoss-smp/issues/553",
  ],
  messages: {
    declared: "no index of {{table}} starts with {{column}}, and {{dialect}} has one",
    implied: "no index of {{table}} starts with {{column}}, and {{dialect}} makes one for a foreign key",
  },

  check({ file, model, report }) {
    for (const { schema, table } of model.schema.tablesDeclaredIn(file.file)) {
      if (table.uncertain || table.partitionOf !== undefined || model.tableSizes.isSmall(table) || isFrameworkTable(table.name)) continue;
      const missing = new Map<string, DialectIndex>();
      for (const index of model.schema.indexesElsewhere(schema, table.name)) {
        const [column] = index.columns;
        if (column === undefined || missing.has(column) || !lacks(table, index)) continue;
        missing.set(column, index);
      }
      for (const [column, index] of missing) {
        if (model.javaMigrations.indexes(table.name, column)) continue;
        report({
          at: table.at,
          message: index.impliedBy === undefined ? "declared" : "implied",
          data: { table: table.name, column, dialect: NAMES[index.dialect] ?? index.dialect },
          cost: `what ${NAMES[index.dialect] ?? index.dialect} finds by an index, PostgreSQL reads all of ${table.name} for`,
          related: [{ at: index.at, message: `${index.table} (${index.columns.join(", ")})` }],
          fixes: [createIndex, createIndexConcurrently].flatMap((fix) => fix(model, schema, table, index.columns, table.at)),
          ...weight(table, column, model, file.file),
        });
      }
    }
  },
});

const NAMES: Readonly<Partial<Record<Dialect, string>>> = {
  mysql: "MySQL",
  h2: "H2",
  oracle: "Oracle",
  sqlserver: "SQL Server",
  sqlite: "SQLite",
};

/** No index of ours helps with the column that the other one starts with; a foreign key without one has a rule of its own. */
function lacks(table: Table, { columns }: DialectIndex): boolean {
  const [first] = columns;
  if (first === undefined || !columns.every((column) => table.columns.has(column))) return false;
  if (table.indexes.some(({ keys, method }) => (method === "btree" ? keys.slice(0, 1) : keys).some((key) => isAbout(key, first))))
    return false;
  return !table.foreignKeys.some((key) => key.columns.includes(first) && indexServing(key.columns, table) === undefined);
}

const isAbout = ({ column, expression }: Table["indexes"][number]["keys"][number], wanted: string): boolean =>
  column === wanted || expression?.toLowerCase().includes(wanted) === true;

/** A query that asks for the column makes it felt. */
function weight(table: Table, column: string, model: Model, file: string): Pick<Report, "certainty" | "severity"> {
  const lookups = model.usage.lookupsBy(table.name, column, file);
  if (lookups === undefined) return {};
  return lookups.length > 0 ? { severity: "warning" } : { certainty: "possible" };
}
