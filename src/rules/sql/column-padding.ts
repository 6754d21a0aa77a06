import type { Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";

export const columnPadding = defineRule({
  id: "sql/column-padding",
  title: "Bytes between the columns of a large table",
  language: "sql",
  certainty: "proven",
  severity: "hint",
  cost: "the table is that much larger on disk and in memory",
  references: [
    "https://www.postgresql.org/docs/current/storage-page-layout.html#STORAGE-TUPLE-LAYOUT",
    "https://www.postgresql.org/docs/current/catalog-pg-type.html",
  ],
  messages: { padded: "{{table}} leaves {{bytes}} bytes a row empty between columns: {{megabytes}} MB at {{rows}} rows" },

  check({ file, model, report }) {
    for (const { table } of model.schema.tablesDeclaredIn(file.file)) {
      const rows = model.tableSizes.rowsOf(table.name);
      if (rows === undefined || rows < MANY_ROWS || table.uncertain || table.kind !== "table") continue;
      const bytes = paddingOf(table);
      if (bytes < FELT_BYTES) continue;
      const megabytes = Math.round((bytes * rows) / 1e6);
      report({
        at: table.at,
        message: "padded",
        data: { table: table.name, bytes, megabytes: megabytes.toLocaleString("en-US"), rows: rows.toLocaleString("en-US") },
      });
    }
  },
});

const MANY_ROWS = 10_000_000;
/** Rows begin at multiples of eight bytes. */
const FELT_BYTES = 8;

/** Bytes and alignment of the types whose values all have one length (`typlen` and `typalign` of pg_type). */
const FIXED: Readonly<Record<string, readonly [number, number]>> = {
  bool: [1, 1],
  int2: [2, 2],
  int4: [4, 4],
  int8: [8, 8],
  float4: [4, 4],
  float8: [8, 8],
  date: [4, 4],
  time: [8, 8],
  timestamp: [8, 8],
  timestamptz: [8, 8],
  interval: [16, 8],
  uuid: [16, 1],
};

/**
 * What a row without NULLs loses before its first column of varying length, behind which nobody knows where columns begin, against the
 * same columns with the widest first.
 */
function paddingOf({ columns }: Table): number {
  const fixed: (readonly [number, number])[] = [];
  for (const { type } of columns.values()) {
    const known = FIXED[type.replace(/\(\d+\)$/, "")];
    if (known === undefined) break;
    fixed.push(known);
  }
  const sorted = [...fixed].sort(([, a], [, b]) => b - a);
  return lengthOf(fixed) - lengthOf(sorted);
}

function lengthOf(columns: readonly (readonly [number, number])[]): number {
  return columns.reduce((end, [bytes, alignment]) => Math.ceil(end / alignment) * alignment + bytes, 0);
}
