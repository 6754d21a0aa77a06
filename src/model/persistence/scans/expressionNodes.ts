import type { JpqlExpression } from "../../../syntax/jpql/jpqlAst.ts";

/** An expression and what is inside it, subqueries closed. Without recursion: sums may be thousands of terms deep. */
export function nodesOf(expression: JpqlExpression | undefined): readonly JpqlExpression[] {
  const nodes: JpqlExpression[] = [];
  const open = expression === undefined ? [] : [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes.push(next);
    open.push(...childrenOf(next));
  }
  return nodes;
}

function childrenOf(expression: JpqlExpression): readonly JpqlExpression[] {
  switch (expression.kind) {
    case "call":
      // `extract(hour from t.at)`: the first names no value.
      return expression.name === "extract" ? expression.args.slice(1) : expression.args;
    case "constructor":
      return expression.args;
    case "and":
    case "or":
      return expression.terms;
    case "not":
      return [expression.term];
    case "compare":
    case "arithmetic":
      return [expression.left, expression.right];
    case "between":
      return [expression.value, expression.low, expression.high];
    case "in":
      return [expression.value, ...expression.items];
    case "like":
      return [expression.value, expression.pattern];
    case "isNull":
    case "isEmpty":
      return [expression.value];
    case "memberOf":
      return [expression.value, expression.collection];
    case "case":
      return expression.parts;
    case "tuple":
      return expression.items;
    default:
      return [];
  }
}

/** What a call runs: `function('date', t.createdAt)` the function that its first argument names. */
export function functionOf({ name, args: [named] }: Extract<JpqlExpression, { kind: "call" }>): string {
  return name === "function" && named?.kind === "literal" ? named.value.toLowerCase() : name;
}
