import { indexServing, redundancies } from "../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule, type Report } from "../rule.ts";
import { canDrop, dropIndex } from "./edits/dropIndex.ts";
import { type Readers, readersOf, type Unread, unread } from "./shared/indexes/unreadIndexes.ts";
import { sizeText } from "./shared/sizeText.ts";

export const unusedIndex = defineRule({
  id: "sql/unused-index",
  title: "Index that is written and that nobody reads",
  language: ["sql", "java"],
  certainty: "likely",
  cost: "an entry to write at every insert and non-HOT update, disk, memory and vacuum, for nothing",
  references: [
    "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW",
    "https://www.postgresql.org/docs/current/storage-hot.html",
  ],
  messages: {
    unused: "{{index}}: idx_scan = 0 in {{days}} days since {{since}}, and no known query asks for it",
    predicate: "{{index}}: idx_scan = 0 in {{days}} days since {{since}}, and no known query implies its WHERE",
    untouched: "{{index}}: idx_scan = 0 in {{days}} days since {{since}}, though {{method}} may ask for it",
    unclear: "{{index}}: idx_scan = 0 in {{days}} days since {{since}}; what {{method}} asks for is not known",
    unknown: "{{index}}: idx_scan = 0 in {{days}} days since {{since}}",
  },
  subsumes: ["sql/low-selectivity-index"],

  check({ file, model, report }) {
    if (!model.statistics.isTold) return;
    for (const { schema: id, table, what: index } of model.schema.indexesDeclaredIn(file.file)) {
      if (index.unique || index.constraint !== undefined || !isPlain(table) || model.tableSizes.isSmall(table)) continue;
      const schema = model.schema.schema(id);
      const found = schema === undefined ? undefined : unread(index, table, schema, model);
      // What another index does anyway is sql/redundant-index.
      if (found === undefined || servesForeignKey(index, table) || redundancies(table).some((one) => one.index === index)) continue;
      const readers = readersOf(index, table, model);
      report({
        at: index.at,
        ...said(index, readers),
        data: { index: index.name, days: found.days, since: found.since, method: readers.queries[0]?.method ?? "" },
        cost: costOf(found, index, table),
        related: readers.queries.slice(0, MOST_NAMED).map(({ at, method, understood }) => ({
          at,
          message: understood ? `${method} may ask for it` : `what ${method} asks for is not known`,
        })),
        fixes: canDrop(index, id, model) ? [dropIndex(id, table, index, model)] : [],
        ...(readers.queries.length === 0 ? {} : { claim: claimOf(id, table, index, readers) }),
      });
    }
  },
});

const MOST_NAMED = 3;

/** Counters are kept for each partition, and a library knows why it has its indexes. */
const isPlain = (table: Table): boolean =>
  table.kind === "table" &&
  !table.uncertain &&
  table.partitionOf === undefined &&
  table.partitionBy === undefined &&
  !isFrameworkTable(table.name);

/** Whether a deleted parent would be looked for in the whole table without the index: that happens seldom, and is slow then. */
function servesForeignKey(index: Index, table: Table): boolean {
  const others = table.indexes.filter((other) => other !== index);
  return table.foreignKeys.some(
    ({ columns }) =>
      indexServing(columns, { ...table, indexes: [index] }) !== undefined &&
      indexServing(columns, { ...table, indexes: others }) === undefined,
  );
}

type Message = "unused" | "predicate" | "untouched" | "unclear" | "unknown";

/** A query that could read the index and did not may run once a year; ANALYZE keeps statistics of an expression that the planner reads. */
function said(index: Index, { known, queries, elsewhere }: Readers): Pick<Report<Message>, "message" | "certainty" | "severity"> {
  if (queries[0] !== undefined) return { message: queries[0].understood ? "untouched" : "unclear", certainty: "possible" };
  const message = elsewhere ? "predicate" : known === 0 ? "unknown" : "unused";
  if (index.keys.some(({ expression }) => expression !== undefined)) return { message, certainty: "possible" };
  return known === 0 ? { message } : { message, severity: "warning" };
}

const claimOf = (schema: string, table: Table, index: Index, { queries }: Readers): NonNullable<Report["claim"]> => ({
  kind: "spareIndex",
  schema,
  table: table.key,
  index: index.name,
  by: undefined,
  queries,
});

function costOf({ days, written, bytes, replicas }: Unread, { predicate }: Index, { name }: Table): string {
  // Of a partial index nobody counts which of them it holds.
  const most = predicate === undefined ? "" : "up to ";
  const elsewhere = replicas === 0 ? "" : "; replicas count for themselves what they read";
  return `${sizeText(bytes)}, and ${most}${written.toLocaleString("en")} entries written for ${name} in ${days} days${elsewhere}`;
}
