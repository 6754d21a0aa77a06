import type { JavaFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import { hasFewValues } from "../../model/persistence/scans/indexNeed.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Fix } from "../finding.ts";
import { addSkipLocked } from "../java/edits/queryHint.ts";
import { defineRule } from "../rule.ts";
import { skipLocked } from "./edits/skipLocked.ts";
import { declarationOf } from "./shared/queries/declarations.ts";
import { remarksIn } from "./shared/queries/queries.ts";

export const queueWithoutSkipLocked = defineRule({
  id: "sql/queue-without-skip-locked",
  title: "Workers that lock the next rows wait for each other",
  language: "java",
  certainty: "likely",
  cost: "one worker at a time: all others wait until the first one commits",
  references: ["https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE"],
  messages: { waits: "{{method}} locks the next rows of {{table}}: one worker waits for the other" },

  check({ file, model, report }) {
    for (const { query, remark, tables } of remarksIn(model, file, "lock")) {
      const [table] = tables;
      const [scan] = query.scans;
      // The first row of a table, whichever it is, is its only one, and the newest of all is wanted itself.
      if (scan === undefined || (scan.tests.length === 0 && scan.sort[0]?.descending !== false)) continue;
      // A row that is named is wanted itself; of the next ones any will do.
      const isNamed = scan.tests.some(
        (test) => test.test === "equals" && !test.constant && (table === undefined || !hasFewValues(test, table)),
      );
      if (table === undefined || !remark.waits || query.limit === "none" || isNamed || query.kind !== "find") continue;
      report({
        at: query.at,
        message: "waits",
        data: { method: query.method, table: table.name },
        related: [{ at: table.at, message: `${table.name} is created here` }],
        fixes: passing(query, file, model),
      });
    }
  },
});

/** SKIP LOCKED where the statement stands, a hint where Spring Data adds the lock. */
function passing(query: Query, file: JavaFile, model: Model): readonly Fix[] {
  const declared = declarationOf(query, file)?.method;
  const repository = model.persistence.repository(query.repository);
  const isAdded = declared !== undefined && annotationNamed(declared.annotations, "Lock") !== undefined;
  if (!isAdded) return skipLocked(file, query);
  return repository === undefined ? [] : addSkipLocked(model, { repository, file, declared });
}
