import type { JavaFile } from "../../facts/fileFacts.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import { memberEdits } from "../../model/persistence/edits/memberEdit.ts";
import { hasFewValues } from "../../model/persistence/scans/indexNeed.ts";
import type { ColumnTest, Query, Scan } from "../../model/persistence/scans/query.ts";
import type { Table } from "../../model/schema/schema.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { changeStatement } from "./edits/statement.ts";
import { remarksIn, unfoundScan } from "./shared/queries/queries.ts";

export const memberPerRow = defineRule({
  id: "sql/member-per-row",
  title: "MEMBER OF, which looks through the collection of each row",
  language: "java",
  certainty: "likely",
  cost: "one look at the collection's table for each row, where EXISTS would be a join that begins with the value",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/querylanguage/html_single/Hibernate_Query_Language.html#collection-operators",
    "https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-IN",
  ],
  messages: { looked: "{{method}} looks through {{collection}} of each row of {{table}} for one value" },

  check({ file, model, report }) {
    const { hibernate } = model.configuration.buildOf(file.file);
    if (hibernate !== undefined && sendsExists(hibernate)) return;
    const said = new Set<Query>();
    for (const judged of remarksIn(model, file, "member")) {
      const { query, remark, schema } = judged;
      const { scan, table } = unfoundScan(model, judged, remark.table) ?? {};
      if (scan === undefined || table === undefined || !query.understood || said.has(query) || !asksOfAll(scan, table)) continue;
      const rows = model.schema.tableOf(schema.id, remark.rows);
      said.add(query);
      report({
        at: query.at,
        message: "looked",
        data: { method: query.method, collection: remark.collection, table: table.name },
        ...(query.kind === "delete" || query.kind === "update" || hibernate === undefined ? { certainty: "possible" as const } : {}),
        related: rows === undefined ? [] : [{ at: rows.at, message: `${rows.name} holds ${remark.collection}` }],
        fixes: askExists(file, query),
      });
    }
  },
});

/**
 * As looked at: 6.6.20 to 6.6.39, 7.0.10, 7.1.12 and 7.2.0 send the subquery; 6.6.40, 7.1.14, 7.2.1 and 7.4.13 the EXISTS.
 */
function sendsExists(hibernate: string): boolean {
  const from = FIRST_WITH_EXISTS.find((version) => lineOf(version) === lineOf(hibernate));
  return versionAtLeast(hibernate, from ?? "7.3");
}
const FIRST_WITH_EXISTS = ["6.6.40", "7.1.14", "7.2.1"];
const lineOf = (version: string): string => version.split(".").slice(0, 2).join(".");

/** Of few rows the collections are soon looked through; what picks them without an index is another rule's. */
const asksOfAll = ({ tests }: Scan, table: Table): boolean =>
  tests.every((test: ColumnTest) => !PICKS.has(test.test) || hasFewValues(test, table));
const PICKS: ReadonlySet<string> = new Set(["equals", "in", "range", "prefix", "like", "contains", "null", "join"]);

const askExists = (file: JavaFile, query: Query): readonly Fix[] =>
  changeStatement(file, query, "Ask EXISTS instead", (statement) => memberEdits(statement));
