import type { Model } from "../../model/model.ts";
import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { defineRule } from "../rule.ts";
import { createIndexOn } from "./edits/createIndex.ts";
import { isLoudKey } from "./shared/indexes/unindexedKeys.ts";
import { type UnservedOr, unservedOr } from "./shared/indexes/unservedOrs.ts";
import { remarksIn } from "./shared/queries/queries.ts";

export const orWithoutIndex = defineRule({
  id: "sql/or-without-index",
  title: "One side of an OR that no index serves",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table, whatever indexes the other sides have",
  references: [
    "https://www.postgresql.org/docs/current/indexes-bitmap-scans.html",
    "https://www.postgresql.org/docs/current/queries-union.html",
  ],
  messages: {
    unserved: "{{method}} finds {{table}} by {{served}} or {{unserved}}: no index leads with {{unserved}}",
    subquery: "{{method}} finds {{table}} by {{served}} or by a subquery: every row is read",
  },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const judged of remarksIn(model, file, "either")) {
      const { query, schema, remark } = judged;
      const found = said.has(query) ? undefined : unservedOr(remark, judged, model);
      if (found === undefined || isSaidByKey(found, schema.id, model)) continue;
      const { table, serving, missing, bySubquery, wanted } = found;
      said.add(query);
      report({
        at: query.at,
        message: bySubquery ? "subquery" : "unserved",
        data: { method: query.method, table: table.name, served: serving.name, unserved: missing?.name ?? "" },
        ...(query.kind === "delete" || query.kind === "update" ? { cost: "each run reads the whole table" } : {}),
        related: [{ at: serving.index.at, message: `${serving.index.name} serves ${serving.name} alone` }],
        fixes: wanted === undefined ? [] : createIndexOn(model, schema.id, table, wanted.wanted, table.at),
        claim: missingIndex(schema, table, wanted === undefined ? undefined : { keys: [wanted.wanted.keys], method: "btree" }, query),
      });
    }
  },
});

/** The one index that a foreign key wants, too, sql/foreign-key-without-index asks for. */
const isSaidByKey = ({ table, wanted }: UnservedOr, schema: string, model: Model): boolean =>
  table.foreignKeys.some((key) => key.columns.length === 1 && key.columns[0] === wanted?.column && isLoudKey(key, schema, table, model));
