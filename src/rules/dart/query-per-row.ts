import { type PerElement, perElementIn } from "../../model/client/database/perElement.ts";
import { defineRule } from "../rule.ts";

export const queryPerRow = defineRule({
  id: "dart/query-per-row",
  title: "A query to SQLite for every element of a loop",
  language: "dart",
  certainty: "proven",
  severity: "information",
  cost: "1 + N queries, each a message to another thread and back, N elements",
  references: ["https://www.sqlite.org/np1queryprob.html", "https://pub.dev/packages/sqflite"],
  messages: {
    direct: "{{call}} runs once per element of {{over}}",
    through: "{{call}} runs {{query}} once per element of {{over}}",
  },

  check({ file, model, report }) {
    const seen = new Set<PerElement["loop"]["node"]>();
    for (const { loop, through, label, call, start, end, overRows, waitsElsewhere } of perElementIn(file, "read", model.client)) {
      if (seen.has(loop.node) || waitsElsewhere) continue;
      seen.add(loop.node);
      report({
        at: { start, end },
        message: through === undefined ? "direct" : "through",
        data: { call: label, over: loop.over, query: call.label },
        ...(overRows ? { severity: "warning" } : { certainty: "likely" }),
        related: through === undefined ? [] : [{ at: { file: through.file.file, start: call.start, end: call.end }, message: "the query" }],
      });
    }
  },
});
