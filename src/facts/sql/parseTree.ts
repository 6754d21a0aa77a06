import type { ColumnDef, Constraint, RangeVar } from "libpg-query";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import type { TableName } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/** Small questions to PostgreSQL's parse trees. */

export function namesOf(nodes: readonly SqlNode[] | undefined): string[] {
  const names: string[] = [];
  for (const node of nodes ?? []) if ("String" in node) names.push(node.String.sval ?? "");
  return names;
}

/** The last part of a qualified name. */
export const nameOf = (nodes: readonly SqlNode[] | undefined): string => namesOf(nodes).at(-1) ?? "";

type Kind<N = SqlNode> = N extends unknown ? keyof N : never;
type OfKind<K extends Kind, N = SqlNode> = N extends Readonly<Record<K, infer V>> ? V : never;

/** The nodes of one kind in a list. */
export function allOf<K extends Kind>(nodes: readonly SqlNode[] | undefined, kind: K): OfKind<K>[] {
  const found: OfKind<K>[] = [];
  for (const node of nodes ?? []) if (kind in node) found.push((node as Readonly<Record<K, OfKind<K>>>)[kind]);
  return found;
}

/** The constraints that are written behind a column. */
export const constraintsOf = (column: ColumnDef): Constraint[] => allOf(column.constraints, "Constraint");

export function tableName(relation: RangeVar | undefined): TableName {
  return { namespace: relation?.schemaname, name: relation?.relname ?? "" };
}

/** A name that may be qualified, of anything. */
export function qualifiedName(nodes: readonly SqlNode[] | undefined): TableName {
  const parts = namesOf(nodes);
  return { namespace: parts.at(-2), name: parts.at(-1) ?? "" };
}

/** What stands in the first parentheses behind a location, or behind an offset of the text. */
export function textInParentheses(source: StatementText, location: number | undefined, from = source.offset(location)): string {
  const open = source.find("(", from);
  const inner = open === undefined ? undefined : source.elements(open)[0];
  return inner === undefined ? "" : source.source(inner.start, inner.end);
}

/** The columns that an expression names, in the order in which they stand, each once. */
export function columnsIn(node: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("ColumnRef" in value) {
      const { fields } = value.ColumnRef as { fields?: SqlNode[] };
      const name = nameOf(fields);
      if (name !== "") found.add(name);
    } else for (const key in value) visit((value as Readonly<Record<string, unknown>>)[key]);
  };
  visit(node);
  return [...found];
}
