import { everywhere, inner, isTree, list, names, type Tree } from "../../../syntax/sql/pgTree.ts";
import type { SqlParser } from "../../../syntax/sql/sql.ts";
import { type Known, knownValue } from "./knownValues.ts";

/** A call of a function, lower case, with what it is given. */
export interface KnownCall {
  readonly name: string;
  readonly given: readonly Known[];
}

/** What a statement of a body runs, once for each turn of the loops around it; undefined where a run decides what it is. */
export interface Built {
  readonly texts: readonly (string | undefined)[];
  readonly calls: readonly KnownCall[];
}

/** So many times all loops of a body turn. */
const MOST_TURNS = 2_000;

/**
 * What `EXECUTE` and `PERFORM` of a body run, by their line in it, in the order in which they stand there. Every branch counts as taken;
 * loops turn as often as the numbers or the array say that they walk over.
 */
export function builtIn(text: string, given: readonly Known[], parser: SqlParser): ReadonlyMap<number, readonly Built[]> {
  const parsed = parser.parseFunction(text);
  const body = isTree(parsed) ? inner(list(parsed, "plpgsql_funcs")[0], "PLpgSQL_function") : undefined;
  return body === undefined ? new Map() : new Walk(body, given, parser).built();
}

class Walk {
  readonly #parser: SqlParser;
  readonly #body: Tree;
  readonly #names: readonly string[];
  readonly #values: Known[];
  readonly #built = new Map<Tree, { line: number; texts: (string | undefined)[]; calls: KnownCall[] }>();
  readonly #parsed = new Map<string, readonly Tree[]>();
  #turns = 0;

  constructor(body: Tree, given: readonly Known[], parser: SqlParser) {
    this.#parser = parser;
    this.#body = body;
    const variables = list(body, "datums").map((datum) => inner(datum, "PLpgSQL_var"));
    this.#names = variables.map((variable) => String(variable?.["refname"] ?? "").toLowerCase());
    const parameters = Math.max(0, this.#names.indexOf("found"));
    this.#values = this.#names.map((_, i) => (i < parameters ? given[i] : undefined));
    for (const [i, variable] of variables.entries())
      if (i > parameters) this.#values[i] = this.#value(inner(inner(variable, "default_val"), "PLpgSQL_expr"));
  }

  built(): ReadonlyMap<number, readonly Built[]> {
    this.#walk(this.#body["action"]);
    const byLine = new Map<number, Built[]>();
    for (const one of this.#built.values()) byLine.set(one.line, [...(byLine.get(one.line) ?? []), one]);
    return byLine;
  }

  #walk(node: unknown): void {
    if (Array.isArray(node)) for (const one of node) this.#walk(one);
    if (!isTree(node)) return;
    for (const [kind, value] of Object.entries(node)) {
      if (!isTree(value)) this.#walk(value);
      else if (kind.startsWith("PLpgSQL_stmt_")) this.#statement(kind.slice("PLpgSQL_stmt_".length), value);
      else if (kind !== "PLpgSQL_expr") this.#walk(value);
    }
  }

  #statement(kind: string, statement: Tree): void {
    const expression = (key: string): Tree | undefined => inner(inner(statement, key), "PLpgSQL_expr");
    switch (kind) {
      case "assign":
        this.#set(Number(statement["varno"] ?? 0), this.#value(expression("expr")));
        break;
      case "execsql":
        this.#into(statement, this.#targets(expression("sqlstmt")));
        break;
      case "dynexecute": {
        const text = list(statement, "params").length > 0 ? undefined : this.#value(expression("query"));
        this.#of(statement).texts.push(typeof text === "string" ? text : undefined);
        this.#into(statement, []);
        break;
      }
      case "perform":
        this.#of(statement).calls.push(...this.#calls(expression("expr")));
        break;
      case "foreach_a": {
        const items = this.#value(expression("expr"));
        this.#loop(Number(statement["varno"] ?? 0), Array.isArray(items) ? items : undefined, statement["body"]);
        break;
      }
      case "fori": {
        const name = String(inner(inner(statement, "var"), "PLpgSQL_var")?.["refname"] ?? "").toLowerCase();
        const [from, to] = [this.#value(expression("lower")), this.#value(expression("upper"))].map(Number);
        // `REVERSE` and `BY` go other ways.
        const isPlain = !("step" in statement || "reverse" in statement);
        this.#loop(this.#names.lastIndexOf(name), isPlain ? numbersBetween(from, to) : undefined, statement["body"]);
        break;
      }
      default:
        // What a branch or a loop over rows leaves in a variable is known to nobody.
        for (const [key, value] of Object.entries(statement)) if (key !== "query") this.#walk(value);
        if (kind !== "block") this.#forget(statement);
    }
  }

  #loop(variable: number, items: readonly string[] | undefined, body: unknown): void {
    if (items === undefined) this.#forget(body);
    for (const item of items ?? [undefined]) {
      if (++this.#turns > MOST_TURNS) return;
      this.#set(variable, item);
      this.#walk(body);
    }
  }

  #set(variable: number, value: Known): void {
    if (variable >= 0) this.#values[variable] = value;
  }

