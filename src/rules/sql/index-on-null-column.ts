import type { Model } from "../../model/model.ts";
import { redundancies } from "../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { unread } from "./shared/indexes/unreadIndexes.ts";
import { sizeText } from "./shared/sizeText.ts";

export const indexOnNullColumn = defineRule({
  id: "sql/index-on-null-column",
  title: "Index that holds mostly NULL",
  language: ["sql", "java"],
  certainty: "possible",
  cost: "an entry for every NULL, written and kept, that no known query asks for",
  references: ["https://www.postgresql.org/docs/current/indexes-partial.html"],
  messages: { nulls: "{{share}} % of the entries of {{index}} are NULL in {{column}}, which no known query asks for" },

  check({ file, model, report }) {
    if (!model.statistics.isTold) return;
    for (const { schema: id, table, what: index } of model.schema.indexesDeclaredIn(file.file)) {
      const column = index.keys[0]?.column;
      const known = column === undefined ? undefined : model.statistics.table(table.name);
      const share = known?.columns.get(column ?? "")?.nullFraction ?? 0;
      if (column === undefined || known === undefined || share < MOSTLY || share * known.rows < MANY_ENTRIES) continue;
      if (!isPlain(index) || table.uncertain || table.kind !== "table" || isFrameworkTable(table.name)) continue;
      const schema = model.schema.schema(id);
      if (schema === undefined || unread(index, table, schema, model) !== undefined || !findsValuesOnly(column, table, model)) continue;
      if (redundancies(table).some((one) => one.index === index)) continue;
      const bytes = model.statistics.index(index, table)?.use?.bytes;
      report({
        at: index.at,
        message: "nulls",
        data: { share: Math.floor(share * 100), index: index.name, column },
        cost: `${Math.round(share * known.rows).toLocaleString("en")} entries for NULL${bytes === undefined ? "" : `, in an index of ${sizeText(bytes)}`}`,
      });
    }
  },
});

const MOSTLY = 0.5;
/** PostgreSQL keeps equal keys once: fewer make no megabyte. */
const MANY_ENTRIES = 200_000;

const isPlain = ({ unique, constraint, predicate, method }: Index): boolean =>
  !unique && constraint === undefined && predicate === undefined && method === "btree";

/** Whether there are queries that could read an index that begins with the column, and all of them ask for a value in it. */
function findsValuesOnly(column: string, table: Table, model: Model): boolean {
  const name = table.key;
  const queries = model.tableQueries.of(name);
  if (queries.some(({ understood, dynamicSort, remarks }) => !understood || dynamicSort || remarks.some(({ kind }) => kind === "optional")))
    return false;
  const asking = queries
    .flatMap(({ scans }) => scans)
    .filter(
      ({ table: read, tests, sort }) =>
        read === name && (tests.some((test) => test.column === column) || sort.some((key) => key.column === column)),
    );
  return asking.length > 0 && asking.every(({ tests }) => tests.some((test) => test.column === column && LEAVES_NULL_OUT.has(test.test)));
}

/** What no NULL fulfils, so that PostgreSQL takes an index without them. */
const LEAVES_NULL_OUT: ReadonlySet<string> = new Set(["equals", "in", "join", "range", "prefix", "notNull"]);
