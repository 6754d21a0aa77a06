import type { SelectStmt } from "libpg-query";
import { everywhere, list, names } from "../../syntax/sql/pgTree.ts";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import { typeOf } from "./constraints.ts";
import { namesOf, tableName } from "./parseTree.ts";
import type { SelectedColumn, TableName } from "./sqlFacts.ts";

/** A table in FROM, with the name that columns are qualified by. */
interface Source {
  readonly alias: string;
  readonly table: TableName;
}

/** The relations that a query reads, subqueries too; lower case, without the PostgreSQL schema, those of WITH left out. */
export function relationsRead(query: SelectStmt | undefined): readonly string[] {
  const own = new Set(everywhere(query, "CommonTableExpr").map(({ ctename }) => String(ctename).toLowerCase()));
  const read = everywhere(query, "RangeVar").flatMap(({ relname, schemaname }) => {
    const name = String(relname).toLowerCase();
    return schemaname === undefined && own.has(name) ? [] : [name];
  });
  return [...new Set(read)].sort();
}

/**
 * What a query names anywhere, lower case: `orders.code`, `orders.*`, and `code` where it does not say whose column that is. A view cannot
 * be without any of these.
 */
export function columnsUsed(query: SelectStmt | undefined): readonly string[] {
  const tables = new Map<string, Set<string>>();
  for (const { relname, alias } of everywhere(query, "RangeVar")) {
    const called = String((alias as { aliasname?: string } | undefined)?.aliasname ?? relname).toLowerCase();
    tables.set(called, (tables.get(called) ?? new Set()).add(String(relname).toLowerCase()));
  }
  const used = new Set<string>();
  for (const reference of everywhere(query, "ColumnRef")) {
    const parts = names(list(reference, "fields")).map((part) => part.toLowerCase());
    const [column = "", qualifier] = [parts.at(-1), parts.at(-2)];
    if (qualifier === undefined && column !== "*") used.add(column);
    const of = qualifier === undefined ? (column === "*" ? [...tables.values()] : []) : [tables.get(qualifier) ?? []];
    for (const ones of of) for (const table of ones) used.add(`${table}.${column}`);
  }
  // Both sides of a join have what it says behind USING.
  const all = [...tables.values()].flatMap((ones) => [...ones]);
  for (const join of everywhere(query, "JoinExpr"))
    for (const column of names(list(join, "usingClause"))) for (const table of all) used.add(`${table}.${column.toLowerCase()}`);
  return [...used].sort();
}

/** Where the columns of a query's result come from, in their order; undefined where some of that is not read. */
export function selectedColumns(query: SelectStmt | undefined): readonly SelectedColumn[] | undefined {
  if (query?.targetList === undefined || query.withClause !== undefined || (query.op ?? "SETOP_NONE") !== "SETOP_NONE") return undefined;
  const sources = sourcesIn(query.fromClause ?? []);
  if (sources === undefined) return undefined;
  const columns: SelectedColumn[] = [];
  for (const target of query.targetList) {
    const read =
      "ResTarget" in target && target.ResTarget.val !== undefined
        ? columnsOf(target.ResTarget.val, target.ResTarget.name, sources)
        : undefined;
    if (read === undefined) return undefined;
    columns.push(...read);
  }
  return columns;
}

/** Of a view: undefined also where its rows are not those of its tables, put together. */
export function viewedColumns(query: SelectStmt | undefined, names: readonly string[]): readonly SelectedColumn[] | undefined {
  if (query === undefined || REDUCED.some((clause) => query[clause] !== undefined)) return undefined;
  const columns = selectedColumns(query);
  if (columns === undefined || query.targetList?.some(isReduced) === true) return undefined;
  if (names.length === 0) return columns;
  return columns.length < names.length || columns.some((column) => "all" in column)
    ? undefined
    : columns.map((column, i) => ({ ...column, name: names[i] ?? ("name" in column ? column.name : "") }));
}

const REDUCED = ["distinctClause", "groupClause", "havingClause", "windowClause", "limitCount", "limitOffset", "lockingClause"] as const;

/** Aggregates, windows, and functions that give several rows. */
function isReduced(target: SqlNode): boolean {
  const value = "ResTarget" in target ? target.ResTarget.val : undefined;
  if (value === undefined || !("FuncCall" in value)) return false;
  const { funcname, over, agg_star, agg_filter } = value.FuncCall;
  if (over !== undefined || agg_star === true || agg_filter !== undefined) return true;
  return /^(?:count|sum|min|max|avg|every|bool_(?:and|or)|(?:array|string|jsonb?|jsonb?_object|range)_agg|unnest|generate_series|jsonb?_array_elements(?:_text)?|jsonb?_each(?:_text)?)$/.test(
    namesOf(funcname).at(-1) ?? "",
  );
}

/** The tables of FROM; undefined where there is something else, or a join that makes one column of two. */
function sourcesIn(from: readonly SqlNode[]): readonly Source[] | undefined {
  const sources: Source[] = [];
  for (const node of from) {
    if ("RangeVar" in node)
      sources.push({ alias: node.RangeVar.alias?.aliasname ?? node.RangeVar.relname ?? "", table: tableName(node.RangeVar) });
    else if ("JoinExpr" in node) {
      const { larg, rarg, usingClause, isNatural } = node.JoinExpr;
      const inner =
        usingClause !== undefined || isNatural === true || larg === undefined || rarg === undefined ? undefined : sourcesIn([larg, rarg]);
      if (inner === undefined) return undefined;
      sources.push(...inner);
    } else return undefined;
  }
  return sources;
}

function columnsOf(value: SqlNode, as: string | undefined, sources: readonly Source[]): readonly SelectedColumn[] | undefined {
  if ("ColumnRef" in value) {
    const fields = value.ColumnRef.fields ?? [];
    const names = namesOf(fields);
    const isAll = "A_Star" in (fields.at(-1) ?? {});
    const alias = isAll ? names.at(-1) : names.at(-2);
    const meant = alias === undefined ? sources : sources.filter((source) => source.alias === alias);
    if (isAll) return meant.map(({ table }) => ({ all: table }));
    const column = names.at(-1);
    return column === undefined ? undefined : [{ name: as ?? column, tables: meant.map(({ table }) => table), column }];
  }
  if ("TypeCast" in value) {
    const name = as ?? nameOfCast(value.TypeCast.arg);
    return name === undefined ? undefined : [{ name, type: typeOf(value.TypeCast.typeName) }];
  }
  return as === undefined ? undefined : [{ name: as, type: isCount(value) ? "int8" : "" }];
}

/** A cast is named after the column that it casts. */
function nameOfCast(arg: SqlNode | undefined): string | undefined {
  return arg !== undefined && "ColumnRef" in arg ? namesOf(arg.ColumnRef.fields).at(-1) : undefined;
}

const isCount = (value: SqlNode): boolean => "FuncCall" in value && namesOf(value.FuncCall.funcname).join() === "count";
