import { defineRule } from "../rule.ts";
import { remarksIn } from "./shared/queries.ts";

export const queueWithoutSkipLocked = defineRule({
  id: "sql/queue-without-skip-locked",
  title: "Workers that lock the next rows wait for each other",
  language: "java",
  certainty: "likely",
  cost: "one worker at a time: all others wait until the first one commits",
  references: ["https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE"],
  messages: { waits: "{{method}} locks the next rows of {{table}}: one worker waits for the other" },

  check({ file, model, report }) {
    for (const { query, remark, tables } of remarksIn(model, file, "lock")) {
      const [table] = tables;
      // A row that is named is wanted itself; of the next ones any will do.
      const isNamed = query.scans[0]?.tests.some(({ test, constant, fewValues }) => test === "equals" && !constant && !fewValues) ?? true;
      if (table === undefined || !remark.waits || query.limit === "none" || isNamed || query.kind !== "find") continue;
      report({
        at: query.at,
        message: "waits",
        data: { method: query.method, table: table.name },
        related: [{ at: table.at, message: `${table.name} is created here` }],
      });
    }
  },
});
