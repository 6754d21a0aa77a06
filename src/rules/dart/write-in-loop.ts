import { type PerElement, perElementIn } from "../../model/client/database/perElement.ts";
import { defineRule, type Report } from "../rule.ts";
import { inTransaction } from "./edits/inTransaction.ts";

export const writeInLoop = defineRule({
  id: "dart/write-in-loop",
  title: "A write to SQLite for every element of a loop, each in a transaction of its own",
  language: "dart",
  certainty: "proven",
  cost: "N transactions, each of which waits until the disk has it, N elements",
  references: [
    "https://www.sqlite.org/faq.html#q19",
    "https://pub.dev/documentation/sqflite/latest/sqflite/DatabaseExecutor/batch.html",
    "https://github.com/tekartik/sqflite/issues/486",
  ],
  messages: {
    direct: "{{call}} commits a transaction for each element of {{over}}",
    through: "{{call}} commits a transaction ({{write}}) for each element of {{over}}",
  },

  check({ file, model, report }) {
    const seen = new Set<PerElement["loop"]["node"]>();
    for (const found of perElementIn(file, "write", model.client)) {
      const { loop, through, label, call, start, end } = found;
      if (seen.has(loop.node)) continue;
      seen.add(loop.node);
      report({
        at: { start, end },
        message: through === undefined ? "direct" : "through",
        data: { call: label, over: loop.over, write: call.label },
        ...weight(found),
        related:
          through === undefined
            ? []
            : [{ at: { file: through.file.file, start: call.start, end: call.end }, message: "the write, outside of any transaction" }],
        fixes: through === undefined ? inTransaction(found, file) : [],
      });
    }
  },
});

/** Drift's transactions reach over calls, so another method may have begun one; a counter may count to three. */
function weight({ loop, call, waitsElsewhere }: PerElement): Pick<Report, "certainty"> {
  if (waitsElsewhere) return { certainty: "possible" };
  return call.handle === "drift" || loop.iterable === undefined ? { certainty: "likely" } : {};
}
