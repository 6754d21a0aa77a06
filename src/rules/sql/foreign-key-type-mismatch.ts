import type { Model } from "../../model/model.ts";
import { keyMismatch } from "../../model/schema/columnTypes.ts";
import { addStatement, qualified, sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Column, ForeignKey, Table } from "../../model/schema/schema.ts";
import type { Fix } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { typeName } from "./shared/typeNames.ts";

export const foreignKeyTypeMismatch = defineRule({
  id: "sql/foreign-key-type-mismatch",
  title: "Foreign key column of another type than the key that it references",
  language: "sql",
  certainty: "proven",
  cost: "joins and deletes from the parent's side use no index, or keys stop to fit",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    "https://www.postgresql.org/docs/current/btree.html",
    "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT",
  ],
  messages: {
    narrower: "{{column}} is {{type}}, and cannot hold every {{parentType}} key of {{parent}}",
    cast: "{{column}} is {{type}}: lookups from {{parent}} cast it to {{parentType}}, and use no index",
    refused: "{{column}} is {{type}}, {{parent}} is {{parentType}}: PostgreSQL refuses this foreign key",
  },
  toldOncePerFile: [["narrower"], ["cast"]],

  check({ file, model, report }) {
    for (const { schema, table, what: key } of model.schema.foreignKeysDeclaredIn(file.file)) {
      const parent = model.schema.tableOf(schema, key.parent);
      if (parent === undefined || table.uncertain || parent.uncertain) continue;
      for (const { column, referenced } of pairs(key, table, parent)) {
        const kind = keyMismatch(column.type, referenced.type);
        if (kind === undefined) continue;
        // Whether a statement of another dialect runs is not for PostgreSQL to say.
        if (kind === "refused" && model.schema.schema(schema)?.dialect !== "postgresql") continue;
        const loudness = weight(kind, table, parent, model);
        if (loudness === undefined) continue;
        report({
          at: key.at,
          message: kind,
          data: {
            column: `${table.name}.${column.name}`,
            type: typeName(column.type),
            parent: `${parent.name}.${referenced.name}`,
            parentType: typeName(referenced.type),
          },
          cost: costOf(kind, table, parent),
          related: [
            { at: column.at, message: `${column.name} is ${typeName(column.type)} since here` },
            { at: referenced.at, message: `${referenced.name} is ${typeName(referenced.type)} since here` },
          ],
          fixes:
            kind === "refused" || model.schema.schema(schema)?.takesStatements === false
              ? []
              : [changeType(schema, table, column, referenced.type, key, model)],
          ...loudness,
        });
      }
    }
  },
});

interface Pair {
  readonly column: Column;
  readonly referenced: Column;
}

function pairs({ columns, parentColumns }: ForeignKey, table: Table, parent: Table): readonly Pair[] {
  const primary = parent.indexes.find(({ constraint }) => constraint === "primary");
  const keys = parentColumns.length > 0 ? parentColumns : (primary?.keys.map((key) => key.column ?? "") ?? []);
  return columns.flatMap((name, i) => {
    const [column, referenced] = [table.columns.get(name), parent.columns.get(keys[i] ?? "")];
    return column === undefined || referenced === undefined ? [] : [{ column, referenced }];
  });
}

/** Undefined where nothing is felt: few rows are soon read, and few keys always fit. */
function weight(
  kind: "narrower" | "cast" | "refused",
  table: Table,
  parent: Table,
  model: Model,
): Pick<Report, "certainty" | "severity"> | undefined {
  if (kind === "refused") return { severity: "error" };
  if (kind === "cast") return model.tableSizes.isSmall(table) ? undefined : {};
  if (model.tableSizes.isSmall(parent)) return undefined;
  // Half of what fits is used up.
  if ((model.tableSizes.rowsOf(parent.name) ?? 0) > MANY_ROWS) return { severity: "error" };
  return { certainty: "likely" };
}

const MANY_ROWS = 1_000_000_000;

function costOf(kind: "narrower" | "cast" | "refused", table: Table, parent: Table): string {
  if (kind === "narrower") return `inserts into ${table.name} fail from the first key of ${parent.name} on that does not fit`;
  if (kind === "cast") return `each delete of a row of ${parent.name}, and most joins from it, read all of ${table.name}`;
  return "the migration fails";
}

function changeType(schema: string, table: Table, column: Column, type: string, key: ForeignKey, model: Model): Fix {
  const to = typeName(type);
  return {
    title: `Change ${column.name} to ${to} (writes ${table.name} anew under a lock)`,
    safe: false,
    edits(sources) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      const statement = `ALTER TABLE ${qualified(table)} ALTER COLUMN ${sqlName(column.name)} TYPE ${to};`;
      return addStatement(now, key.at, `change_type_of_${table.name}_${column.name}`.toLowerCase(), statement, sources);
    },
  };
}
