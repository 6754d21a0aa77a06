import type { Model } from "../../model/model.ts";
import { redundancies } from "../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { distinctValues, type TableStatistics } from "../../model/schema/statistics.ts";
import { defineRule } from "../rule.ts";
import { sizeText } from "./shared/sizeText.ts";

export const wideIndex = defineRule({
  id: "sql/wide-index",
  title: "Index with columns behind one that tells rows apart already",
  language: ["sql", "java"],
  certainty: "possible",
  cost: "the further columns are written and kept in each entry, and find nothing more",
  references: ["https://www.postgresql.org/docs/current/indexes-multicolumn.html"],
  messages: { wide: "{{index}} has {{more}} more columns behind {{column}}, of which nearly each row has its own value" },

  check({ file, model, report }) {
    if (!model.statistics.isTold) return;
    for (const { table, what: index } of model.schema.indexesDeclaredIn(file.file)) {
      if (index.keys.length <= FEW_KEYS || !isPlain(index) || table.uncertain || isFrameworkTable(table.name)) continue;
      const known = model.statistics.table(table.name);
      if (known === undefined || known.rows < MANY_ROWS) continue;
      const place = index.keys.findIndex(({ column }) => column !== undefined && isNearlyUnique(column, known));
      if (place < 0 || place + 1 >= index.keys.length || !findsByFirst(index, place, table, model)) continue;
      if (redundancies(table).some((one) => one.index === index)) continue;
      const bytes = model.statistics.index(index, table)?.use?.bytes;
      report({
        at: index.at,
        message: "wide",
        data: { index: index.name, more: index.keys.length - place - 1, column: index.keys[place]?.column ?? "" },
        ...(bytes === undefined ? {} : { cost: `${index.keys.length} columns in each entry of an index of ${sizeText(bytes)}` }),
      });
    }
  },
});

const FEW_KEYS = 3;
const MANY_ROWS = 100_000;
/** Rows that share a value, on average: they lie in one page of the index. */
const ROWS_A_VALUE = 2;

const isPlain = ({ unique, constraint, method, keys }: Index): boolean =>
  !unique && constraint === undefined && method === "btree" && keys.every(({ column }) => column !== undefined);

function isNearlyUnique(column: string, { rows, columns }: TableStatistics): boolean {
  const known = columns.get(column);
  return known !== undefined && known.nullFraction === 0 && rows / distinctValues(known, rows) <= ROWS_A_VALUE;
}

/**
 * Whether all queries are known, and each that asks for one of the further columns, or wants rows in their order, has found the few rows by
 * a value of the column before: the rest is looked up in those.
 */
function findsByFirst({ keys }: Index, place: number, table: Table, model: Model): boolean {
  const name = table.key;
  const decisive = keys[place]?.column;
  const further = new Set(keys.slice(place + 1).map(({ column }) => column));
  const queries = model.tableQueries.of(name);
  if (queries.length === 0 || queries.some(({ understood, dynamicSort }) => !understood || dynamicSort)) return false;
  return queries
    .flatMap(({ scans }) => scans)
    .filter(({ table: read, tests, sort }) => read === name && [...tests, ...sort].some(({ column }) => further.has(column)))
    .every(({ tests }) => tests.some(({ column, test }) => column === decisive && /^(?:equals|in|join)$/.test(test)));
}
