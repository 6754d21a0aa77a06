import { defineRule } from "../rule.ts";
import { isFelt, queriesIn, schemaOf } from "./shared/queries.ts";

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
    const queries = queriesIn(model, file).filter(({ remarks }) => remarks.length > 0);
    const schema = queries.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    for (const query of queries) {
      for (const remark of query.remarks) {
        const table = remark.kind === "notIn" ? model.schema.tableOf(schema.id, remark.table) : undefined;
        if (!isFelt(model, table)) continue;
        report({
          at: query.at,
          message: "searched",
          data: { method: query.method, table: table.name },
          // Nobody waits for a clean-up as for a page.
          ...(query.kind === "delete" ? { certainty: "possible" as const } : {}),
          related: [{ at: table.at, message: `${table.name} is created here` }],
        });
        break;
      }
    }
  },
});
