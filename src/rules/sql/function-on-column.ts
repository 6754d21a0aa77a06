import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { isFelt, isFoundByIndex, queriesIn, schemaOf, tablesOf } from "./shared/queries.ts";

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
    const queries = queriesIn(model, file).filter(({ remarks }) => remarks.some(({ kind }) => kind === "function"));
    const schema = queries.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    for (const query of queries) {
      const tables = tablesOf(model, schema, query);
      for (const remark of query.understood ? query.remarks : []) {
        if (remark.kind !== "function" || FOLDING.has(remark.name)) continue;
        const at = query.scans.findIndex(({ table }) => table === remark.table);
        const [scan, table] = [query.scans[at], tables[at]];
        if (scan === undefined || !isFelt(model, table) || isFoundByIndex(scan, table)) continue;
        const index = table.indexes.find(({ keys, predicate }) => keys[0]?.column === remark.column && predicate === undefined);
        if (index === undefined || table.indexes.some((other) => computes(other, remark.column))) continue;
        report({
          at: query.at,
          message: "hidden",
          data: { method: query.method, function: remark.name, column: spelled(table, remark.column), index: index.name },
          related: [{ at: index.at, message: `${index.name} is created here` }],
        });
        break;
      }
    }
  },
});

/** sql/case-insensitive-without-index has more to say of these. */
const FOLDING: ReadonlySet<string> = new Set(["lower", "upper"]);

const spelled = ({ columns }: Table, column: string): string => columns.get(column)?.name ?? column;

/** An index on an expression over the column, which may be this one. */
const computes = ({ keys }: Index, column: string): boolean =>
  keys.some(({ expression }) => expression !== undefined && new RegExp(`\\b${column}\\b`, "i").test(expression));
