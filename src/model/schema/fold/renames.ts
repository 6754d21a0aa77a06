import type { TableName } from "../../../facts/sql/sqlFacts.ts";
import type { ChangingTables } from "./changingTables.ts";
import { keepingSequences } from "./numbering.ts";
import { withRenamedColumn } from "./tableChanges.ts";

/** What gets another name, or another PostgreSQL schema, and what refers to it. */

/** False where there is no such table. */
export function renamedTable(name: TableName, to: string, tables: ChangingTables): boolean {
  const from = tables.keyOf(name);
  const table = tables.get(from);
  if (table === undefined) return false;
  const key = tables.newKey({ namespace: table.namespace, name: to }, false) ?? to.toLowerCase();
  tables.move(from, key, { ...table, name: to, columns: keepingSequences(table) });
  return true;
}

/** `SET SCHEMA`. */
export function movedTable(from: string, namespace: string, tables: ChangingTables): void {
  const table = tables.get(from);
  if (table === undefined) return;
  const to = from === table.name.toLowerCase() ? from : (tables.newKey({ namespace, name: table.name }, false) ?? from);
  if (to === from) tables.put(from, { ...table, namespace });
  else tables.move(from, to, { ...table, namespace });
}

export function renamedColumn(table: string, from: string, name: string, tables: ChangingTables): void {
  tables.changeWithParts(table, (t) => withRenamedColumn({ ...t, columns: keepingSequences(t) }, from, name));
  const renamed = (column: string): string => (column === from ? name.toLowerCase() : column);
  tables.changeForeignKeysTo(table, (key) => ({ ...key, parentColumns: key.parentColumns.map(renamed) }));
}
