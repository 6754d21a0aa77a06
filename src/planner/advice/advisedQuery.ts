import type { Schema } from "../../model/schema/schema.ts";
import type { SqlParser } from "../../syntax/sql.ts";
import type { Statistics } from "../statistics/statistics.ts";
import type { Advice, AdvisedQuery } from "./advice.ts";
import { scansOf } from "./scans.ts";

/** A statement with what it asks of its tables, or why it cannot be planned. The parser must be loaded. */
export function advisedQuery(name: string, sql: string, schema: Schema, parser: SqlParser): AdvisedQuery | { readonly why: string } {
  const parsed = parser.parse(sql);
  if (!parsed.ok) return { why: parsed.message };
  const [statement, more] = parsed.statements;
  if (statement === undefined || more !== undefined) return { why: "it is not one statement" };
  const kind = Object.keys(statement.stmt ?? {})[0] ?? "";
  if (!["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt"].includes(kind)) return { why: `${kind.replace(/Stmt$/, "")} has no plan` };
  return { name, sql, scans: scansOf(statement.stmt, schema) };
}

/** What a person must know who reads the plans: sizes that nobody has said, and how they were made. */
export function assumptions({ queries }: Advice, assumed: readonly string[], statistics: Statistics): readonly string[] {
  const tables = new Set(queries.flatMap(({ query }) => query.scans.map(({ table }) => table.name.toLowerCase())));
  const guessed = [...tables].filter((name) => statistics.tables.get(name)?.assumed === true).sort();
  const rows = new Map<number, string[]>();
  for (const name of guessed) {
    const many = statistics.tables.get(name)?.rows ?? 0;
    rows.set(many, [...(rows.get(many) ?? []), name]);
  }
  const sizes = [...rows].map(([many, names]) => `${many.toLocaleString("en")} rows in ${named(names)}: nobody says how many`);
  return [...sizes, ...assumed, "PostgreSQL 18 plans, in one process, with parameters of unknown value; text sorts by code point"];
}

const MOST_NAMES = 8;
const named = (names: readonly string[]): string =>
  names.length <= MOST_NAMES ? names.join(", ") : `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more tables`;
