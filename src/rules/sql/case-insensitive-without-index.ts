import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { ColumnTest, Query, Scan } from "../../model/persistence/scans/query.ts";
import { sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndexOn } from "./edits/createIndex.ts";
import { foldedKey } from "./shared/indexes/foldedKeys.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { certain, feltScans, isFoundByIndex } from "./shared/queries/queries.ts";

export const caseInsensitiveWithoutIndex = defineRule({
  id: "sql/case-insensitive-without-index",
  title: "A comparison without regard to case that no index serves",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table",
  references: [
    "https://www.postgresql.org/docs/current/indexes-expressional.html",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html",
  ],
  messages: {
    none: "{{method}} compares {{folded}} without an index on it",
    plain: "{{method}} compares {{folded}}: {{index}} on {{column}} does not serve it",
    other: "{{method}} compares {{folded}}: {{index}} holds {{other}}",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    for (const { query, schema, scan, table, tables } of feltScans(model, file)) {
      const test = unserved(certain(scan, table, tables), table, query);
      const column = test === undefined ? undefined : table.columns.get(test.column);
      if (test === undefined || column === undefined) continue;
      const folded = `${test.folded}(${column.name})`;
      // One index serves all who ask for it.
      if (said.has(`${table.name} ${folded}`)) continue;
      said.add(`${table.name} ${folded}`);
      const felt = feltOn(table, model, [{ query, file }]);
      if (felt === undefined) continue;
      const near = nearest(table, test.column);
      const other = near === undefined ? undefined : foldedKey(near);
      report({
        at: query.at,
        message: near === undefined ? "none" : other === undefined ? "plain" : "other",
        data: {
          method: query.method,
          folded: `${test.folded}(${table.name}.${column.name})`,
          column: column.name,
          index: near?.name ?? "",
          other: other === undefined ? "" : `${other.by}(${column.name})`,
        },
        ...(isRare(query) ? { certainty: "possible" } : {}),
        related: [
          { at: column.at, message: `${table.name}.${column.name} is declared here` },
          ...(near === undefined ? [] : [{ at: near.at, message: `${near.name} is created here` }]),
          ...felt.related,
        ],
        ...felt.rank,
        claim: missingIndex(schema, table, { keys: [`${test.folded}(${sqlName(column.name)})`], method: "btree" }, query),
        fixes: createIndexOn(
          model,
          schema.id,
          table,
          { about: [test.folded as string, test.column], keys: `${test.folded}(${sqlName(column.name)})` },
          table.at,
        ),
      });
    }
  },
});

/** Nobody waits for a clean-up as for a page. */
const isRare = ({ kind }: Query): boolean => kind === "delete" || kind === "update";

function unserved(scan: Scan, table: Table, query: Query): ColumnTest | undefined {
  if (isFoundByIndex(scan, table, query)) return undefined;
  const folded = scan.tests.filter(({ folded: by, test }) => by !== undefined && (test === "equals" || test === "in"));
  const served = ({ column, folded: by }: ColumnTest): boolean =>
    // citext ignores case itself, and columns of other types have none.
    !/^(?:text|varchar|bpchar|char)/.test(table.columns.get(column)?.type ?? "citext") ||
    table.indexes.some((index) => {
      const key = foldedKey(index);
      return key?.column === column && key.by === by;
    });
  return folded.some(served) ? undefined : folded[0];
}

/** An index that was made for the column and does not help. */
function nearest(table: Table, column: string): Index | undefined {
  return table.indexes.find((index) => foldedKey(index)?.column === column) ?? table.indexes.find(({ keys }) => keys[0]?.column === column);
}
