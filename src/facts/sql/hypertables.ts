import type { CreateStmt, FuncCall } from "libpg-query";
import { everywhere } from "../../syntax/sql/pgTree.ts";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import { allOf, nameOf, tableName } from "./parseTree.ts";
import type { Hypertable, TableName } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/**
 * TimescaleDB cuts a table into chunks by time: `SELECT create_hypertable('readings', 'time')`, `by_range('time')` since 2.13. It makes an
 * index on the time unless it is told not to, and one on what the table is cut by besides.
 * https://docs.timescale.com/api/latest/hypertable/create_hypertable/
 */
export function hypertablesIn(node: SqlNode, source: StatementText): readonly Hypertable[] {
  if (!/create_hypertable/i.test(source.text)) return [];
  return everywhere(node, "FuncCall").flatMap((call) => hypertableOf(call as FuncCall, source));
}

function hypertableOf({ funcname, args }: FuncCall, source: StatementText): readonly Hypertable[] {
  if (nameOf(funcname) !== "create_hypertable") return [];
  const positional = (args ?? []).filter((arg) => !("NamedArgExpr" in arg));
  const given = (name: string, position: number): SqlNode | undefined => namedArgument(args, name) ?? positional[position];
  const time = given("time_column_name", 1) ?? namedArgument(args, "dimension");
  const range = time !== undefined && "FuncCall" in time ? time.FuncCall.args?.[0] : time;
  const [table, column] = [textOf(given("relation", 0)), textOf(range)];
  if (table === undefined || column === undefined) return [];
  const space = textOf(given("partitioning_column", 2));
  return [hypertable(tableNamed(table), column, space, isFalse(namedArgument(args, "create_default_indexes")), source)];
}

/** `CREATE TABLE … WITH (tsdb.hypertable, tsdb.partition_column = 'time')`, since 2.20. */
export function hypertableMade(statement: CreateStmt, source: StatementText): readonly Hypertable[] {
  const options = new Map<string, SqlNode | undefined>();
  for (const option of statement.options ?? [])
    if ("DefElem" in option && /^(?:tsdb|timescaledb)$/i.test(option.DefElem.defnamespace ?? ""))
      options.set(option.DefElem.defname?.toLowerCase() ?? "", option.DefElem.arg);
  if (!options.has("hypertable")) return [];
  const columns = allOf(statement.tableElts, "ColumnDef");
  const first = columns.find(({ typeName }) => /^(?:timestamp|timestamptz|date)$/.test(nameOf(typeName?.names)));
  const time = textOf(options.get("partition_column")) ?? first?.colname;
  return time === undefined
    ? []
    : [hypertable(tableName(statement.relation), time, undefined, isFalse(options.get("create_default_indexes")), source)];
}

const hypertable = (table: TableName, time: string, space: string | undefined, isPlain: boolean, { span }: StatementText): Hypertable => ({
  kind: "hypertable",
  table,
  time,
  ...(space !== undefined && { space }),
  indexed: !isPlain,
  at: span,
});

function namedArgument(args: readonly SqlNode[] | undefined, name: string): SqlNode | undefined {
  for (const arg of args ?? []) if ("NamedArgExpr" in arg && arg.NamedArgExpr.name === name) return arg.NamedArgExpr.arg;
  return undefined;
}

/** The text of a constant, cast or not, or of one word. */
function textOf(node: SqlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if ("TypeCast" in node) return textOf(node.TypeCast.arg);
  if ("String" in node) return node.String.sval;
  if ("TypeName" in node) return nameOf(node.TypeName.names);
  return "A_Const" in node ? node.A_Const.sval?.sval : undefined;
}

const isFalse = (node: SqlNode | undefined): boolean =>
  node !== undefined &&
  (("A_Const" in node && node.A_Const.boolval !== undefined && node.A_Const.boolval.boolval !== true) || textOf(node) === "false");

/** A text that is read as the name of a table: `metrics."Hourly"`. */
function tableNamed(text: string): TableName {
  const parts = (text.match(/"(?:[^"]|"")+"|[^.]+/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.trim().toLowerCase(),
  );
  return { namespace: parts.at(-2), name: parts.at(-1) ?? "" };
}
