import type { Model } from "../../model/model.ts";
import { indexServing } from "../../model/schema/coverage.ts";
import { makeName } from "../../model/schema/defaultNames.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import { addStatement, qualified, sqlName } from "../../model/schema/migrationEdit.ts";
import type { ForeignKey, Schema, Table } from "../../model/schema/schema.ts";
import type { Declared } from "../../model/schema/schemaModel.ts";
import type { Fix } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";

export const foreignKeyWithoutIndex = defineRule({
  id: "sql/foreign-key-without-index",
  title: "Foreign key without an index on its columns",
  language: "sql",
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
    for (const declared of model.schema.foreignKeysDeclaredIn(file.file)) {
      const { schema, table, what: key } = declared;
      if (table.uncertain || table.small !== undefined || repeats(key, table)) continue;
      const partitioned = table.partitionOf === undefined ? undefined : model.schema.tableOf(schema, table.partitionOf);
      if (indexServing(key.columns, table, partitioned) !== undefined) continue;
      const parent = model.schema.tableOf(schema, key.parent);
      const parentName = parent?.name ?? key.parent;
      const [column] = key.columns;
      report({
        at: key.at,
        message: key.columns.length === 1 ? "column" : "columns",
        data: {
          key: key.columns.length === 1 ? `${table.name}.${column}` : `${table.name}(${key.columns.join(", ")})`,
          parent: parentName,
        },
        cost: `each delete of a ${parentName} row, and each lookup by ${key.columns.join(", ")}, reads all of ${table.name}`,
        related: parent === undefined ? [] : [{ at: parent.at, message: `the parent; ON DELETE ${key.onDelete.toUpperCase()}` }],
        fixes: [createIndex(declared, model)],
        ...weight(key, table, parent, model, file.file),
      });
    }
  },
});

/** One index serves all foreign keys over the same columns: the first of them says so. */
function repeats(key: ForeignKey, table: Table): boolean {
  const columns = (one: ForeignKey): string => [...one.columns].sort().join();
  return table.foreignKeys.find((other) => columns(other) === columns(key)) !== key;
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
  const filters = key.columns.map((column) => model.usage.filtersBy(table.name, column, file));
  const cascades = key.onDelete === "cascade" || key.onDelete === "set null" || key.onDelete === "set default";
  if (isFrameworkTable(table.name)) return { certainty: "possible" };
  if (deletes === true || filters.includes(true)) return { certainty: "likely", severity: "warning" };
  // Rows of a list of kinds are hardly deleted, and no filter on a few values is selective.
  if (parent?.small !== undefined) return { certainty: "possible" };
  if (cascades && deletes === undefined) return { certainty: "likely", severity: "warning" };
  return deletes === false && filters.every((known) => known === false) ? { certainty: "possible" } : {};
}

function createIndex({ schema, table, what: key }: Declared<ForeignKey>, model: Model): Fix {
  const columns = key.columns.join(", ");
  return {
    title: `Create index on ${table.name} (${columns})`,
    safe: false,
    edits({ text }) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      const name = freeName(makeName(`idx_${table.name}`, key.columns.join("_"), ""), now);
      const spelled = key.columns.map((column) => sqlName(table.columns.get(column)?.name ?? column)).join(", ");
      const statement = `CREATE INDEX ${sqlName(name)} ON ${qualified(table)} (${spelled});`;
      return addStatement(now, key.at, `add_index_${table.name}_${key.columns.join("_")}`, statement, text);
    },
  };
}

function freeName(wanted: string, schema: Schema): string {
  const taken = new Set([...schema.tables.values()].flatMap(({ indexes }) => indexes.map(({ name }) => name.toLowerCase())));
  let name = wanted;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = makeName(wanted, String(i), "");
  return name;
}
