import type { Model } from "../../model/model.ts";
import { type Redundancy, redundancies } from "../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { canDrop, dropIndex } from "./edits/dropIndex.ts";
import { unread } from "./shared/indexes/unreadIndexes.ts";

export const redundantIndex = defineRule({
  id: "sql/redundant-index",
  title: "Index whose work another index does",
  language: ["sql", "java"],
  certainty: "proven",
  cost: "one more index to write at every insert and non-HOT update, and to keep in memory",
  references: [
    "https://www.postgresql.org/docs/current/indexes-multicolumn.html",
    "https://www.postgresql.org/docs/current/indexes-ordering.html",
  ],
  messages: {
    duplicate: "{{index}} repeats {{by}} on {{on}}",
    reversed: "{{index}} on {{on}} is {{by}} read backwards",
    prefix: "{{index}} on {{on}} is a left prefix of {{by}}",
  },
  toldOncePerFile: [["duplicate"], ["reversed"], ["prefix"]],

  check({ file, model, report }) {
    const judged = new Map<Table, readonly Redundancy[]>();
    for (const { schema, table, what: index } of model.schema.indexesDeclaredIn(file.file)) {
      if (table.uncertain) continue;
      let found = judged.get(table);
      if (found === undefined) judged.set(table, (found = redundancies(table)));
      const redundancy = found.find((one) => one.index === index);
      if (redundancy === undefined) continue;
      const { by, kind } = redundancy;
      const now = model.schema.schema(schema);
      const never = now === undefined ? undefined : unread(index, table, now, model);
      // A library's own script has it so, and its rows are few (Quartz in entur/nabu: eight of them).
      if (isFrameworkTable(table.name) && kind === "prefix" && never === undefined) continue;
      // A prefix that was never read is the better index for nothing.
      const certainty = never === undefined ? certaintyOf(redundancy, table) : "proven";
      report({
        at: index.at,
        message: kind,
        data: { index: index.name, by: by.name, on: `${table.name}(${keysOf(index)})` },
        certainty: isFrameworkTable(table.name) || model.growth.sizeOf(table) !== undefined ? "possible" : certainty,
        cost: `one more index to write at every insert and non-HOT update of ${table.name}, and to keep in memory${never === undefined ? "" : `; idx_scan = 0 in ${never.days} days`}`,
        related: [{ at: by.at, message: `${by.name} (${keysOf(by)})` }],
        claim: { kind: "spareIndex", schema, table: table.key, index: index.name, by: by.name, queries: [] },
        fixes: isReferenced(index, table, schema, model) || !canDrop(index, schema, model) ? [] : [dropIndex(schema, table, index, model)],
      });
    }
  },
});

/**
 * A prefix is smaller than what covers it, so it can still be the better index for a scan that needs no more columns, and its order is
 * that of the rows behind it (skeema #237). One narrow column more makes little difference.
 */
function certaintyOf({ index, by, kind }: Redundancy, table: Table): Certainty {
  if (kind !== "prefix") return "proven";
  const more = by.keys.slice(index.keys.length).map((key) => table.columns.get(key.column ?? "")?.type ?? "expression");
  return more.length <= 1 && !more.some((type) => /^(text|bytea|jsonb?|expression)|\[\]$/.test(type)) ? "likely" : "possible";
}

/** Whether a foreign key may lean on a constraint: which one it took is not written anywhere. */
function isReferenced(index: Index, table: Table, schema: string, model: Model): boolean {
  if (!index.unique) return false;
  const columns = index.keys.map(({ column }) => column);
  const name = table.key;
  return [...(model.schema.schema(schema)?.tables.values() ?? [])].some(({ foreignKeys }) =>
    foreignKeys.some(
      (key) => key.parent === name && (key.parentColumns.length === 0 || key.parentColumns.every((column) => columns.includes(column))),
    ),
  );
}

function keysOf(index: Index): string {
  return index.keys.map(({ column, expression, descending }) => `${column ?? expression}${descending ? " DESC" : ""}`).join(", ");
}
