import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { ColumnTest } from "../../model/persistence/scans/query.ts";
import { columnSql } from "../../model/schema/edits/migrationEdit.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndexOn } from "./edits/createIndex.ts";
import { foldedKey } from "./shared/indexes/foldedKeys.ts";
import { certain, feltScans, isFoundByIndex } from "./shared/queries/queries.ts";

export const prefixWithoutIndex = defineRule({
  id: "sql/prefix-without-index",
  title: "A search for the beginning of a text that no index serves",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table and compares every text",
  references: [
    "https://www.postgresql.org/docs/current/indexes-opclass.html",
    "https://www.postgresql.org/docs/current/indexes-types.html#INDEXES-TYPES-BTREE",
  ],
  messages: {
    none: "{{method}} searches {{table}} for the beginning of {{key}} without an index",
    plain: "{{method}} searches for the beginning of {{key}}: {{index}} serves that in collation C only",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    for (const { query, schema, scan, table, tables } of feltScans(model, file)) {
      const test = certain(scan, table, tables).tests.find((one) => one.test === "prefix" && isText(one, table));
      if (test === undefined || isFoundByIndex(scan, table, query)) continue;
      const holding = table.indexes.filter((index) => holds(index, test));
      if (holding.some((index) => isForPatterns(index, test, table))) continue;
      const column = columnSql(table, test.column);
      const key = test.folded === undefined ? column : `${test.folded}(${column})`;
      // One index serves all who ask for it.
      if (said.has(`${table.name} ${key}`) || model.javaMigrations.indexes(table.name, test.column)) continue;
      said.add(`${table.name} ${key}`);
      const [plain] = holding;
      const at = table.columns.get(test.column)?.at ?? table.at;
      report({
        at: query.at,
        message: plain === undefined ? "none" : "plain",
        data: { method: query.method, table: table.name, key: key.replaceAll('"', ""), index: plain?.name ?? "" },
        // Which collation the database has is written nowhere, and nobody waits for a clean-up as for a page.
        ...(plain !== undefined || query.kind === "delete" ? { certainty: "possible" as const } : {}),
        related: [
          plain === undefined
            ? { at, message: `no index leads with ${test.column}` }
            : { at: plain.at, message: `${plain.name} is created here` },
        ],
        // The planner's own database has collation C, in which a plain index serves.
        ...(plain === undefined && {
          claim: missingIndex(schema, table, { keys: [key], method: "btree", opclass: "text_pattern_ops" }, query),
        }),
        fixes: createIndexOn(
          model,
          schema.id,
          table,
          {
            about: [...(test.folded === undefined ? [] : [test.folded]), test.column, "pattern"],
            keys: `${key} ${/^bpchar/.test(table.columns.get(test.column)?.type ?? "") && test.folded === undefined ? "bpchar" : "text"}_pattern_ops`,
          },
          table.at,
        ),
      });
    }
  },
});

const isText = ({ column, ambiguous }: ColumnTest, { columns }: Table): boolean =>
  !ambiguous && /^(?:text|varchar|bpchar)/.test(columns.get(column)?.type ?? "");

/** Whether an index leads with what is searched, or has trigrams of it. */
function holds(index: Index, { column, folded }: ColumnTest): boolean {
  if (index.predicate !== undefined) return false;
  const [first] = index.keys;
  if (/^gi[ns]t?$/.test(index.method))
    return index.keys.some((key) => key.column === column || new RegExp(`\\b${column}\\b`, "i").test(key.expression ?? ""));
  if (index.method !== "btree") return false;
  if (folded === undefined) return first?.column === column;
  const key = foldedKey(index);
  return key?.column === column && key.by === folded;
}

/** Whether it finds what begins with a text, whatever the database's collation. */
function isForPatterns({ method, keys: [first] }: Index, { column }: ColumnTest, { columns }: Table): boolean {
  if (method !== "btree") return true;
  const collation = first?.collation ?? columns.get(column)?.collation ?? "";
  return /_pattern_ops$/.test(first?.opclass ?? "") || /^(?:pg_catalog\.)?"?(?:C|POSIX|ucs_basic)"?$/.test(collation);
}
