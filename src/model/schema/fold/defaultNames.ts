import type { Index, Table } from "../schema.ts";
import { named } from "./tableChanges.ts";

/** The names that PostgreSQL makes up for what a script leaves unnamed. */

export function indexName(table: Table, index: Pick<Index, "keys" | "constraint"> & Partial<Pick<Index, "include">>): string {
  if (index.constraint === "primary") return unused(table, `${table.name}_pkey`);
  const keys = [...index.keys.map((key) => key.column ?? functionOf(key.expression)), ...(index.include ?? [])];
  return constraintName(table, keys, index.constraint === "unique" ? "key" : index.constraint === "exclusion" ? "excl" : "idx");
}

export function constraintName(table: Table, columns: readonly string[], suffix: string): string {
  return unused(table, makeName(table.name, columns.join("_"), suffix));
}

/** Names end at 63 bytes: of the table's and the columns' part the longer one gives way first. */
export function makeName(table: string, columns: string, suffix: string): string {
  let [first, second] = [table, columns];
  while (first.length + second.length + suffix.length + 2 > 63) {
    if (first.length > second.length) first = first.slice(0, -1);
    else second = second.slice(0, -1);
  }
  return [first, second, suffix].filter((part) => part !== "").join("_");
}

function functionOf(expression: string | undefined): string {
  return /^([A-Za-z_]\w*)\s*\(/.exec(expression ?? "")?.[1]?.toLowerCase() ?? "expr";
}

function unused(table: Table, name: string): string {
  const isTaken = (wanted: string): boolean => [table.indexes, table.foreignKeys, table.checks].some((ones) => ones.some(named(wanted)));
  if (!isTaken(name)) return name;
  for (let i = 1; ; i++) if (!isTaken(`${name}${i}`)) return `${name}${i}`;
}
