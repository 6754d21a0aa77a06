import type { JpqlExpression, JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { functionOf, nodesOf } from "./expressionNodes.ts";

/** Whether a text may read parts of documents: the cheapest question. */
export const mayReadDocuments = (text: string): boolean => /->|#>|json_/i.test(text);

/** A column that is read for a part of its document, and the operator or function that reads it. */
export interface DocumentRead {
  readonly parts: readonly string[];
  readonly by: string;
}

/** What the expressions of one select read of documents, subqueries closed. */
export function documentReadsOf({ items, from, where, groupBy, having, orderBy }: JpqlSelect): readonly DocumentRead[] {
  const expressions = [...items, ...orderBy].map(({ value }) => value);
  const calls = from.flatMap(({ source }) =>
    source.kind === "function" ? [{ kind: "call", name: source.name, distinct: false, args: source.args } as const] : [],
  );
  return documentReads([...expressions, ...calls, ...from.map(({ on }) => on), where, ...groupBy, having]);
}

export function documentReads(expressions: readonly (JpqlExpression | undefined)[]): readonly DocumentRead[] {
  return expressions.flatMap((expression) => nodesOf(expression).flatMap(readBy));
}

function readBy(node: JpqlExpression): readonly DocumentRead[] {
  if (node.kind === "arithmetic") {
    const { operator, left } = node;
    return /^(?:->>?|#>>?)$/.test(operator) && left.kind === "path" ? [{ parts: left.parts, by: operator }] : [];
  }
  if (node.kind !== "call") return [];
  const by = functionOf(node);
  const read = by === node.name ? node.args[0] : node.args[1];
  return READING.test(by) && read?.kind === "path" ? [{ parts: read.parts, by }] : [];
}

/** PostgreSQL's functions that take a text of `json` apart. */
const READING = /^json_(?:extract_path(?:_text)?|array_elements(?:_text)?|array_length|each(?:_text)?|object_keys|typeof)$/;
