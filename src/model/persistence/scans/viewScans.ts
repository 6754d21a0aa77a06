import type { SelectedColumn, TableName } from "../../../facts/sql/sqlFacts.ts";
import type { Schema, Table } from "../../schema/schema.ts";
import type { ColumnTest, Scan, SortKey } from "./query.ts";

/**
 * The looks at tables that a look at a view is, where each row of it is one of its tables' rows put together: PostgreSQL asks the tables
 * what the view is asked. What is asked of computed columns is left out; none where the view groups, limits or joins several results.
 */
export function viewScans(scan: Scan, schema: Schema): readonly Scan[] {
  const selected = schema.objects.get(`view:${scan.table}`)?.selected;
  if (selected === undefined) return [];
  const tests = new Map<string, ColumnTest[]>();
  for (const test of scan.tests) {
    const held = heldIn(test.column, selected, schema);
    if (held === undefined) continue;
    const known = tests.get(held.table);
    const own = { ...test, column: held.column };
    if (known === undefined) tests.set(held.table, [own]);
    else known.push(own);
  }
  return [...tests].map(([table, own]) => ({ table, tests: own, sort: sortOf(scan.sort, table, selected, schema) }));
}

/** Only where all keys lie in the one table. */
function sortOf(sort: readonly SortKey[], table: string, selected: readonly SelectedColumn[], schema: Schema): readonly SortKey[] {
  const keys = sort.flatMap((key) => {
    const held = heldIn(key.column, selected, schema);
    return held?.table === table ? [{ ...key, column: held.column }] : [];
  });
  return keys.length === sort.length ? keys : [];
}

/** The table and the column that a view's column shows, lower case. */
function heldIn(
  name: string,
  selected: readonly SelectedColumn[],
  schema: Schema,
): { readonly table: string; readonly column: string } | undefined {
  const known = ({ name: table }: TableName): Table | undefined => schema.tables.get(table.toLowerCase());
  for (const one of selected) {
    if ("all" in one) {
      const table = known(one.all);
      // A table that is not known may have a column of any name.
      if (table === undefined) return undefined;
      if (table.columns.has(name)) return { table: table.name.toLowerCase(), column: name };
    } else if (one.name.toLowerCase() === name) {
      if ("type" in one) return undefined;
      const column = one.column.toLowerCase();
      const holders = one.tables.map(known);
      const [only, more] = holders.filter((table) => table?.columns.has(column));
      if (only === undefined || more !== undefined || holders.includes(undefined)) return undefined;
      return { table: only.name.toLowerCase(), column };
    }
  }
  return undefined;
}
