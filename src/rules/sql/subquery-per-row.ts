import type { Model } from "../../model/model.ts";
import { isIndexable } from "../../model/persistence/scans/indexable.ts";
import { hasFewValues } from "../../model/persistence/scans/indexNeed.ts";
import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { ColumnTest, Query, Scan } from "../../model/persistence/scans/query.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndex } from "./edits/createIndex.ts";
import { isFelt, remarksIn } from "./shared/queries/queries.ts";
import { isLedByOne } from "./shared/tables/schemaQuestions.ts";

export const subqueryPerRow = defineRule({
  id: "sql/subquery-per-row",
  title: "A subquery in the select list that no index serves",
  language: "java",
  certainty: "likely",
  cost: "the subquery reads its whole table once for each row of the result",
  references: [
    "https://www.postgresql.org/docs/current/sql-expressions.html#SQL-SYNTAX-SCALAR-SUBQUERIES",
    "https://www.postgresql.org/docs/current/indexes-intro.html",
  ],
  messages: { read: "{{method}} reads all of {{table}} for each row: no index leads with {{columns}}" },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const { query, schema, remark, tables } of remarksIn(model, file, "perRow")) {
      if (!query.understood || !bringsMany(query) || said.has(query)) continue;
      const [scan, table] = [query.scans[remark.scan], tables[remark.scan]];
      if (scan === undefined || !isFelt(model, table)) continue;
      const columns = remark.columns.filter((column) => isTold(column, scan, table));
      const keys = valuesFirst(columns, scan);
      const [column] = keys;
      if (column === undefined || isLedByOne(columns, table)) continue;
      const rows = rowsAround(remark.around, query.scans, tables);
      if (rows === "one") continue;
      said.add(query);
      report({
        at: query.at,
        message: "read",
        data: { method: query.method, table: table.name, columns: columns.join(" or ") },
        ...(rows === "few" ? { certainty: "possible" } : isShort(query) || !isListed(query, model) ? {} : { severity: "warning" }),
        related: [{ at: table.columns.get(column)?.at ?? table.at, message: `no index leads with ${column}` }],
        claim: missingIndex(schema, table, { keys, method: "btree" }, query),
        fixes: createIndex(model, schema.id, table, keys, table.at),
      });
    }
  },
});

/** All columns find the rows together; what is the same for each row around comes first, since others may ask for it alone. */
const valuesFirst = (columns: readonly string[], { tests }: Scan): readonly string[] => {
  const given = columns.filter((column) => tests.some((test) => test.column === column && test.test !== "join"));
  return [...given, ...columns.filter((column) => !given.includes(column))].slice(0, MOST_KEYS);
};
const MOST_KEYS = 3;

/** For one row the subquery runs once. */
const bringsMany = ({ returns, limit, kind }: Query): boolean =>
  kind === "find" && limit !== 1 && /^(?:list|page|slice|stream)$/.test(returns);

/** Who has a `@Formula` may be asked for one row at a time. */
const isListed = ({ statement, repository, scans: [own] }: Query, { tableQueries }: Model): boolean =>
  statement === undefined ||
  (own !== undefined &&
    tableQueries.of(own.table).some((query) => query.entity === repository && query.statement === undefined && bringsMany(query)));

/** PostgreSQL works the select list out behind LIMIT, so that the subquery runs for what is left only. */
const isShort = ({ limit }: Query): boolean => typeof limit === "number" && limit <= SHORT_LIST;
const SHORT_LIST = 10;

/** Whether an index on the column tells the rows of one row around it apart from the others. */
function isTold(name: string, { tests }: Scan, table: Table): boolean {
  const column = table.columns.get(name);
  const isFew = tests.some((test) => test.column === name && hasFewValues(test, table));
  return column !== undefined && isIndexable(column.type) && !isFew;
}

/**
 * How many rows there are around the subquery, as the conditions of its select tell: of one owner, or of given keys, a few
 * (DataBiosphere/jade-data-repo counts what refers to the projects of one billing profile).
 */
function rowsAround(around: readonly number[], scans: readonly Scan[], tables: readonly (Table | undefined)[]): "one" | "few" | "many" {
  const given = around.flatMap((at) => {
    const table = tables[at];
    const tests = scans[at]?.tests ?? [];
    return table === undefined ? [] : tests.filter((test) => givesValue(test, table)).map((test) => ({ test, table }));
  });
  const isKey = ({ column }: ColumnTest, { indexes }: Table): boolean =>
    indexes.some(({ unique, predicate, keys }) => unique && predicate === undefined && keys.length === 1 && keys[0]?.column === column);
  const [first] = around;
  if (given.some(({ test, table }) => test.test === "equals" && table === tables[first ?? -1] && around.length === 1 && isKey(test, table)))
    return "one";
  return given.length > 0 ? "few" : "many";
}

const givesValue = (test: ColumnTest, table: Table): boolean =>
  (test.test === "equals" || test.test === "in") && test.folded === undefined && !test.ambiguous && !hasFewValues(test, table);
