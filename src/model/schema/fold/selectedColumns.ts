import type { ColumnFact, SelectedColumn, TableName } from "../../../facts/sql/sqlFacts.ts";
import type { Span } from "../../../text/positions.ts";
import type { Table } from "../schema.ts";

/** The columns that `CREATE TABLE AS` makes: the types of those selected, nothing of their defaults and constraints. */
export function selectedFrom(
  selected: readonly SelectedColumn[],
  at: Span,
  tableOf: (name: TableName) => Table | undefined,
): readonly ColumnFact[] {
  const made = (name: string, type: string): ColumnFact => ({ name, type, nullable: true, at });
  return selected.flatMap((one): readonly ColumnFact[] => {
    if ("all" in one) {
      return [...(tableOf(one.all)?.columns.values() ?? [])].map(({ name, type }) => made(name, type));
    }
    if ("type" in one) return [made(one.name, one.type)];
    const found = one.tables.flatMap((table) => tableOf(table)?.columns.get(one.column.toLowerCase()) ?? []);
    return [made(one.name, found.length === 1 ? (found[0]?.type ?? "") : "")];
  });
}
