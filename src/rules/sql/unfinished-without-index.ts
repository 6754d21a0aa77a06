import { type EntryPoint, isByClock } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import type { ColumnTest, Scan } from "../../model/persistence/scans/query.ts";
import { columnSql } from "../../model/schema/edits/migrationEdit.ts";
import { isDoneFlag, isDoneTime, isOpenState } from "../../model/schema/openRows.ts";
import type { Schema, Table } from "../../model/schema/schema.ts";
import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import { defineRule, type Report } from "../rule.ts";
import { createIndexOn } from "./edits/createIndex.ts";
import { entryOf } from "./shared/queries/entries.ts";
import { feltScans } from "./shared/queries/queries.ts";
import { entityOf } from "./shared/tables/entities.ts";
import { keepsWhatHappens } from "./shared/tables/growth.ts";

export const unfinishedWithoutIndex = defineRule({
  id: "sql/unfinished-without-index",
  title: "The few rows that are still to do are looked for among all that are done",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table, and the table keeps what is done",
  references: [
    "https://www.postgresql.org/docs/current/indexes-partial.html",
    "https://use-the-index-luke.com/sql/where-clause/partial-and-filtered-indexes",
  ],
  messages: { looks: "{{method}} looks for rows of {{table}} with {{condition}}, which no index holds" },
  subsumes: ["sql/missing-index-for-query"],

  check({ file, model, report }) {
    const said = new Set<string>();
    for (const { query, schema, scan, table } of feltScans(model, file)) {
      if (!["find", "exists", "update", "count"].includes(query.kind) || query.scans.length > 1) continue;
      const open = scan.tests.find((test) => isOpen(test, table));
      // Beside other conditions the flag may be down for most rows: alf.io's reminders of one kind of payment.
      if (open === undefined || scan.tests.length > 1 || isHeld(open, table)) continue;
      if (open.value !== undefined && query.source !== "native" && !isStoredAsWritten(open, table, model)) continue;
      const column = table.columns.get(open.column);
      const condition = conditionOf(open, table);
      const key = `${table.name} ${condition}`;
      // One index serves all queries of a table.
      if (column === undefined || said.has(key) || model.javaMigrations.indexes(table.name, open.column)) continue;
      said.add(key);
      report({
        at: query.at,
        message: "looks",
        data: { method: query.method, table: table.name, condition: condition.replaceAll('"', "") },
        related: [{ at: column.at, message: `no index leads with ${column.name}, or holds only such rows` }],
        fixes: createIndexOn(model, schema.id, table, indexOf(open, scan, table), table.at),
        ...weight(entryOf(query, file, model), table, schema, model),
      });
    }
  },
});

/** Rows from which reading a table takes tenths of a second. */
const MANY_ROWS = 1_000_000;

/** Whether a test asks for what is not done yet. */
function isOpen(test: ColumnTest, { columns }: Table): boolean {
  const type = columns.get(test.column)?.type;
  if (type === undefined || test.ambiguous || test.folded !== undefined) return false;
  if (test.test === "null") return isDoneTime(test.column, type);
  if (test.test !== "equals" || test.value === undefined) return false;
  return (test.value.toLowerCase() === "false" && isDoneFlag(test.column, type)) || isOpenState(test.column, type, test.value);
}

/** Whether the column holds the name of a constant, or the text itself: a converter may keep something else. */
function isStoredAsWritten({ column }: ColumnTest, table: Table, model: Model): boolean {
  if (table.columns.get(column)?.type === "bool") return true;
  const entity = entityOf(table, model);
  const entry = entity === undefined ? undefined : model.types.declared(entity.qualified);
  const attribute = entity?.attributes.find((one) => one.columns.includes(column));
  const field = entry === undefined || attribute === undefined ? undefined : model.types.fieldOf(entry, attribute.name)?.field;
  if (field === undefined || annotationNamed(field.annotations, "Convert") !== undefined) return false;
  const kind = annotationValue(annotationNamed(field.annotations, "Enumerated"), "value");
  return field.type === "String" || (kind?.kind === "reference" && /(?:^|\.)STRING$/.test(kind.name));
}

/** Whether an index leads with the column, or holds only rows that have something to do with it. */
const isHeld = ({ column }: ColumnTest, { indexes }: Table): boolean =>
  indexes.some(({ keys, predicate }) => keys[0]?.column === column || new RegExp(`\\b${column}\\b`, "i").test(predicate ?? ""));

function conditionOf(test: ColumnTest, table: Table): string {
  const column = columnSql(table, test.column);
  if (test.test === "null") return `${column} IS NULL`;
  return table.columns.get(test.column)?.type === "bool" ? `NOT ${column}` : `${column} = '${(test.value ?? "").replaceAll("'", "''")}'`;
}

/** The rows that are still to do, in the order in which they are taken, else by what tells them apart. */
function indexOf(open: ColumnTest, scan: Scan, table: Table) {
  const sorted = scan.sort.length > 0 && scan.sort.every(({ descending }) => !descending) ? scan.sort.map(({ column }) => column) : [];
  const primary = table.indexes.find(({ constraint }) => constraint === "primary")?.keys.map(({ column }) => column ?? "") ?? [];
  const wanted = sorted.length > 0 ? sorted : primary.length > 0 ? primary : [open.column];
  const columns = wanted.every((column) => table.columns.has(column)) ? wanted : [open.column];
  return {
    about: [...columns, "open"],
    keys: columns.map((column) => columnSql(table, column)).join(", "),
    where: conditionOf(open, table),
  };
}

/** What happens every few minutes is felt; the rest only where the table is known to be large, or keeps what happens. */
function weight(entry: EntryPoint | undefined, table: Table, schema: Schema, model: Model): Pick<Report, "certainty" | "severity"> {
  const rows = model.tableSizes.rowsOf(table.name);
  if (rows !== undefined && rows < MANY_ROWS) return { certainty: "possible" };
  const grows = rows !== undefined || keepsWhatHappens(table, schema, model);
  if (entry?.often === true) return grows ? { severity: "warning" } : {};
  return grows || (entry !== undefined && isByClock(entry)) ? {} : { certainty: "possible" };
}
