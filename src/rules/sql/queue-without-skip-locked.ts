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
      const [scan] = query.scans;
      // The first row of a table, whichever it is, is its only one.
      if (scan === undefined || (scan.tests.length === 0 && scan.sort.length === 0)) continue;
      // A row that is named is wanted itself; of the next ones any will do.
      const isNamed = scan.tests.some(({ test, constant, fewValues }) => test === "equals" && !constant && !fewValues);
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
