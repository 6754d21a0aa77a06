import { defineRule } from "../rule.ts";
import { isFelt, isFoundByIndex, queriesIn, schemaOf, tablesOf } from "./shared/queries.ts";

export const offsetPaging = defineRule({
  id: "sql/offset-paging",
  title: "Pages that read all earlier pages again",
  language: "java",
  certainty: "possible",
  cost: "page n reads and throws away the rows of all pages before it",
  references: ["https://use-the-index-luke.com/no-offset", "https://docs.spring.io/spring-data/jpa/reference/repositories/scrolling.html"],
  messages: { skips: "{{method}} skips rows of {{table}} by OFFSET: late pages read all earlier ones" },

  check({ file, model, report }) {
    const queries = queriesIn(model, file).filter(({ remarks }) => remarks.some(({ kind }) => kind === "offset"));
    const schema = queries.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    for (const query of queries) {
      const [table] = tablesOf(model, schema, query);
      const [scan] = query.scans;
      // The rows of one owner are few most often.
      if (scan === undefined || query.kind !== "find" || !isFelt(model, table) || isFoundByIndex(scan, table)) continue;
      report({
        at: query.at,
        message: "skips",
        data: { method: query.method, table: table.name },
        related: [{ at: table.at, message: `${table.name} is created here` }],
      });
    }
  },
});
