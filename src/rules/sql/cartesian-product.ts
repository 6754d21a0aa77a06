import type { Query } from "../../model/persistence/scans/query.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { isFelt, remarksIn } from "./shared/queries/queries.ts";

export const cartesianProduct = defineRule({
  id: "sql/cartesian-product",
  title: "Two tables that no condition connects",
  language: "java",
  certainty: "proven",
  cost: "N × M rows, N and M rows of the two tables",
  references: ["https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-JOIN"],
  messages: { product: "{{method}} pairs each row of {{one}} with each of {{other}}: no condition connects them" },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const { query, remark, tables } of remarksIn(model, file, "product")) {
      const [one, other] = remark.tables.map((name) => tables.find((table) => table?.key === name));
      if (!isFelt(model, one) || !isFelt(model, other) || isOneRow(query, one) || isOneRow(query, other) || said.has(query)) continue;
      said.add(query);
      report({
        at: query.at,
        message: "product",
        data: { method: query.method, one: one.name, other: other.name },
        related: [one, other].map(({ at, name }) => ({ at, message: `${name} is created here` })),
      });
    }
  },
});

/** One row beside many multiplies nothing. */
function isOneRow({ scans }: Query, { key, indexes }: Table): boolean {
  const scan = scans.find(({ table }) => table === key);
  const given = new Set(scan?.tests.flatMap(({ column, test }) => (test === "equals" ? [column] : [])));
  return indexes.some(
    ({ unique, predicate, keys }) => unique && predicate === undefined && keys.every(({ column }) => given.has(column ?? "")),
  );
}
