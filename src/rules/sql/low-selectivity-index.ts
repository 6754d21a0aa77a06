import type { Model } from "../../model/model.ts";
import { redundancies } from "../../model/schema/coverage.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { isFelt } from "./shared/queries/queries.ts";

export const lowSelectivityIndex = defineRule({
  id: "sql/low-selectivity-index",
  title: "Index on one column that has few values",
  language: ["sql", "java"],
  certainty: "possible",
  cost: "an entry for every row, also for values that so many rows have that the table is read anyway",
  references: [
    "https://www.postgresql.org/docs/current/indexes-partial.html",
    "https://use-the-index-luke.com/sql/where-clause/partial-and-filtered-indexes",
  ],
  messages: {
    few: "{{index}} tells rows of {{table}} apart by the {{count}} values of {{column}}",
  },
  toldOncePerFile: [["few"]],

  check({ file, model, report }) {
    for (const { schema, table, what: index } of model.schema.indexesDeclaredIn(file.file)) {
      const [key, ...others] = index.keys;
      if (key?.column === undefined || others.length > 0 || index.include.length > 0 || !isPlain(index)) continue;
      if (!isFelt(model, table)) continue;
      const count = valuesOf(key.column, table, schema, model);
      if (count === undefined || redundancies(table).some((one) => one.index === index)) continue;
      const column = table.columns.get(key.column);
      report({
        at: index.at,
        message: "few",
        data: { index: index.name, table: table.name, column: column?.name ?? key.column, count },
        related: column === undefined ? [] : [{ at: column.at, message: `${table.name}.${column.name} is declared here` }],
        claim: { kind: "spareIndex", schema, table: table.key, index: index.name, by: undefined, queries: [] },
      });
    }
  },
});

/** Below, one value has a good part of all rows, whatever the others have. */
const FEW_VALUES = 5;

/** A partial index was made for the rows of one value; a unique one is a constraint. */
const isPlain = ({ unique, constraint, predicate, method }: Index): boolean =>
  !unique && constraint === undefined && predicate === undefined && (method === "btree" || method === "hash");

/** How many values a column can have, where its type or a check says that they are few. */
function valuesOf(name: string, table: Table, schema: string, model: Model): number | undefined {
  const type = table.columns.get(name)?.type;
  if (type === undefined) return undefined;
  const allowed = table.checks.filter(({ column }) => column === name).map(({ values }) => values);
  const labels = model.schema.schema(schema)?.objects.get(`enum:${type}`)?.values?.length ?? Number.POSITIVE_INFINITY;
  const count = Math.min(type === "bool" ? 2 : Number.POSITIVE_INFINITY, labels, ...allowed);
  return count <= FEW_VALUES ? count : undefined;
}
