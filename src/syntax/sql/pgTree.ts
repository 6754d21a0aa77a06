/** A node of libpg-query's tree: `{ A_Expr: { kind, name, lexpr, rexpr } }`. Zero, false and empty values are left out of it. */
export type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands under a key, as a node. */
export function inner(tree: Tree | undefined, key: string): Tree | undefined {
  const value = tree?.[key];
  return isTree(value) ? value : undefined;
}

export function list(tree: Tree | undefined, key: string): readonly Tree[] {
  const value = tree?.[key];
  return Array.isArray(value) ? value.filter(isTree) : [];
}

/** The texts of a list of `String` nodes: the parts of a name. */
export function names(nodes: readonly Tree[]): readonly string[] {
  return nodes.map((node) => String(inner(node, "String")?.["sval"] ?? (inner(node, "A_Star") === undefined ? "" : "*")));
}

/** The conditions that must all hold. */
export function conjuncts(condition: Tree | undefined): readonly Tree[] {
  const bool = inner(condition, "BoolExpr");
  if (condition === undefined) return [];
  return bool?.["boolop"] === "AND_EXPR" ? list(bool, "args").flatMap(conjuncts) : [condition];
}

/** Nodes of a kind anywhere below, subqueries not looked into. */
export const below = (tree: unknown, kind: string): readonly Tree[] => nodesBelow(tree, kind, false);

/** Nodes of a kind anywhere below, subqueries too. */
export const everywhere = (tree: unknown, kind: string): readonly Tree[] => nodesBelow(tree, kind, true);

/** All SELECTs anywhere below, the outermost of each branch. */
export const selectsBelow = (tree: unknown): readonly Tree[] => below(tree, "SelectStmt");

function nodesBelow(tree: unknown, kind: string, intoSelects: boolean): readonly Tree[] {
  const found: Tree[] = [];
  const open: unknown[] = [tree];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) open.push(...(next as unknown[]));
    else if (isTree(next)) {
      for (const [key, value] of Object.entries(next)) {
        if (key === kind && isTree(value)) found.push(value);
        if ((intoSelects || key !== "SelectStmt") && typeof value === "object" && value !== null) open.push(value);
      }
    }
  }
  return found;
}

/**
 * The statement that a `PLpgSQL_expr` of a body stands for; undefined where it asks the database nothing. With `parseMode` 0 it is a
 * statement, with 2 an expression, from 3 on an assignment.
 */
export function bodyStatement(expression: Tree): string | undefined {
  const { query, parseMode } = expression;
  if (typeof query !== "string") return undefined;
  const mode = Number(parseMode ?? 0);
  if (mode === 0) return query;
  if (!/\bselect\b/i.test(query)) return undefined;
  return `SELECT ${mode >= 3 ? query.replace(/^[^=]*=\s*/, "") : query}`;
}
