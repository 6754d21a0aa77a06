import type { Model } from "../../../../model/model.ts";
import { isIndexable } from "../../../../model/persistence/scans/indexable.ts";
import { hasFewValues, indexNeed } from "../../../../model/persistence/scans/indexNeed.ts";
import type { ArmTest, Query, Remark, Scan } from "../../../../model/persistence/scans/query.ts";
import { sqlName } from "../../../../model/schema/edits/migrationEdit.ts";
import type { Index, Schema, Table } from "../../../../model/schema/schema.ts";
import type { NewIndex } from "../../edits/newIndexes.ts";
import { type JudgedQuery, judgedOn, unfoundScan } from "../queries/queries.ts";
import { foldedKey } from "./foldedKeys.ts";

/** An OR of which one side has an index, and another none. */
export interface UnservedOr {
  readonly table: Table;
  readonly serving: Side & { readonly index: Index };
  /** Undefined where a subquery is all that is not served. */
  readonly missing: Side | undefined;
  readonly bySubquery: boolean;
  /** The column that is all that an index is missing on: one index is no help where another side stays without. */
  readonly wanted: Side | undefined;
}

/** The OR of a query that makes it read a whole table, although one of its sides has an index. */
export function unservedOr(remark: Either, judged: JudgedQuery, model: Model): UnservedOr | undefined {
  const { query } = judged;
  const arms = query.understood ? armsOfOneTable(remark, judged) : undefined;
  const found = arms === undefined ? undefined : unfoundScan(model, judged, arms.table);
  if (arms === undefined || found === undefined || isFoundOtherwise(query, found.scan, found.table)) return undefined;
  const sides = arms.tests.map((tests) => sideOf(tests, found.table));
  if (sides.includes("useless")) return undefined;
  const known = sides.filter((side) => typeof side === "object");
  const serving = known.find((side): side is UnservedOr["serving"] => side.index !== undefined);
  const [missing, ...others] = known.filter(({ index }) => index === undefined);
  const bySubquery = missing === undefined || sides.includes("subquery");
  // Without any index it is most often a table that nobody took care of.
  if (serving === undefined || (missing === undefined && !sides.includes("subquery"))) return undefined;
  return { table: found.table, serving, missing, bySubquery, wanted: others.length > 0 || bySubquery ? undefined : missing };
}

/** The queries that find rows of a table by a column or something else, which lacks nothing but an index on the column. */
export const orsLacking = (column: string, table: Table, schema: Schema, model: Model): readonly Query[] =>
  model.tableQueries
    .of(table.key)
    .filter((query) =>
      query.remarks.some(
        (remark) => remark.kind === "either" && unservedOr(remark, judgedOn(query, schema, model), model)?.wanted?.column === column,
      ),
    );

export type Either = Extract<Remark, { kind: "either" }>;

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

/** What one side of an OR looks up. */
export interface Side {
  readonly column: string;
  /** The column, or what is made of it. */
  readonly name: string;
  readonly index: Index | undefined;
  readonly wanted: NewIndex;
}

/** "useless" where no index would help it, so that the table is read in any case. */
function sideOf(tests: readonly ArmTest[], table: Table): Side | "subquery" | "useless" {
  const sides = tests.flatMap((test) => {
    const column = table.columns.get(test.column);
    if (column === undefined || !LOOKS_UP.has(test.test) || hasFewValues(test, table) || !isIndexable(column.type)) return [];
    const spelled = sqlName(column.name);
    const keys = test.folded === undefined ? spelled : `${test.folded}(${spelled})`;
    const about = [...(test.folded === undefined ? [] : [test.folded]), test.column];
    return [{ column: test.folded === undefined ? test.column : "", name: keys, index: indexOf(test, table), wanted: { about, keys } }];
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
