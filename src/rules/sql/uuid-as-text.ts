import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Column, Table } from "../../model/schema/schema.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isFelt } from "./shared/queries/queries.ts";
import { typeName } from "./shared/typeNames.ts";

export const uuidAsText = defineRule({
  id: "sql/uuid-as-text",
  title: "UUIDs kept as text in a key",
  language: "sql",
  certainty: "possible",
  cost: "37 bytes in the row and in each index that holds it, where a uuid takes 16",
  references: [
    "https://www.postgresql.org/docs/current/datatype-uuid.html",
    "https://www.postgresql.org/docs/current/datatype-character.html",
  ],
  messages: { text: "{{column}} keeps UUIDs as {{type}}: 37 bytes each, where uuid takes 16" },
  toldOncePerFile: [["text"]],

  check({ file, model, report }) {
    for (const { schema, table, what: column } of model.schema.columnsDeclaredIn(file.file)) {
      if (!keepsUuids(column) || !isKey(column, table) || isLibrarys(table) || !isFelt(model, table)) continue;
      report({
        at: column.at,
        message: "text",
        data: { column: `${table.name}.${column.name}`, type: typeName(column.type) },
        related: references(table, column, model.schema.schema(schema)?.tables.values() ?? []),
      });
    }
  },
});

/** Alone in a primary or a unique key. */
const isKey = ({ name }: Column, { indexes }: Table): boolean =>
  indexes.some(({ unique, keys }) => unique && keys.length === 1 && keys[0]?.column === name.toLowerCase());

/** Many a `varchar(36)` holds other names as well. */
const keepsUuids = ({ type, name, default: given }: Column): boolean =>
  type === "bpchar(36)" || (type === "varchar(36)" && /uuid|guid/i.test(`${name} ${given?.text ?? ""}`));

/** Tables of Spring Session and of Spring Integration's locks have other names in many projects. */
const isLibrarys = ({ name, columns }: Table): boolean => isFrameworkTable(name) || /spring_session/i.test(name) || columns.has("lock_key");

/** The columns that hold the same text, and their indexes. */
function references(table: Table, { name }: Column, tables: Iterable<Table>): readonly RelatedPlace[] {
  const parent = table.key;
  return [...tables].flatMap((other) =>
    other.foreignKeys.flatMap((key) =>
      key.parent === parent && key.columns.length === 1 && (key.parentColumns[0] ?? name.toLowerCase()) === name.toLowerCase()
        ? [{ at: key.at, message: `${other.name}.${key.columns[0]} keeps it, too` }]
        : [],
    ),
  );
}
