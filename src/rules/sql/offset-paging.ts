import { defineRule } from "../rule.ts";
import { remarksIn, unfoundScan } from "./shared/queries/queries.ts";

export const offsetPaging = defineRule({
  id: "sql/offset-paging",
  title: "Pages that read all earlier pages again",
  language: "java",
  certainty: "possible",
  cost: "page n reads and throws away the rows of all pages before it",
  references: ["https://use-the-index-luke.com/no-offset", "https://docs.spring.io/spring-data/jpa/reference/repositories/scrolling.html"],
  messages: { skips: "{{method}} skips rows of {{table}} by OFFSET: late pages read all earlier ones" },

  check({ file, model, report }) {
    for (const judged of remarksIn(model, file, "offset")) {
      const { query } = judged;
      // The rows of one owner are few most often.
      const table = unfoundScan(model, judged, undefined)?.table;
      if (table === undefined || query.kind !== "find") continue;
      report({
        at: query.at,
        message: "skips",
        data: { method: query.method, table: table.name },
        related: [{ at: table.at, message: `${table.name} is created here` }],
      });
    }
  },
});
