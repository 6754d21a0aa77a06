import { isIndexable } from "../../model/persistence/scans/indexable.ts";
import { hasFewValues, indexNeed } from "../../model/persistence/scans/indexNeed.ts";
import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { ArmTest, Query, Remark, Scan } from "../../model/persistence/scans/query.ts";
import { sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndexOn } from "./edits/createIndex.ts";
import type { NewIndex } from "./edits/newIndexes.ts";
import { foldedKey } from "./shared/indexes/foldedKeys.ts";
import { type JudgedQuery, remarksIn, unfoundScan } from "./shared/queries/queries.ts";

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
      if (!query.understood || said.has(query)) continue;
      const arms = armsOfOneTable(remark, judged);
      const found = arms === undefined ? undefined : unfoundScan(model, judged, arms.table);
      if (arms === undefined || found === undefined || isFoundOtherwise(query, found.scan, found.table)) continue;
      const sides = arms.tests.map((tests) => sideOf(tests, found.table));
      if (sides.includes("useless")) continue;
      const served = sides.flatMap((side) => (typeof side === "object" && side.index !== undefined ? [side] : []));
      const unserved = sides.flatMap((side) => (typeof side === "object" && side.index === undefined ? [side] : []));
      const [missing, ...others] = unserved;
      const [serving] = served;
      // Without any index it is most often a table that nobody took care of.
      if (serving === undefined || (missing === undefined && !sides.includes("subquery"))) continue;
      said.add(query);
      // One index is no help where another side stays without.
      const wanted = others.length > 0 || sides.includes("subquery") ? undefined : missing?.wanted;
      report({
        at: query.at,
        message: missing === undefined || sides.includes("subquery") ? "subquery" : "unserved",
        data: {
          method: query.method,
          table: found.table.name,
          served: serving.name,
          unserved: missing?.name ?? "",
        },
        ...(query.kind === "delete" || query.kind === "update" ? { cost: "each run reads the whole table" } : {}),
        related: [{ at: (serving.index as Index).at, message: `${(serving.index as Index).name} serves ${serving.name} alone` }],
        fixes: wanted === undefined ? [] : createIndexOn(model, schema.id, found.table, wanted, found.table.at),
        claim: missingIndex(schema, found.table, wanted === undefined ? undefined : { keys: [wanted.keys], method: "btree" }, query),
      });
    }
  },
});

type Either = Extract<Remark, { kind: "either" }>;

/** The sides of an OR that is about one table, which the query looks at once. */
function armsOfOneTable(
  { arms }: Either,
  { query }: JudgedQuery,
): { readonly table: string; readonly tests: readonly (readonly ArmTest[])[] } | undefined {
  const names = new Set(arms.flat().flatMap(({ table }) => (table === "" ? [] : [table])));
  const [table, ...others] = names;
  // What another row gives may be found by an index on either side.
  if (arms.flat().some(({ test }) => test === "join")) return undefined;
  if (table === undefined || others.length > 0 || query.scans.filter((scan) => scan.table === table).length > 1) return undefined;
  return { table, tests: arms };
}

/** By values outside of the OR, or by another OR all of whose sides are served. */
function isFoundOtherwise(query: Query, scan: Scan, table: Table): boolean {
  if (indexNeed(query, scan, table) !== undefined) return true;
  return query.remarks.some(
    (remark) =>
      remark.kind === "either" &&
      remark.arms.every((arm) =>
        arm.some((test) => test.table === scan.table && FINDS.has(test.test) && indexOf(test, table) !== undefined),
      ),
  );
}

interface Side {
  readonly name: string;
  readonly index: Index | undefined;
  readonly wanted: NewIndex;
}

/** What one side looks up; "useless" where no index would help it, so that the table is read in any case. */
function sideOf(tests: readonly ArmTest[], table: Table): Side | "subquery" | "useless" {
  const sides = tests.flatMap((test) => {
    const column = table.columns.get(test.column);
    if (column === undefined || !LOOKS_UP.has(test.test) || hasFewValues(test, table) || !isIndexable(column.type)) return [];
    const spelled = sqlName(column.name);
    const keys = test.folded === undefined ? spelled : `${test.folded}(${spelled})`;
    const about = [...(test.folded === undefined ? [] : [test.folded]), test.column];
    return [{ name: keys, index: indexOf(test, table), wanted: { about, keys } }];
  });
  const side = sides.find(({ index }) => index !== undefined) ?? sides[0];
  if (side !== undefined) return side;
  return tests.some(({ test }) => test === "subquery") ? "subquery" : "useless";
}

const LOOKS_UP: ReadonlySet<ArmTest["test"]> = new Set(["equals", "in"]);
const FINDS: ReadonlySet<ArmTest["test"]> = new Set(["equals", "in", "null", "range", "prefix"]);

/** The index that finds the rows of one side; a partial one may. */
const indexOf = ({ column, folded }: ArmTest, { indexes }: Table): Index | undefined =>
  indexes.find((index) => {
    if (folded === undefined) return index.keys[0]?.column === column;
    const key = foldedKey(index);
    return key?.column === column && key.by === folded;
  });
