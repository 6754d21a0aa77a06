import { columnSql, qualified, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import type { LockedStep, PendingStep } from "../shared/migrations/lockedSteps.ts";

/** Elements of change logs as SQL, in the gentler form that they have no attribute for. */

/** The index of an element, built concurrently. */
export function indexSql({ statement, operation, table }: PendingStep, name: string): string | undefined {
  const made = statement.changes.find(({ kind }) => kind === "createIndex");
  if (made?.kind !== "createIndex" || operation.table === undefined) return undefined;
  const keys = made.index.keys.map(
    ({ column, expression = "", descending }) =>
      `${column === undefined ? `(${expression})` : columnSql(table, column)}${descending ? " DESC" : ""}`,
  );
  const create = `CREATE ${made.index.unique ? "UNIQUE " : ""}INDEX CONCURRENTLY`;
  return `${create} ${sqlName(name)} ON ${qualified(table ?? operation.table)} (${keys.join(", ")})`;
}

/** The foreign key of an element, which holds for new rows only. */
export function foreignKeySql({ statement, table, other: parent }: LockedStep, name: string): string | undefined {
  const [change] = statement.changes;
  if (change?.kind !== "addConstraint" || change.constraint.type !== "foreign" || parent === undefined) return undefined;
  const { columns, parentColumns, onDelete, onUpdate, deferrable } = change.constraint;
  const referenced = parentColumns.length === 0 ? "" : ` (${parentColumns.map((column) => columnSql(parent, column)).join(", ")})`;
  const actions = `${onDelete === "no action" ? "" : ` ON DELETE ${onDelete.toUpperCase()}`}${onUpdate === "no action" ? "" : ` ON UPDATE ${onUpdate.toUpperCase()}`}`;
  const later = deferrable === undefined ? "" : ` DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`;
  const own = columns.map((column) => columnSql(table, column)).join(", ");
  return `ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${sqlName(name)} FOREIGN KEY (${own}) REFERENCES ${qualified(parent)}${referenced}${actions}${later} NOT VALID`;
}
