import { inner, isTree, list, names, type Tree } from "../../syntax/sql/pgTree.ts";
import { skipBlank } from "../../syntax/sql/sqlLexer.ts";
import type { PolicyCall } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/**
 * The outermost calls of a policy's conditions that get no column: PostgreSQL makes them for each row that it checks, but once a statement
 * where they stand in a subquery of their own.
 */
export function callsWithoutRow(conditions: readonly unknown[], source: StatementText): readonly PolicyCall[] {
  const found: PolicyCall[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isTree(value)) {
      for (const [kind, node] of Object.entries(value)) {
        if (kind === "SubLink") continue;
        if (kind === "FuncCall" && isTree(node) && !holdsColumn(node)) found.push(callOf(node, source));
        else visit(node);
      }
    }
  };
  visit(conditions);
  return found;
}

/**
 * The columns that a policy's condition holds against one value or several: `tenant_id = current_setting('app.tenant')::bigint`. None of
 * what it only hands to a function, for which no index is asked.
 */
export function columnsAsked(condition: unknown): readonly string[] {
  if (!isTree(condition)) return [];
  const and = inner(condition, "BoolExpr");
  if (and !== undefined) return and["boolop"] === "AND_EXPR" ? list(and, "args").flatMap(columnsAsked) : [];
  const compared = inner(condition, "A_Expr");
  if (compared === undefined || names(list(compared, "name")).join() !== "=") return [];
  return [compared["lexpr"], compared["rexpr"]].flatMap((side) => {
    const column = isTree(side) ? inner(side, "ColumnRef") : undefined;
    return column === undefined ? [] : names(list(column, "fields")).slice(-1);
  });
}

function callOf(call: Tree, source: StatementText): PolicyCall {
  const start = source.offset(Number(call["location"] ?? 0));
  const open = source.find("(", start) ?? start;
  const last = source.elements(open).at(-1)?.end ?? open + 1;
  const end = skipBlank(source.text, last) + 1;
  const name = names(list(call, "funcname")).join(".").toLowerCase();
  return { name, text: source.source(start, end), at: { start: source.start + start, end: source.start + end } };
}

function holdsColumn(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(holdsColumn);
  return isTree(node) && (inner(node, "ColumnRef") !== undefined || Object.values(node).some(holdsColumn));
}