  /** The variables that a statement anywhere below sets. */
  #forget(node: unknown): void {
    if (Array.isArray(node)) for (const one of node) this.#forget(one);
    if (!isTree(node)) return;
    const set = inner(node, "PLpgSQL_stmt_assign");
    if (set !== undefined) this.#set(Number(set["varno"] ?? 0), undefined);
    this.#into(node, []);
    for (const value of Object.values(node)) this.#forget(value);
  }

  /** `INTO`: what a query without a FROM asks for, or nothing that is known. */
  #into(statement: Tree, values: readonly Known[]): void {
    const row = inner(inner(statement, "target"), "PLpgSQL_row");
    for (const [i, field] of list(row, "fields").entries()) this.#set(Number(field["varno"] ?? 0), values[i]);
  }

  #targets(expression: Tree | undefined): readonly Known[] {
    const [select] = this.#select(String(expression?.["query"] ?? ""));
    if (select === undefined || "fromClause" in select) return [];
    return list(select, "targetList").map((target) => this.#known(inner(target, "ResTarget")?.["val"]));
  }

  #calls(expression: Tree | undefined): readonly KnownCall[] {
    const [select] = this.#select(String(expression?.["query"] ?? ""));
    return callsIn(select).map(({ name, args }) => ({ name, given: args.map((one) => this.#known(one)) }));
  }

  #value(expression: Tree | undefined): Known {
    const query = expression?.["query"];
    if (typeof query !== "string") return undefined;
    const isAssignment = Number(expression?.["parseMode"] ?? 0) >= 3;
    const [select] = this.#select(`SELECT ${isAssignment ? query.replace(/^[^=]*=\s*/, "") : query}`);
    const [target] = list(select, "targetList");
    return select === undefined || "fromClause" in select ? undefined : this.#known(inner(target, "ResTarget")?.["val"]);
  }

  #known(node: unknown): Known {
    return knownValue(node, (name) => {
      const position = /^\$(\d+)$/.exec(name)?.[1];
      return this.#values[position === undefined ? this.#names.lastIndexOf(name.toLowerCase()) : Number(position) - 1];
    });
  }

  #select(text: string): readonly Tree[] {
    const before = this.#parsed.get(text);
    if (before !== undefined) return before;
    const parsed = this.#parser.parse(text);
    const statements = parsed.ok ? parsed.statements.map(({ stmt }): unknown => stmt) : [];
    const known = statements.flatMap((stmt): readonly Tree[] => {
      const select = isTree(stmt) ? inner(stmt, "SelectStmt") : undefined;
      return select === undefined ? [] : [select];
    });
    this.#parsed.set(text, known);
    return known;
  }

  #of(statement: Tree): { texts: (string | undefined)[]; calls: KnownCall[] } {
    let one = this.#built.get(statement);
    if (one === undefined) this.#built.set(statement, (one = { line: Number(statement["lineno"] ?? 1), texts: [], calls: [] }));
    return one;
  }
}

/** From one to the other; undefined where one of them is none, where there are none between them, or too many. */
function numbersBetween(from = Number.NaN, to = Number.NaN): readonly string[] | undefined {
  const count = to - from + 1;
  return count >= 0 && count <= MOST_TURNS ? Array.from({ length: count }, (_, i) => String(from + i)) : undefined;
}

/** The functions that `SELECT f()`, `SELECT * FROM f()` and `CALL f()` call, lower case. */
export function callsIn(select: Tree | undefined): readonly { readonly name: string; readonly args: readonly Tree[] }[] {
  const from = list(select, "fromClause");
  const called = from.length === 0 ? list(select, "targetList") : from.filter((one) => "RangeFunction" in one);
  return everywhere(called, "FuncCall").map((call) => ({
    name: (names(list(call, "funcname")).at(-1) ?? "").toLowerCase(),
    args: list(call, "args"),
  }));
}
