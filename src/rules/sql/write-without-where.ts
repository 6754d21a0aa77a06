import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import type { WrittenQuery } from "../../model/persistence/written/writtenQueries.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule, type Report } from "../rule.ts";
import { entryOf } from "./shared/queries/entries.ts";
import { queriesIn, schemaOf } from "./shared/queries/queries.ts";

export const writeWithoutWhere = defineRule({
  id: "sql/write-without-where",
  title: "UPDATE or DELETE of all rows of a large table",
  language: "java",
  certainty: "likely",
  cost: "each call writes as many row versions as the table has rows, and holds their locks until the commit",
  references: [
    "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
    "https://www.postgresql.org/docs/current/sql-truncate.html",
  ],
  messages: {
    updates: "{{method}} sets {{columns}} in all {{rows}} rows of {{table}}",
    deletes: "{{method}} deletes all {{rows}} rows of {{table}} one by one",
  },

  check({ file, model, report }) {
    for (const query of queriesIn(model, file)) {
      const remark = query.understood ? query.remarks.find((one) => one.kind === "allRows") : undefined;
      if (remark?.kind !== "allRows") continue;
      const rows = model.tableSizes.rowsOf(remark.table);
      const schema = rows === undefined || rows < FELT_ROWS ? undefined : schemaOf(model, file.file);
      const table = schema === undefined ? undefined : model.schema.tableOf(schema.id, remark.table);
      if (rows === undefined || table === undefined || table.kind !== "table" || truncatesToo(query, table, model)) continue;
      const entry = entryOf(query, file, model);
      // What makes samples, and what cleans up behind tests, is run by hand (waltz).
      if (entry === undefined) continue;
      const counted = rows.toLocaleString("en-US");
      report({
        at: query.at,
        message: query.kind === "update" ? "updates" : "deletes",
        data: { method: query.method, table: table.name, columns: listed(remark.set), rows: counted },
        related: [{ at: table.at, message: `${table.name} is created here` }],
        cost: costOf(query, table, remark.set, counted),
        ...weight(entry, rows),
      });
    }
  },
});

/** Rows whose new versions take tenths of a second to write. */
const FELT_ROWS = 100_000;
/** Rows that take many seconds. */
const MANY_ROWS = 1_000_000;

/** Whether the same code has TRUNCATE for databases that know it (yaci-store). */
function truncatesToo(query: Query | WrittenQuery, { name }: Table, model: Model): boolean {
  const method = "sender" in query ? model.calls.method(query.sender) : undefined;
  const nodes = method === undefined ? [] : model.calls.codeOf(method).nodes;
  return nodes.some(
    ({ kind, text }) => kind === "literal" && /^\s*truncate\b/i.test(text) && text.toLowerCase().includes(name.toLowerCase()),
  );
}

const listed = (columns: readonly string[]): string =>
  columns.length === 0
    ? "columns"
    : columns.length <= 3
      ? columns.join(", ")
      : `${columns.slice(0, 2).join(", ")} and ${columns.length - 2} more`;

function costOf({ kind }: Query, table: Table, set: readonly string[], rows: string): string {
  if (kind === "delete") return `${rows} dead rows and their WAL, locked until the commit; TRUNCATE writes none`;
  const changed = new Set(set.map((column) => column.toLowerCase()));
  const touched = table.indexes.some(({ keys, include }) =>
    [...keys.map(({ column }) => column ?? ""), ...include].some((column) => changed.has(column)),
  );
  const entries = touched ? `, and an entry in each of ${table.indexes.length} indexes for each row` : "";
  return `${rows} dead rows, ${rows} new ones and their WAL${entries}, locked until the commit`;
}

/** Sure where requests, messages or frequent schedules do it; work of a night has time. */
function weight({ often }: EntryPoint, rows: number): Pick<Report, "severity" | "certainty"> {
  if (rows < MANY_ROWS) return often ? {} : { certainty: "possible" };
  return often ? { certainty: "proven", severity: "warning" } : {};
}
