import { sqlName } from "../../model/schema/edits/migrationEdit.ts";
import { keyedAs } from "../../model/schema/fold/tableKeys.ts";
import type { Schema, Table } from "../../model/schema/schema.ts";
import { below, conjuncts, inner, isTree, list, names, selectsBelow, type Tree } from "../../syntax/sql/pgTree.ts";

/** How one query looks at one table, as far as an index could serve it. */
export interface TableScan {
  readonly table: Table;
  /** Columns that must equal something, `IN` and `IS NULL` included. */
  readonly equal: readonly string[];
  /** Of these, what is compared with a constant: SQL of the condition by column, which a partial index may have. */
  readonly constant: ReadonlyMap<string, string>;
  /** Columns that must equal a parameter, by its number. */
  readonly parameters: ReadonlyMap<number, string>;
  /** Columns that must equal an element of a parameter, by its number. */
  readonly lists: ReadonlyMap<number, string>;
  readonly ranges: readonly string[];
  /** The ends of ranges that are parameters: by number, the column, and whether it lies above. */
  readonly bounds: ReadonlyMap<number, { readonly column: string; readonly above: boolean }>;
  /** Equal to a column of another table. */
  readonly joined: readonly string[];
  /** `lower(column)` and the like, compared with something, or what the first rows are sorted by. */
  readonly expressions: readonly string[];
  /** Patterns that do not begin with fixed text. */
  readonly contains: readonly string[];
  /** Documents, arrays and vectors that must contain something, with the operator. */
  readonly documents: readonly { readonly column: string; readonly operator: string }[];
  readonly sort: readonly { readonly column: string; readonly descending: boolean; readonly nullsFirst: boolean }[];
  readonly limited: boolean;
  /** There are conditions, be they of a kind that no index here serves. */
  readonly filtered: boolean;
  /** All columns that the query needs of the table; undefined where it takes whole rows. */
  readonly needed: readonly string[] | undefined;
}

/** The scans of a statement, its subqueries included. `statement` is libpg-query's tree of it. */
export function scansOf(statement: unknown, schema: Schema): readonly TableScan[] {
  if (!isTree(statement)) return [];
  const changed = inner(statement, "UpdateStmt") ?? inner(statement, "DeleteStmt");
  const own =
    changed === undefined
      ? []
      : scansOfLevel(
          changed,
          [{ RangeVar: inner(changed, "relation") }, ...list(changed, "fromClause"), ...list(changed, "usingClause")],
          schema,
        );
  return [...own, ...selectsBelow(statement).flatMap((select) => scansOfSelect(select, schema))];
}

function scansOfSelect(select: Tree, schema: Schema): readonly TableScan[] {
  const [left, right] = [inner(select, "larg"), inner(select, "rarg")];
  const branches = [left, right].filter(isTree).flatMap((branch) => scansOfSelect(branch, schema));
  const { larg: _left, rarg: _right, ...own } = select;
  return [
    ...branches,
    ...scansOfLevel(select, list(select, "fromClause"), schema),
    ...selectsBelow(own).flatMap((nested) => scansOfSelect(nested, schema)),
  ];
}

/** What is gathered of one table. */
interface Open {
  readonly table: Table;
  readonly alias: string;
  readonly equal: Set<string>;
  readonly constant: Map<string, string>;
  readonly parameters: Map<number, string>;
  readonly lists: Map<number, string>;
  readonly ranges: Set<string>;
  readonly bounds: Map<number, { readonly column: string; readonly above: boolean }>;
  readonly joined: Set<string>;
  readonly expressions: Set<string>;
  readonly contains: Set<string>;
  readonly documents: { readonly column: string; readonly operator: string }[];
  sort: TableScan["sort"];
}

interface Column {
  readonly scan: Open;
  readonly column: string;
}

