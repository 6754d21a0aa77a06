import type { JpqlExpression, JpqlSelect, JpqlUpdate } from "../../../syntax/jpql/jpqlAst.ts";
import { nodesOf } from "./expressionNodes.ts";
import type { ColumnRef, OpenScan } from "./scanBuilder.ts";

/** The columns that the parts of a name mean: none where it is none of a table's. */
export type ColumnsOf = (parts: readonly string[]) => readonly ColumnRef[];

/**
 * The columns of a statement's first table that its answer hangs on, in lower case: those that it gives, asks and sorts by. Undefined
 * where whole rows are given, or something in it is not understood.
 */
export function columnsRead(select: JpqlSelect, isColumn: (given: JpqlExpression) => boolean, first: OpenScan, columnsOf: ColumnsOf) {
  const { items, from, where, groupBy, having, orderBy, combined, named } = select;
  if (!select.understood || combined.length > 0 || named.length > 0) return undefined;
  if (items.length === 0 || items.some(({ value }) => value.kind === "path" && !isColumn(value))) return undefined;
  const asked = [...items, ...orderBy].map(({ value }) => value).concat(groupBy);
  return columnsIn([...asked, where, having, ...from.map(({ on }) => on)], first, columnsOf);
}

/** The columns of the first table that an update sets, in lower case; undefined where they are not all known. */
export function columnsAssigned(
  { set, others, understood }: JpqlUpdate,
  first: OpenScan,
  columnsOf: ColumnsOf,
): readonly string[] | undefined {
  if (!understood || others.length > 0) return undefined;
  return columnsIn(
    set.map((one) => (one.kind === "compare" ? one.left : one)),
    first,
    columnsOf,
  );
}

function columnsIn(
  expressions: readonly (JpqlExpression | undefined)[],
  first: OpenScan,
  columnsOf: ColumnsOf,
): readonly string[] | undefined {
  const columns = new Set<string>();
  for (const expression of expressions) {
    for (const node of nodesOf(expression)) {
      if (node.kind === "subquery" || node.kind === "exists" || node.kind === "opaque") return undefined;
      // `count(*)`
      if (node.kind !== "path" || node.parts.join() === "*") continue;
      const refs = columnsOf(node.parts);
      if (refs.length === 0 || refs.some(({ ambiguous }) => ambiguous)) return undefined;
      for (const { scan, column } of refs) if (scan === first) columns.add(column);
    }
  }
  return [...columns];
}
