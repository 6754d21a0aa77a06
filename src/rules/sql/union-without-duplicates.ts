import type { JavaFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { Query, Remark } from "../../model/persistence/scans/query.ts";
import { defineRule } from "../rule.ts";
import { unionAll } from "./edits/unionAll.ts";
import { haveNoTwins } from "./shared/queries/keys.ts";
import { isFelt, type JudgedQuery, remarksIn } from "./shared/queries/queries.ts";

export const unionWithoutDuplicates = defineRule({
  id: "sql/union-without-duplicates",
  title: "UNION that takes out no row, but sorts or hashes all of them",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "all rows are sorted or hashed by all of their columns before the first one comes",
  references: [
    "https://www.postgresql.org/docs/current/queries-union.html",
    "https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-IN",
  ],
  messages: {
    apart: "{{method}} joins rows of {{table}} by UNION to others, from which all of them differ",
    lookedUp: "{{method}} asks IN of a UNION over {{table}}, all of whose rows are read first",
  },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const judged of [...remarksIn(model, file, "apart"), ...remarksIn(model, file, "unionIn")]) {
      const { query, remark } = judged;
      const table = feltOf(judged, remark.table, model);
      if (said.has(query) || table === undefined || !query.understood || !isNeedless(remark, file, model)) continue;
      said.add(query);
      const related = [{ at: table.at, message: `${table.name} is created here` }];
      const common = {
        at: query.at,
        data: { method: query.method, table: table.name },
        related,
        fixes: unionAll(file, query, remark.unions),
      };
      if (remark.kind === "apart") report({ message: "apart", ...common });
      else
        report({
          message: "lookedUp",
          cost: `everything in ${table.name} is read first, where an index could look up a few rows`,
          ...common,
        });
    }
  },
});

type Union = Extract<Remark, { kind: "apart" | "unionIn" }>;

const isNeedless = (remark: Union, file: JavaFile, model: Model): boolean =>
  remark.kind === "unionIn" || remark.keys.every(({ table, columns }) => haveNoTwins(table, columns, file.file, model));

function feltOf({ query, tables }: JudgedQuery, name: string, model: Model) {
  const table = tables[query.scans.findIndex((scan) => scan.table === name)];
  return isFelt(model, table) ? table : undefined;
}