function scansOfLevel(level: Tree, from: readonly Tree[], schema: Schema): readonly TableScan[] {
  const opened: Open[] = [];
  const conditions: Tree[] = [...conjuncts(inner(level, "whereClause"))];
  let others = false;
  const open = (node: Tree): void => {
    const variable = inner(node, "RangeVar");
    const join = inner(node, "JoinExpr");
    if (join !== undefined) {
      for (const side of [inner(join, "larg"), inner(join, "rarg")]) if (side !== undefined) open(side);
      conditions.push(...conjuncts(inner(join, "quals")));
    } else if (variable === undefined) others = true;
    else {
      const name = String(variable["relname"] ?? "");
      const namespace = variable["schemaname"] === undefined ? undefined : String(variable["schemaname"]);
      const table = schema.tables.get(keyedAs({ namespace, name }, schema.tables));
      if (table === undefined) others = true;
      else opened.push(newOpen(table, String(inner(variable, "alias")?.["aliasname"] ?? name)));
    }
  };
  for (const node of from) open(node);
  const level_: Level = { opened, others };
  for (const condition of conditions) readCondition(condition, level_);
  readSort(level, level_);
  const limited = inner(level, "limitCount") !== undefined;
  return opened.map((scan) => closed(scan, limited, conditions.length > 0, neededOf(scan, level, from, level_)));
}

interface Level {
  readonly opened: readonly Open[];
  /** There are sources whose columns we do not know. */
  readonly others: boolean;
}

const newOpen = (table: Table, alias: string): Open => ({
  table,
  alias,
  equal: new Set(),
  constant: new Map(),
  parameters: new Map(),
  lists: new Map(),
  ranges: new Set(),
  bounds: new Map(),
  joined: new Set(),
  expressions: new Set(),
  contains: new Set(),
  documents: [],
  sort: [],
});

function closed(scan: Open, limited: boolean, filtered: boolean, needed: readonly string[] | undefined): TableScan {
  const { table, constant, parameters, documents, sort } = scan;
  return {
    table,
    equal: [...scan.equal],
    constant,
    parameters,
    ranges: [...scan.ranges].filter((column) => !scan.equal.has(column)),
    lists: scan.lists,
    bounds: scan.bounds,
    joined: [...scan.joined],
    expressions: [...scan.expressions],
    contains: [...scan.contains],
    documents,
    sort,
    limited,
    filtered,
    needed,
  };
}

/** The column that a reference means; undefined where several tables may have it. */
function columnOf(node: Tree | undefined, { opened, others }: Level): Column | undefined {
  const parts = names(list(inner(node, "ColumnRef"), "fields"));
  const column = parts.at(-1)?.toLowerCase();
  if (column === undefined) return undefined;
  if (parts.length > 1) {
    const alias = parts.at(-2)?.toLowerCase();
    const scan = opened.find((candidate) => candidate.alias.toLowerCase() === alias);
    return scan?.table.columns.has(column) === true ? { scan, column } : undefined;
  }
  const having = opened.filter(({ table }) => table.columns.has(column));
  const [only, more] = having;
  return only === undefined || more !== undefined || others ? undefined : { scan: only, column };
}

const RANGES = new Set(["<", "<=", ">", ">="]);
const DOCUMENTS = new Set(["@>", "<@", "?", "?|", "?&", "@@", "@?", "&&"]);

