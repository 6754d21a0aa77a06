import type { JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import type { SortKey } from "./query.ts";
import type { ColumnRef, OpenScan } from "./scanBuilder.ts";

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
