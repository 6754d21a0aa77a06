import { defineRule } from "../rule.ts";
import { isFelt } from "./shared/queries.ts";
import { routinesIn } from "./shared/routines.ts";

export const rowByRowWrite = defineRule({
  id: "sql/row-by-row-write",
  title: "A loop in the database that writes row by row",
  language: "sql",
  certainty: "possible",
  cost: "a statement for each row of the loop, where one statement would write them all",
  references: [
    "https://www.postgresql.org/docs/current/plpgsql-control-structures.html#PLPGSQL-RECORDS-ITERATING",
    "https://www.postgresql.org/docs/current/sql-update.html",
  ],
  messages: {
    writes: "{{routine}} runs {{verb}} {{table}} for each row of {{over}}",
    rows: "{{routine}} runs {{verb}} {{table}} for each row of its loop",
  },

  check({ file, model, report }) {
    for (const { schema, name, facts, triggers } of routinesIn(file, model)) {
      for (const { verb, table: written, at, loop } of facts.loopWrites) {
        const table = model.schema.tableOf(schema.id, written.name);
        const over = loop.over === undefined ? undefined : model.schema.tableOf(schema.id, loop.over.name);
        // What a trigger takes apart may be a list of any length; other loops are long where their table is.
        if (!isFelt(model, table) || !(loop.over === undefined ? triggers.length > 0 : isFelt(model, over))) continue;
        report({
          at,
          message: over === undefined ? "rows" : "writes",
          data: { routine: name, verb: VERBS[verb], table: table.name, over: over?.name ?? "" },
          related: [{ at: { file: file.file, ...loop.at }, message: "for each row of this loop" }],
        });
      }
    }
  },
});

const VERBS = { insert: "INSERT INTO", update: "UPDATE", delete: "DELETE FROM" } as const;
