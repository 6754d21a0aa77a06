import type { ColumnDef, Constraint, UpdateStmt } from "libpg-query";
import { constraintsOf } from "./parseTree.ts";

/** Statements that say no more than their form does: see `Operation.plain`. */

/** An UPDATE that names nothing but its own table. */
export function isPlainUpdate({ relation, fromClause, returningClause, withClause, targetList, whereClause }: UpdateStmt): boolean {
  if (relation?.alias !== undefined || fromClause !== undefined || returningClause !== undefined || withClause !== undefined) return false;
  return !holdsQuery(targetList) && !holdsQuery(whereClause);
}

const holdsQuery = (part: unknown): boolean =>
  typeof part === "object" && part !== null && ("SubLink" in part || Object.values(part).some(holdsQuery));

/** A new column whose default is a call with constants, and that has no constraint but NOT NULL. */
export const isPlainColumn = (column: ColumnDef): boolean =>
  column.collClause === undefined && constraintsOf(column).every(isPlainConstraint);

function isPlainConstraint({ contype, raw_expr }: Constraint): boolean {
  if (contype === "CONSTR_NOTNULL") return true;
  if (contype !== "CONSTR_DEFAULT" || raw_expr === undefined || !("FuncCall" in raw_expr)) return false;
  return (raw_expr.FuncCall.args ?? []).every((one) => "A_Const" in one || ("TypeCast" in one && "A_Const" in (one.TypeCast.arg ?? {})));
}
