import type { Query } from "../../model/persistence/scans/query.ts";
import { columnSql } from "../../model/schema/edits/migrationEdit.ts";
import type { Column, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { listColumns } from "./edits/listColumns.ts";
import { isFelt, remarksIn } from "./shared/queries/queries.ts";
import { readNames } from "./shared/queries/rowReads.ts";

export const selectStar = defineRule({
  id: "sql/select-star",
  title: "SELECT * of which the result keeps few columns",
  language: "java",
  certainty: "likely",
  cost: "each row is sent with columns that nobody reads, and no index alone can answer",
  references: [
    "https://www.postgresql.org/docs/current/indexes-index-only-scans.html",
    "https://www.postgresql.org/docs/current/storage-toast.html",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/projections.html",
  ],
  messages: { star: "{{method}} selects all {{all}} columns of {{table}}, of which {{read}} are read" },

  check({ file, model, report }) {
    for (const { query, schema, remark } of remarksIn(model, file, "allColumns")) {
      const table = model.schema.tableOf(schema.id, remark.table);
      if (!query.understood || query.kind !== "find" || !isFelt(model, table) || table.columns.size < FEW_COLUMNS) continue;
      const read = columnsRead(readNames(query, file, model), table);
      if (read === undefined || read.length * 2 > table.columns.size) continue;
      const left = [...table.columns.values()].filter((column) => !read.includes(column));
      if (!MANY_ROWS.has(query.returns) && !left.some(isWide)) continue;
      report({
        at: query.at,
        message: "star",
        data: { method: query.method, all: table.columns.size, table: table.name, read: read.length },
        cost: costOf(query, left),
        related: [{ at: table.at, message: `${table.name} is created here` }],
        fixes: listColumns(
          file,
          query,
          read.map(({ name }) => columnSql(table, name)),
        ),
      });
    }
  },
});

/** Below, a row is soon sent whole. */
const FEW_COLUMNS = 6;

const MANY_ROWS: ReadonlySet<string> = new Set<Query["returns"]>(["list", "page", "slice", "stream"]);

/** The columns of a table that go by these names, of properties or columns; undefined where one of them is none of it. */
function columnsRead(names: readonly string[] | undefined, { columns }: Table): readonly Column[] | undefined {
  const bare = new Map([...columns].map(([name, column]) => [name.replaceAll("_", ""), column]));
  const read = names?.map((name) => bare.get(name.toLowerCase().replaceAll("_", "")));
  return read === undefined || read.includes(undefined) ? undefined : [...new Set(read.flatMap((column) => column ?? []))];
}

/** Values of these types may be long, and are then kept beside the table. */
const isWide = ({ type }: Column): boolean => /^(?:text|jsonb?|bytea|xml|tsvector|varchar$)|\[\]$/.test(type);

function costOf({ returns }: Query, left: readonly Column[]): string {
  const wide = left.filter(isWide).map(({ name }) => name);
  if (wide.length === 0) return `each row is sent with ${left.length} columns that nobody reads, and no index alone can answer`;
  const named = wide.length <= 3 ? wide.join(", ") : `${wide.slice(0, 2).join(", ")} and ${wide.length - 2} more that may be long`;
  return `${MANY_ROWS.has(returns) ? "each row" : "the row"} is sent with ${left.length} columns that nobody reads, among them ${named}`;
}
