import type { LoopWrite } from "../../facts/sql/blocks/routine.ts";
import { defineRule } from "../rule.ts";
import { isFelt } from "./shared/queries/queries.ts";
import { routinesIn } from "./shared/queries/routines.ts";

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
    writes: "{{routine}} runs {{statements}} for each row of {{over}}",
    rows: "{{routine}} runs {{statements}} for each row of its loop",
  },

  check({ file, model, report }) {
    for (const { schema, name, facts, triggers } of routinesIn(file, model)) {
      const loops = new Map<number, LoopWrite[]>();
      for (const write of facts.loopWrites) {
        const { table: written, loop } = write;
        const over = loop.over === undefined ? undefined : model.schema.tableOf(schema.id, loop.over.name);
        // What a trigger takes apart may be a list of any length; other loops are long where their table is.
        if (!(loop.over === undefined ? triggers.length > 0 : isFelt(model, over))) continue;
        if (!isFelt(model, model.schema.tableOf(schema.id, written.name))) continue;
        const same = loops.get(loop.at.start);
        if (same === undefined) loops.set(loop.at.start, [write]);
        else same.push(write);
      }
      for (const [first, ...others] of loops.values()) {
        if (first === undefined) continue;
        const { verb, table, at, loop } = first;
        const more = others.length === 0 ? "" : others.length === 1 ? " and one more statement" : ` and ${others.length} more statements`;
        report({
          at,
          message: loop.over === undefined ? "rows" : "writes",
          data: { routine: name, statements: `${VERBS[verb]} ${table.name}${more}`, over: loop.over?.name ?? "" },
          related: [{ at: { file: file.file, ...loop.at }, message: "for each row of this loop" }],
        });
      }
    }
  },
});

const VERBS = { insert: "INSERT INTO", update: "UPDATE", delete: "DELETE FROM" } as const;
