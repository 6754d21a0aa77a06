import { defineRule } from "../rule.ts";
import { keepsWhatHappens } from "./shared/tables/growth.ts";

export const unpartitionedTable = defineRule({
  id: "sql/unpartitioned-table",
  title: "A table of everything that happened, in one piece",
  language: "sql",
  certainty: "likely",
  cost: "old rows go one by one, and what vacuum, an index or a scan of recent rows costs grows with all that was ever written",
  references: [
    "https://www.postgresql.org/docs/current/ddl-partitioning.html",
    "https://www.postgresql.org/docs/current/routine-vacuuming.html",
  ],
  messages: { grows: "{{table}} keeps {{rows}} rows of what happened in one piece" },

  check({ file, model, report }) {
    for (const { schema, table } of model.schema.tablesDeclaredIn(file.file)) {
      const rows = model.tableSizes.rowsOf(table.name) ?? 0;
      const now = rows < MANY_ROWS ? undefined : model.schema.schema(schema);
      if (now === undefined || !keepsWhatHappens(table, now, model)) continue;
      report({ at: table.at, message: "grows", data: { table: table.name, rows: rows.toLocaleString("en-US") } });
    }
  },
});

/** PostgreSQL advises partitions where a table is larger than memory: at a hundred bytes a row, ten gigabytes. */
const MANY_ROWS = 100_000_000;
