import type { Remark } from "../../model/persistence/query.ts";
import { sqlName } from "../../model/schema/migrationEdit.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndexOn, type NewIndex } from "./edits/createIndex.ts";
import { remarksIn, unfoundScan } from "./shared/queries.ts";

export const jsonFieldWithoutIndex = defineRule({
  id: "sql/json-field-without-index",
  title: "Rows are found by a part of a JSON document that no index holds",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table and takes every document apart",
  references: [
    "https://www.postgresql.org/docs/current/datatype-json.html#JSON-INDEXING",
    "https://www.postgresql.org/docs/current/indexes-expressional.html",
  ],
  messages: {
    field: "{{method}} finds {{table}} by {{column}} {{operator}} '{{key}}' without an index on it",
    contains: "{{method}} finds {{table}} by what {{column}} contains, without a GIN index",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    for (const judged of remarksIn(model, file, "document")) {
      const { query, remark, schema } = judged;
      const table = query.understood ? unfoundScan(model, judged, remark.table)?.table : undefined;
      if (table === undefined) continue;
      const wanted = indexFor(remark, table);
      if (wanted === undefined || said.has(`${table.name} ${wanted.keys}`)) continue;
      said.add(`${table.name} ${wanted.keys}`);
      const { column, operator, key } = remark;
      report({
        at: query.at,
        message: operator === "@>" ? "contains" : "field",
        data: { method: query.method, table: table.name, column, operator, key: key ?? "" },
        related: [{ at: table.columns.get(column)?.at ?? table.at, message: `${table.name}.${column} is declared here` }],
        fixes: [createIndexOn(model, schema.id, table, wanted, table.at)],
      });
    }
  },
});

/** The index that finds the rows; undefined where there is one, or where none can be named. */
function indexFor({ operator, key, column }: Extract<Remark, { kind: "document" }>, table: Table): NewIndex | undefined {
  const declared = table.columns.get(column);
  if (declared === undefined || !/^jsonb?$/.test(declared.type)) return undefined;
  const name = sqlName(declared.name);
  if (operator === "@>") {
    if (declared.type === "json" || table.indexes.some(({ method, keys }) => method === "gin" && keys.some((one) => one.column === column)))
      return undefined;
    return { about: [column], keys: `${name} jsonb_path_ops`, method: "gin" };
  }
  // A GIN index does not serve `->>` with an equality.
  if (key === undefined || operator !== "->>" || /^\d+$/.test(key) || table.indexes.some((index) => holds(index, column, key)))
    return undefined;
  const part = key.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return { about: [column, part], keys: `(${name} ->> '${key.replaceAll("'", "''")}')` };
}

const holds = ({ keys }: Index, column: string, key: string): boolean =>
  keys.some(({ expression }) => expression?.toLowerCase().includes(column) === true && expression.includes(`'${key}'`));
