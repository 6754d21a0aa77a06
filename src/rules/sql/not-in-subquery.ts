import type { Model } from "../../model/model.ts";
import type { NamedColumn, Query } from "../../model/persistence/scans/query.ts";
import type { Schema } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { notExists } from "./edits/notExists.ts";
import { isFelt, remarksIn } from "./shared/queries/queries.ts";

export const notInSubquery = defineRule({
  id: "sql/not-in-subquery",
  title: "NOT IN over a subquery, which no anti join can answer",
  language: "java",
  certainty: "likely",
  cost: "when the subquery's result outgrows work_mem it is searched once for each row",
  references: [
    "https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_NOT_IN",
    "https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-NOTIN",
  ],
  messages: { searched: "{{method}} asks NOT IN of a subquery over {{table}}, which no anti join answers" },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const { query, remark, schema } of remarksIn(model, file, "notIn")) {
      const table = model.schema.tableOf(schema.id, remark.table);
      if (said.has(query) || !isFelt(model, table)) continue;
      said.add(query);
      report({
        at: query.at,
        message: "searched",
        data: { method: query.method, table: table.name },
        // Nobody waits for a clean-up as for a page.
        ...(query.kind === "delete" ? { certainty: "possible" as const } : {}),
        related: [{ at: table.at, message: `${table.name} is created here` }],
        fixes: isAlwaysKnown(query, schema, model) ? notExists(file, query) : [],
      });
    }
  },
});

/** Whether no comparison of the query's NOT IN can have NULL on a side, so that NOT EXISTS finds the same rows. */
function isAlwaysKnown({ remarks }: Query, schema: Schema, model: Model): boolean {
  const isKnown = ({ table, column }: NamedColumn): boolean => {
    const known = model.schema.tableOf(schema.id, table);
    return known !== undefined && !known.uncertain && known.columns.get(column)?.nullable === false;
  };
  return remarks.every(
    (remark) =>
      remark.kind !== "notIn" ||
      (remark.compared !== undefined && isKnown(remark.compared.outer) && (remark.compared.notNull || isKnown(remark.compared.inner))),
  );
}
