import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";

export const jsonNotJsonb = defineRule({
  id: "sql/json-not-jsonb",
  title: "Queries read parts of a json column, which is kept as text",
  language: ["sql", "java"],
  certainty: "possible",
  cost: "each reading parses the whole text of each document; jsonb is kept parsed",
  references: ["https://www.postgresql.org/docs/current/datatype-json.html", "https://www.postgresql.org/docs/current/functions-json.html"],
  messages: {
    one: "{{column}} is json: {{method}} parses each document anew for {{by}}",
    several: "{{column}} is json: {{method}} and {{others}} more parse each document anew for {{by}}",
  },

  check({ file, model, report }) {
    for (const { table, what: column } of model.schema.columnsDeclaredIn(file.file)) {
      if (column.type !== "json" || table.uncertain || table.kind !== "table") continue;
      if (isFrameworkTable(table.name) || model.tableSizes.isSmall(table)) continue;
      const readers = readersOf(column.name, table, model);
      const [first, ...others] = readers;
      if (first === undefined) continue;
      report({
        at: column.at,
        message: others.length === 0 ? "one" : "several",
        data: { column: `${table.name}.${column.name}`, method: first.query.method, others: others.length, by: first.by },
        related: readers.slice(0, MOST_NAMED).map(({ query, by }) => ({ at: query.at, message: `${query.method} reads it by ${by}` })),
        // What a condition reads is read of rows that are thrown away, too.
        ...(readers.some(({ finds }) => finds) ? { certainty: "likely" } : {}),
      });
    }
  },
});

const MOST_NAMED = 5;

interface Reader {
  readonly query: Query;
  /** The operator, or the function. */
  readonly by: string;
  /** A condition reads it. */
  readonly finds: boolean;
}

/** The queries that read parts of a column's documents, of more rows than one. */
function readersOf(name: string, table: Table, model: Model): readonly Reader[] {
  const own = table.key;
  const column = name.toLowerCase();
  return model.tableQueries.of(own).flatMap((query): readonly Reader[] => {
    const reads = query.remarks.filter((remark) => "column" in remark && remark.table === own && remark.column === column);
    const by = reads.flatMap((remark) => (remark.kind === "documentRead" ? [remark.by] : []))[0];
    if (by === undefined || isOfOneRow(query, table)) return [];
    return [{ query, by, finds: reads.some(({ kind }) => kind === "document") }];
  });
}

/** One document is soon parsed. */
function isOfOneRow({ scans, limit }: Query, { key: own, indexes }: Table): boolean {
  const looks = scans.filter(({ table }) => table === own);
  const keys = indexes.flatMap(({ unique, predicate, keys: [key, ...more] }) =>
    unique && predicate === undefined && more.length === 0 && key?.column !== undefined ? [key.column] : [],
  );
  return limit === 1 || looks.every(({ tests }) => tests.some(({ test, column }) => test === "equals" && keys.includes(column)));
}
