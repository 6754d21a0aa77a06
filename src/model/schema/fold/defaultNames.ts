import type { Index, Table } from "../schema.ts";
import type { ChangingTables } from "./changingTables.ts";
import { hasName } from "./tableChanges.ts";

/**
 * The names that PostgreSQL makes up for what a script leaves unnamed. No two indexes, and no two constraints, of one PostgreSQL schema
 * have the same: of a table that was renamed they stay, and count. `among` are the tables that may have some; left out, only the table
 * itself is looked at.
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/indexcmds.c (ChooseRelationName)
 */

export function indexName(
  table: Table,
  index: Pick<Index, "keys" | "constraint"> & Partial<Pick<Index, "include">>,
  among?: ChangingTables,
): string {
  if (index.constraint === "primary") return unused(table, "", "pkey", among);
  const keys = [...index.keys.map((key) => key.column ?? functionOf(key.expression)), ...(index.include ?? [])];
  return constraintName(table, keys, index.constraint === "unique" ? "key" : index.constraint === "exclusion" ? "excl" : "idx", among);
}

export function constraintName(table: Table, columns: readonly string[], suffix: string, among?: ChangingTables): string {
  return unused(table, columns.join("_"), suffix, among);
}

/** Names end at 63 bytes: of the table's and the columns' part the longer one gives way first. */
export function makeName(table: string, columns: string, suffix: string): string {
  let [first, second] = [table, columns];
  const between = (second === "" ? 0 : 1) + (suffix === "" ? 0 : 1);
  while (first.length + second.length + suffix.length + between > 63) {
    if (first.length > second.length) first = first.slice(0, -1);
    else second = second.slice(0, -1);
  }
  return [first, second, suffix].filter((part) => part !== "").join("_");
}

function functionOf(expression: string | undefined): string {
  return /^([A-Za-z_]\w*)\s*\(/.exec(expression ?? "")?.[1]?.toLowerCase() ?? "expr";
}

/** The number is a part of the suffix: what stands before it gives way. */
function unused(table: Table, columns: string, suffix: string, among: ChangingTables | undefined): string {
  for (let i = 0; ; i++) {
    const name = makeName(table.name, columns, i === 0 ? suffix : `${suffix}${i}`);
    if (!hasName(table, name) && among?.isTaken(name.toLowerCase(), table) !== true) return name;
  }
}
