import type { Look } from "../../facts/sql/blocks/routine.ts";
import { isIndexable } from "../../model/persistence/scans/indexable.ts";
import type { SchemaObject, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndex } from "./edits/createIndex.ts";
import { isFelt } from "./shared/queries/queries.ts";
import { routinesIn } from "./shared/queries/routines.ts";
import { isLedByOne } from "./shared/tables/schemaQuestions.ts";

export const scanPerRow = defineRule({
  id: "sql/scan-per-row",
  title: "A function in the database that reads a whole table for each row",
  language: "sql",
  certainty: "likely",
  cost: "each row that is written, or that a loop turns over, reads the table once",
  references: [
    "https://www.postgresql.org/docs/current/sql-createtrigger.html",
    "https://www.postgresql.org/docs/current/indexes-intro.html",
  ],
  messages: {
    trigger: "{{routine}} reads all of {{table}} for each row that changes in {{of}}: no index leads with {{columns}}",
    loop: "{{routine}} reads all of {{table}} for each row of its loop: no index leads with {{columns}}",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    for (const { schema, name, facts, triggers } of routinesIn(file, model)) {
      const trigger = triggers.find(({ table }) => isFelt(model, model.schema.tableOf(schema.id, table ?? "")));
      for (const look of facts.looks) {
        const { loop, at } = look;
        const over = loop?.over === undefined ? undefined : model.schema.tableOf(schema.id, loop.over.name);
        if (trigger === undefined && !isFelt(model, over)) continue;
        const table = model.schema.tableOf(schema.id, look.table.name);
        const columns = isFelt(model, table) ? unserved(look, table) : [];
        const [column] = columns;
        if (table === undefined || column === undefined || said.has(`${name} ${table.name} ${column}`)) continue;
        said.add(`${name} ${table.name} ${column}`);
        report({
          at,
          message: trigger === undefined ? "loop" : "trigger",
          data: { routine: name, table: table.name, of: trigger?.table ?? "", columns: columns.join(" or ") },
          ...(trigger === undefined ? {} : { severity: "warning" as const }),
          related: [
            ...(trigger === undefined ? [] : [{ at: trigger.at, message: describe(trigger) }]),
            { at: table.columns.get(column)?.at ?? table.at, message: `no index leads with ${column}` },
          ],
          fixes: createIndex(model, schema.id, table, [column], table.at),
        });
      }
    }
  },
});

const describe = ({ name, table }: SchemaObject): string => `trigger ${name} calls it for each row of ${table}`;

/** The columns that rows are looked up by, where no index leads with one of them; none where something else may find the rows. */
function unserved({ equals }: Look, table: Table): readonly string[] {
  const columns = [...new Set(equals.flatMap((names) => names.filter((one) => table.columns.has(one))))];
  return isLedByOne(columns, table) ? [] : columns.filter((column) => isIndexable(table.columns.get(column)?.type ?? "json"));
}