function readCondition(condition: Tree, level: Level): void {
  const test = inner(condition, "NullTest");
  if (test !== undefined) {
    const found = columnOf(inner(test, "arg"), level);
    if (found === undefined) return;
    const denied = test["nulltesttype"] === "IS_NOT_NULL";
    if (!denied) found.scan.equal.add(found.column);
    found.scan.constant.set(found.column, `IS ${denied ? "NOT " : ""}NULL`);
    return;
  }
  const bare = columnOf(condition, level) ?? columnOf(list(inner(condition, "BoolExpr"), "args")[0], level);
  if (bare !== undefined && (inner(condition, "ColumnRef") !== undefined || inner(condition, "BoolExpr")?.["boolop"] === "NOT_EXPR")) {
    bare.scan.equal.add(bare.column);
    bare.scan.constant.set(bare.column, inner(condition, "ColumnRef") === undefined ? "= false" : "= true");
    return;
  }
  const among = inner(condition, "SubLink");
  if (among?.["subLinkType"] === "ANY_SUBLINK") {
    // `owner_id in (select …)` is joined to what the subquery gives.
    const found = columnOf(inner(among, "testexpr"), level);
    found?.scan.joined.add(found.column);
    return;
  }
  const expression = inner(condition, "A_Expr");
  if (expression === undefined) return;
  const operator = names(list(expression, "name")).at(-1) ?? "";
  const [left, right] = [inner(expression, "lexpr"), inner(expression, "rexpr")];
  const [a, b] = [columnOf(left, level), columnOf(right, level)];
  switch (expression["kind"]) {
    case "AEXPR_OP":
      if (a !== undefined && b !== undefined) {
        if (operator === "=" && a.scan !== b.scan) {
          a.scan.joined.add(a.column);
          b.scan.joined.add(b.column);
        }
      } else if (operator === "=") {
        equals(a, right);
        equals(b, left);
        if (a === undefined && b === undefined) expressionOf(left, level);
      } else if (RANGES.has(operator)) {
        (a ?? b)?.scan.ranges.add((a ?? b)?.column as string);
        bounds(a, right, operator.startsWith(">"));
        bounds(b, left, operator.startsWith("<"));
        if (a === undefined && b === undefined) expressionOf(left, level);
      } else if (DOCUMENTS.has(operator) && a !== undefined) a.scan.documents.push({ column: a.column, operator });
      return;
    case "AEXPR_OP_ANY":
      if (operator === "=") lists(a, right);
      return;
    case "AEXPR_IN":
      if (operator === "=") a?.scan.equal.add(a.column);
      return;
    case "AEXPR_BETWEEN":
      a?.scan.ranges.add(a.column);
      for (const [i, end] of list(inner(right, "List"), "items").entries()) bounds(a, end, i === 0);
      return;
    case "AEXPR_LIKE":
    case "AEXPR_ILIKE": {
      const start = String(inner(inner(right, "A_Const"), "sval")?.["sval"] ?? "");
      if (a !== undefined && operator.startsWith("~~") && (start === "" || /^[%_]/.test(start) || expression["kind"] === "AEXPR_ILIKE"))
        a.scan.contains.add(a.column);
    }
  }
}

function equals(found: Column | undefined, value: Tree | undefined): void {
  if (found === undefined) return;
  found.scan.equal.add(found.column);
  const parameter = parameterOf(value);
  if (parameter !== undefined) found.scan.parameters.set(parameter, found.column);
  const constant = constantOf(value);
  if (constant !== undefined) found.scan.constant.set(found.column, `= ${constant}`);
}

function lists(found: Column | undefined, value: Tree | undefined): void {
  found?.scan.equal.add(found.column);
  const parameter = parameterOf(value);
  if (found !== undefined && parameter !== undefined) found.scan.lists.set(parameter, found.column);
}

function bounds(found: Column | undefined, value: Tree | undefined, above: boolean): void {
  const parameter = parameterOf(value);
  if (found !== undefined && parameter !== undefined) found.scan.bounds.set(parameter, { column: found.column, above });
}

function parameterOf(value: Tree | undefined): number | undefined {
  const parameter = inner(value, "ParamRef") ?? inner(inner(inner(value, "TypeCast"), "arg"), "ParamRef");
  return parameter === undefined ? undefined : Number(parameter["number"] ?? 0);
}

/** A constant as SQL; a cast of one too. */
function constantOf(node: Tree | undefined): string | undefined {
  const constant = inner(node, "A_Const") ?? inner(inner(inner(node, "TypeCast"), "arg"), "A_Const");
  if (constant === undefined || constant["isnull"] === true) return undefined;
  if (inner(constant, "sval") !== undefined) return `'${String(inner(constant, "sval")?.["sval"] ?? "").replaceAll("'", "''")}'`;
  if (inner(constant, "boolval") !== undefined) return String(inner(constant, "boolval")?.["boolval"] === true);
  return inner(constant, "ival") === undefined ? undefined : String(inner(constant, "ival")?.["ival"] ?? 0);
}

