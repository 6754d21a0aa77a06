import type { JpqlExpression } from "../../../syntax/jpql/jpqlAst.ts";
import type { ColumnTestKind } from "./query.ts";

/**
 * What is known of a LIKE: JPQL builds its pattern by concatenation or by a parameter with a wildcard. Of ILIKE only the search for a part
 * is known to an index, one over trigrams; a caller may ask for one.
 */
export function likeOf({ pattern, caseSensitive }: Extract<JpqlExpression, { kind: "like" }>): ColumnTestKind {
  const first = firstOf(pattern);
  if (first !== undefined && /^[%_]/.test(first)) return "contains";
  if (first === undefined && !isBeginning(pattern)) return "like";
  return caseSensitive ? "prefix" : "other";
}

/** A parameter and a wildcard behind it: what `StartingWith` sends. */
function isBeginning(pattern: JpqlExpression): boolean {
  const joined = pattern.kind === "arithmetic" && pattern.operator === "||" ? [pattern.left, pattern.right] : [];
  const parts = pattern.kind === "call" && pattern.name.toLowerCase() === "concat" ? pattern.args : joined;
  const [first, last] = parts;
  return parts.length === 2 && first?.kind === "parameter" && last?.kind === "literal" && last.value === "%";
}

function firstOf(pattern: JpqlExpression): string | undefined {
  let at: JpqlExpression | undefined = pattern;
  while (at !== undefined && at.kind !== "literal") at = at.kind === "call" ? at.args[0] : at.kind === "arithmetic" ? at.left : undefined;
  return at?.value;
}
