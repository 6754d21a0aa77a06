import { hasFewValues } from "../../model/persistence/scans/indexNeed.ts";
import type { Remark } from "../../model/persistence/scans/query.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { entryOf, isKept, senderOf } from "./shared/queries/entries.ts";
import { isFelt, type JudgedQuery, remarksIn } from "./shared/queries/queries.ts";

export const groupedPerRequest = defineRule({
  id: "sql/grouped-per-request",
  title: "Joined tables are grouped as a whole at each request",
  language: "java",
  certainty: "possible",
  cost: "each request reads, joins and groups all rows that its ranges let through, for the same few numbers",
  references: [
    "https://www.postgresql.org/docs/current/rules-materializedviews.html",
    "https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html",
  ],
  messages: { groups: "{{method}} joins and groups {{tables}} for each {{entry}}" },

  check({ file, model, report }) {
    for (const judged of remarksIn(model, file, "grouped")) {
      const { query } = judged;
      const felt = judged.tables.filter((table): table is Table => isFelt(model, table));
      const names = [...new Set(felt.map(({ name }) => name))];
      if (!query.understood || query.kind !== "find" || names.length < 2 || isNarrow(judged) || isPerRow(judged)) continue;
      // A day that a function cuts out of a time is few rows, whatever finds them.
      if (query.remarks.some(({ kind }) => kind === "function" || kind === "document")) continue;
      const entry = entryOf(query, file, model);
      if (entry?.kind !== "endpoint" || isKept(senderOf(query, file), model)) continue;
      report({
        at: query.at,
        message: "groups",
        data: {
          method: query.method,
          tables: names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(" and "),
          entry: entry.label,
        },
        related: felt.map(({ name, at }) => ({ at, message: `${name} is created here` })),
      });
    }
  },
});

/** Whether there is a group for each row of the table that the query starts from: nothing is summed up. */
function isPerRow({ remark, tables }: JudgedQuery & { readonly remark: Extract<Remark, { kind: "grouped" }> }): boolean {
  const [first] = tables;
  const primary = first?.indexes.find(({ constraint }) => constraint === "primary");
  const names = remark.by.filter(({ table }) => table === first?.name.toLowerCase()).map(({ column }) => column);
  return primary?.keys.every(({ column }) => column !== undefined && names.includes(column)) ?? false;
}

/** Whether a value that few rows have, or a view that keeps the numbers already, makes the query small. */
const isNarrow = ({ query, tables }: JudgedQuery): boolean =>
  query.scans.some(({ tests }, i) => {
    const table = tables[i];
    if (table?.kind === "materialized view") return true;
    return tests.some(
      (test) =>
        ["equals", "in", "prefix", "contains", "like"].includes(test.test) &&
        !test.constant &&
        (table === undefined || !hasFewValues(test, table)),
    );
  });