/** What is computed from one column and constants. Whether it may be indexed, PostgreSQL says when it is asked to. */
function expressionOf(node: Tree | undefined, level: Level): void {
  const read = computed(node, level);
  if (read?.from !== undefined && inner(node, "ColumnRef") === undefined) read.from.expressions.add(read.text);
}

interface Computed {
  readonly text: string;
  /** The one table whose column it is computed from. */
  readonly from: Open | undefined;
}

function computed(node: Tree | undefined, level: Level): Computed | undefined {
  const column = columnOf(node, level);
  if (column !== undefined)
    return { text: sqlName(column.scan.table.columns.get(column.column)?.name ?? column.column), from: column.scan };
  const cast = inner(node, "TypeCast");
  if (cast !== undefined) {
    const [value, type] = [computed(inner(cast, "arg"), level), inner(cast, "typeName")];
    const name = names(list(type, "names")).at(-1);
    const plain = list(type, "typmods").length === 0 && list(type, "arrayBounds").length === 0;
    return value === undefined || name === undefined || !plain
      ? undefined
      : { text: `(${value.text})::${sqlName(name)}`, from: value.from };
  }
  const call = inner(node, "FuncCall");
  if (call === undefined) {
    const text = constantOf(node);
    return text === undefined ? undefined : { text, from: undefined };
  }
  const parts = list(call, "args").map((argument) => computed(argument, level));
  const sources = parts.flatMap((part) => part?.from ?? []);
  if (parts.length === 0 || parts.includes(undefined) || sources.length !== 1) return undefined;
  const name = names(list(call, "funcname")).map(sqlName).join(".");
  return { text: `${name}(${parts.map((part) => part?.text).join(", ")})`, from: sources[0] };
}

/** The order, where all keys are columns of one table. */
function readSort(level: Tree, known: Level): void {
  if (list(level, "groupClause").length > 0 || list(level, "distinctClause").length > 0) return;
  const keys = list(level, "sortClause").map((node) => {
    const sort = inner(node, "SortBy");
    const found = columnOf(inner(sort, "node"), known);
    const descending = sort?.["sortby_dir"] === "SORTBY_DESC";
    const nulls = sort?.["sortby_nulls"];
    const nullsFirst = nulls === "SORTBY_NULLS_FIRST" || (nulls !== "SORTBY_NULLS_LAST" && descending);
    return found === undefined ? undefined : { descending, nullsFirst, ...found };
  });
  const [first] = keys;
  const [only, more] = list(level, "sortClause");
  // The first rows in the order of what is computed.
  if (first === undefined && more === undefined && inner(level, "limitCount") !== undefined)
    expressionOf(inner(inner(only, "SortBy"), "node"), known);
  if (first === undefined || !keys.every((key) => key !== undefined && key.scan === first.scan)) return;
  first.scan.sort = keys.flatMap((key) =>
    key === undefined ? [] : [{ column: key.column, descending: key.descending, nullsFirst: key.nullsFirst }],
  );
}

/** The columns that are named anywhere; undefined where whole rows are taken, or a name may be another table's. */
function neededOf(scan: Open, level: Tree, from: readonly Tree[], known: Level): readonly string[] | undefined {
  const needed = new Set<string>();
  if (selectsBelow({ ...level, fromClause: undefined }).length > 0) return undefined;
  for (const reference of [...below({ ...level, larg: undefined, rarg: undefined }, "ColumnRef"), ...below(from, "ColumnRef")]) {
    const node = { ColumnRef: reference };
    const parts = names(list(reference, "fields"));
    if (parts.at(-1) === "*") {
      if (parts.length === 1 || parts.at(-2)?.toLowerCase() === scan.alias.toLowerCase()) return undefined;
      continue;
    }
    const found = columnOf(node, known);
    if (found === undefined && scan.table.columns.has(parts.at(-1)?.toLowerCase() ?? "") && parts.length === 1) return undefined;
    if (found?.scan === scan) needed.add(found.column);
  }
  return [...needed];
}
