import type { SelectedColumn, TableName } from "../../../facts/sql/sqlFacts.ts";
import type { Schema } from "../../schema/schema.ts";
import type { ColumnTest, Scan, SortKey } from "./query.ts";

/**
 * The looks at tables that a look at a view is, where each row of it is one of its tables' rows put together: PostgreSQL asks the tables
 * what the view is asked. What is asked of computed columns is left out; none where the view groups, limits or joins several results.
 */
export function viewScans(scan: Scan, schema: Schema, depth = 0): readonly Scan[] {
  const selected = viewed(scan.table, schema);
  if (selected === undefined || depth > DEEPEST) return [];
  const tests = new Map<string, ColumnTest[]>();
  for (const test of scan.tests) {
    const held = heldIn(test.column, selected, schema);
    if (held === undefined) continue;
    const known = tests.get(held.table);
    const own = { ...test, column: held.column };
    if (known === undefined) tests.set(held.table, [own]);
    else known.push(own);
  }
  return [...tests].flatMap(([table, own]) => {
    const behind = { table, tests: own, sort: sortOf(scan.sort, table, selected, schema) };
    return schema.tables.has(table) ? [behind] : viewScans(behind, schema, depth + 1);
  });
}

/** Views of views of views: PostgreSQL takes no circles, a script that is being written may have one. */
const DEEPEST = 3;

const viewed = (name: string, schema: Schema): readonly SelectedColumn[] | undefined => schema.objects.get(`view:${name}`)?.selected;

/** Only where all keys lie in the one table. */
function sortOf(sort: readonly SortKey[], table: string, selected: readonly SelectedColumn[], schema: Schema): readonly SortKey[] {
  const keys = sort.flatMap((key) => {
    const held = heldIn(key.column, selected, schema);
    return held?.table === table ? [{ ...key, column: held.column }] : [];
  });
  return keys.length === sort.length ? keys : [];
}

/** The names of a table's columns, or of a view's; undefined where they are not known. */
function columnsOf({ name }: TableName, schema: Schema): ReadonlySet<string> | undefined {
  const key = name.toLowerCase();
  const table = schema.tables.get(key);
  if (table !== undefined) return new Set(table.columns.keys());
  const shown = viewed(key, schema);
  return shown === undefined || shown.some((one) => "all" in one)
    ? undefined
    : new Set(shown.flatMap((one) => ("name" in one ? [one.name.toLowerCase()] : [])));
}

/** The table, or the view, and the column of it that a view's column shows, lower case. */
function heldIn(
  name: string,
  selected: readonly SelectedColumn[],
  schema: Schema,
): { readonly table: string; readonly column: string } | undefined {
  for (const one of selected) {
    if ("all" in one) {
      const columns = columnsOf(one.all, schema);
      // A table that is not known may have a column of any name.
      if (columns === undefined) return undefined;
      if (columns.has(name)) return { table: one.all.name.toLowerCase(), column: name };
    } else if (one.name.toLowerCase() === name) {
      if ("type" in one) return undefined;
      const column = one.column.toLowerCase();
      const holders = one.tables.filter((table) => columnsOf(table, schema)?.has(column) !== false);
      const [only, more] = holders;
      if (only === undefined || more !== undefined || columnsOf(only, schema) === undefined) return undefined;
      return { table: only.name.toLowerCase(), column };
    }
  }
  return undefined;
}
