import type { JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { nodesOf } from "./expressionNodes.ts";
import type { Remark, SortKey } from "./query.ts";
import type { ColumnRef, OpenScan } from "./scanBuilder.ts";
import { isAggregate, isRandom } from "./selectForms.ts";

/** Gives the table that a SELECT is sorted by its sort keys, where all of them are columns of that one. */
export function sortScan(
  { orderBy, groupBy, distinct, combined }: JpqlSelect,
  columns: (parts: readonly string[]) => readonly ColumnRef[],
): void {
  if (groupBy.length > 0 || distinct || combined.length > 0) return;
  const keys: (SortKey & { readonly scan: OpenScan })[] = [];
  for (const { value, descending, nulls } of orderBy) {
    const [ref, ...more] = value.kind === "path" ? columns(value.parts) : [];
    if (ref === undefined || more.length > 0 || ref.ambiguous) return;
    const { scan, column } = ref;
    keys.push({ scan, column, descending, ...(nulls !== undefined && nulls !== (descending ? "first" : "last") && { nulls }) });
  }
  const scan = keys[0]?.scan;
  if (scan !== undefined && keys.every((key) => key.scan === scan)) scan.sort = keys.map(({ scan: _, ...key }) => key);
}

/** What is to be said of an order that is none of columns: it is random, or of an expression of one table. */
export function orderRemarks(
  { orderBy, groupBy, distinct, combined }: JpqlSelect,
  columns: (parts: readonly string[]) => readonly ColumnRef[],
): readonly Remark[] {
  const [first] = orderBy;
  if (first === undefined) return [];
  if (orderBy.some(({ value }) => isRandom(value))) return [{ kind: "random" }];
  const { value } = first;
  if ((value.kind !== "call" && value.kind !== "case") || isAggregate(value) || groupBy.length > 0 || distinct || combined.length > 0)
    return [];
  const nodes = nodesOf(value);
  // A rank by the words that somebody looks for is in no index.
  if (nodes.some(({ kind }) => kind === "parameter")) return [];
  const refs = nodes.flatMap((node) => (node.kind === "path" ? columns(node.parts) : []));
  const [ref] = refs;
  if (ref === undefined || refs.some((other) => other.ambiguous || other.scan !== ref.scan)) return [];
  const expression = value.kind === "case" ? "CASE" : value.name;
  return [{ kind: "sortExpression", expression, table: ref.scan.table, column: ref.column }];
}
