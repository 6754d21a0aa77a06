import type { Model } from "../../model/model.ts";
import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule, type Report } from "../rule.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { dialectName } from "./shared/dialectNames.ts";
import { dialectGaps } from "./shared/indexes/dialectGaps.ts";
import { finderPlaces, findersBy } from "./shared/queries/finders.ts";
import { lookupsOn } from "./shared/queries/loadedCollections.ts";

export const indexMissingInDialect = defineRule({
  id: "sql/index-missing-in-dialect",
  title: "Index that the scripts for another database make and PostgreSQL's do not",
  language: "sql",
  certainty: "likely",
  cost: "what another database finds by an index, PostgreSQL reads the whole table for",
  references: [
    "https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html",
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    "https://github.com/phax/phoss-smp/issues/553",
  ],
  messages: {
    declared: "no index of {{table}} starts with {{column}}, and {{dialect}} has one",
    implied: "no index of {{table}} starts with {{column}}, and {{dialect}} makes one for a foreign key",
  },

  check({ file, model, report }) {
    for (const { schema, table } of model.schema.tablesDeclaredIn(file.file)) {
      for (const [column, index] of dialectGaps(schema, table, model)) {
        const now = model.schema.schema(schema);
        const queries = findersBy(column, table, model);
        report({
          at: table.at,
          message: index.impliedBy === undefined ? "declared" : "implied",
          data: { table: table.name, column, dialect: dialectName(index.dialect) },
          cost: `what ${dialectName(index.dialect)} finds by an index, PostgreSQL reads all of ${table.name} for`,
          related: [{ at: index.at, message: `${index.table} (${index.columns.join(", ")})` }, ...finderPlaces(queries, [column])],
          fixes: createIndexEitherWay(model, schema, table, index.columns, table.at),
          ...(now !== undefined &&
            queries.length > 0 && { claim: missingIndex(now, table, { keys: index.columns, method: "btree" }, ...queries) }),
          ...weight(table, column, model, file.file),
        });
      }
    }
  },
});

/** A query that asks for the column makes it felt. */
function weight(table: Table, column: string, model: Model, file: string): Pick<Report, "certainty" | "severity"> {
  const lookups = lookupsOn(table.name, column, file, model);
  if (lookups === undefined) return {};
  return lookups.length > 0 ? { severity: "warning" } : { certainty: "possible" };
}
