import type { Schema } from "../../model/schema/schema.ts";
import { inner, isTree, list } from "../../syntax/sql/pgTree.ts";
import type { SqlParser } from "../../syntax/sql/sql.ts";
import { namesForPlaceholders } from "../placeholders.ts";
import type { Statistics } from "../statistics/statistics.ts";
import type { Advice } from "./advice.ts";
import type { AdvisedQuery, Writes } from "./query.ts";
import { scansOf } from "./scans.ts";

/** A statement with what it asks of its tables, or why it cannot be planned. The parser must be loaded. */
export function advisedQuery(name: string, sql: string, schema: Schema, parser: SqlParser): AdvisedQuery | { readonly why: string } {
  const parsed = parser.parse(namesForPlaceholders(sql));
  if (!parsed.ok) return { why: parsed.message };
  const [statement, more] = parsed.statements;
  if (statement === undefined || more !== undefined) return { why: "it is not one statement" };
  const kind = Object.keys(statement.stmt ?? {})[0] ?? "";
  if (!["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt"].includes(kind)) return { why: `${kind.replace(/Stmt$/, "")} has no plan` };
  return { name, sql, scans: scansOf(statement.stmt, schema), writes: writesOf(statement.stmt) };
}

/** What a statement writes; of statements inside of others nothing is told. */
function writesOf(statement: unknown): Writes | undefined {
  if (!isTree(statement)) return undefined;
  const [kind, written] = Object.entries(statement)[0] ?? [];
  if (!isTree(written) || (kind !== "InsertStmt" && kind !== "UpdateStmt" && kind !== "DeleteStmt")) return undefined;
  const table = String(inner(written, "relation")?.["relname"] ?? "").toLowerCase();
  const columns = list(written, "targetList").map((target) => String(inner(target, "ResTarget")?.["name"] ?? "").toLowerCase());
  return { kind: kind === "InsertStmt" ? "insert" : kind === "UpdateStmt" ? "update" : "delete", table, columns };
}

/** What a person must know who reads the plans: sizes that nobody has said, and how they were made. */
export function assumptions({ queries }: Advice, assumed: readonly string[], statistics: Statistics): readonly string[] {
  const tables = new Map(queries.flatMap(({ query }) => query.scans.map(({ table }) => [table.key, table] as const)));
  const guessed = [...tables.keys()].filter((name) => statistics.tables.get(name)?.assumed === true).sort();
  const alike = new Map<string, string[]>();
  for (const name of guessed) {
    const { rows = 0, because = "nobody says how many" } = statistics.tables.get(name) ?? {};
    const said = `${rows.toLocaleString("en")}\n${because}`;
    alike.set(said, [...(alike.get(said) ?? []), name]);
  }
  const sizes = [...alike].map(([said, names]) => {
    const [rows, because] = said.split("\n");
    return `${rows} rows in ${named(names, "tables")}: ${because}`;
  });
  const inOrder = guessed.flatMap((name) =>
    [...(tables.get(name)?.columns ?? [])].flatMap(([column, { type }]) =>
      /^(?:timestamp|date)/.test(type) && statistics.tables.get(name)?.columns.get(column)?.correlation === 1 ? [`${name}.${column}`] : [],
    ),
  );
  const order = inOrder.length === 0 ? [] : [`rows are written in the order of ${named(inOrder, "columns")}`];
  return [
    ...sizes,
    ...order,
    ...assumed,
    "PostgreSQL 18 plans, in one process, with parameters of unknown value; text sorts by code point",
  ];
}

const MOST_NAMES = 8;
const named = (names: readonly string[], what: string): string =>
  names.length <= MOST_NAMES ? names.join(", ") : `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more ${what}`;
