import type { Query } from "../../model/persistence/query.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { remarksIn, unfoundScan } from "./shared/queries.ts";

export const functionOnColumn = defineRule({
  id: "sql/function-on-column",
  title: "A column is compared through a function, past its index",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table, and runs the function on each row",
  references: [
    "https://www.postgresql.org/docs/current/indexes-expressional.html",
    "https://use-the-index-luke.com/sql/where-clause/obfuscation",
  ],
  messages: { hidden: "{{method}} compares {{function}}({{column}}): {{index}} on {{column}} is not used" },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const judged of remarksIn(model, file, "function")) {
      const { query, remark } = judged;
      if (!query.understood || FOLDING.has(remark.name) || said.has(query)) continue;
      const table = unfoundScan(model, judged, remark.table)?.table;
      if (table === undefined) continue;
      const index = table.indexes.find(({ keys, predicate }) => keys[0]?.column === remark.column && predicate === undefined);
      if (index === undefined || table.indexes.some((other) => computes(other, remark.column))) continue;
      said.add(query);
      report({
        at: query.at,
        message: "hidden",
        data: { method: query.method, function: remark.name, column: spelled(table, remark.column), index: index.name },
        related: [{ at: index.at, message: `${index.name} is created here` }],
        claim: { kind: "missingIndex", schema: judged.schema.id, table: table.name.toLowerCase(), index: undefined, queries: [query] },
      });
    }
  },
});

/** sql/case-insensitive-without-index has more to say of these. */
const FOLDING: ReadonlySet<string> = new Set(["lower", "upper"]);

const spelled = ({ columns }: Table, column: string): string => columns.get(column)?.name ?? column;

/** An index on an expression over the column, which may be this one. */
const computes = ({ keys }: Index, column: string): boolean =>
  keys.some(({ expression }) => expression !== undefined && new RegExp(`\\b${column}\\b`, "i").test(expression));
