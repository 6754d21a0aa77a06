import type { SqlNode } from "../../syntax/sql/sql.ts";
import type { SchemaChange, TableName } from "./sqlFacts.ts";

/**
 * The PostgreSQL schema in which new tables are made after a statement, where it says so: `SET search_path TO billing, public`. Of others
 * the one before stays.
 */
export function namespaceAfter(node: SqlNode, before: string | undefined): string | undefined {
  if (!("VariableSetStmt" in node) || node.VariableSetStmt.name?.toLowerCase() !== "search_path") return before;
  const [first] = node.VariableSetStmt.args ?? [];
  const constant = first !== undefined && "A_Const" in first ? first.A_Const : undefined;
  const name = constant?.sval?.sval;
  // "$user" is nobody that a script knows, and public is where tables are made that name no schema.
  return name === undefined || name === "" || name === "public" || /^\$user$|^pg_/.test(name) ? undefined : name;
}

/** What a statement does where names without a schema mean this one first: new ones are made in it, others are looked for there. */
export function madeIn(namespace: string | undefined, changes: readonly SchemaChange[]): readonly SchemaChange[] {
  if (namespace === undefined) return changes;
  const placed = (name: TableName): TableName => (name.namespace === undefined ? { ...name, namespace } : name);
  const made = (change: SchemaChange): SchemaChange => {
    if (change.kind === "createTable") return { ...change, table: placed(change.table) };
    return change.kind === "createObject" && change.table === undefined && change.what !== "extension"
      ? { ...change, name: placed(change.name) }
      : change;
  };
  return changes.map((change) => lookedFor(made(change), namespace) as SchemaChange);
}

/** A part of a change, its names without a schema with the one where they are looked for. */
function lookedFor(part: unknown, within: string): unknown {
  if (Array.isArray(part)) return part.map((one) => lookedFor(one, within));
  if (typeof part !== "object" || part === null) return part;
  if (isName(part)) return part.namespace === undefined ? { ...part, within } : part;
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, lookedFor(inner, within)]));
}

const isName = (part: object): part is TableName => "namespace" in part && "name" in part && !("kind" in part);
