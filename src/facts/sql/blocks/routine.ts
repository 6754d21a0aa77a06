import { bodyStatement, conjuncts, everywhere, inner, isTree, list, names, selectsBelow, type Tree } from "../../../syntax/sql/pgTree.ts";
import {
  blockVariables,
  type RoutineVariables,
  readsTables,
  routineLanguage,
  sqlVariables,
  withVariables,
} from "../../../syntax/sql/routineVariables.ts";
import type { SqlNode, SqlParser } from "../../../syntax/sql/sql.ts";
import { splitStatements } from "../../../syntax/sql/sqlSplitter.ts";
import type { Span } from "../../../text/positions.ts";
import type { TableName } from "../sqlFacts.ts";
import type { StatementText } from "../statementText.ts";

/** What the PL/pgSQL body of a function, a procedure or a DO block does, as far as it stands there as statements. */
export interface RoutineFacts {
  /** Statements that write once for each row that a loop walks over, in the order of the text. */
  readonly loopWrites: readonly LoopWrite[];
  /** Looks at one table, in the order of the text. */
  readonly looks: readonly Look[];
  /** Of a function and a procedure, PL/pgSQL or SQL: its statements on tables and calls of others, in the order of the text. */
  readonly queries?: readonly RoutineText[];
}

export interface RoutineText {
  /** With `:name` for variables and `:row.field` for fields of rows that the body holds. */
  readonly text: string;
  /** Its first line. */
  readonly at: Span;
}

export interface LoopWrite {
  readonly verb: "insert" | "update" | "delete";
  readonly table: TableName;
  /** Its first line. */
  readonly at: Span;
  readonly loop: RowLoop;
}

/** A loop over the rows of a query. */
export interface RowLoop {
  /** The table that the query reads first; undefined where it reads none, or is put together at run time. */
  readonly over: TableName | undefined;
  /** The line that opens it. */
  readonly at: Span;
}

export interface Look {
  readonly table: TableName;
  /** Of each condition of equality that must hold, the plain names on both sides: columns of the table, or variables. */
  readonly equals: readonly (readonly string[])[];
  readonly at: Span;
  /** The loop that it stands in. */
  readonly loop?: RowLoop;
}

/** Undefined where a body is neither PL/pgSQL nor SQL, or asks no table anything. */
export function routineFacts(node: SqlNode, source: StatementText, parser: SqlParser): RoutineFacts | undefined {
  const made = "CreateFunctionStmt" in node ? (node.CreateFunctionStmt as Tree) : undefined;
  if (made === undefined && !("DoStmt" in node)) return undefined;
  if (made !== undefined && routineLanguage(made) === "sql") {
    const queries = sqlQueries(made, source, parser);
    return queries.length === 0 ? undefined : { loopWrites: [], looks: [], queries };
  }
  if (made === undefined ? !/\bloop\b/i.test(source.text) : !/\b(?:from|into|update)\b/i.test(source.text)) return undefined;
  const tree = parser.parseFunction(source.text);
  if (!isTree(tree)) return undefined;
  const reader = new BodyReader(source, parser, made === undefined ? undefined : blockVariables(tree));
  reader.walk(tree, undefined);
  const { loopWrites, looks, queries } = reader;
  if (loopWrites.length + looks.length + queries.length === 0) return undefined;
  return { loopWrites, looks, ...(queries.length > 0 && { queries }) };
}

/** The statements of a function in SQL whose body is a quoted text. */
function sqlQueries(made: Tree, source: StatementText, parser: SqlParser): readonly RoutineText[] {
  const open = /\$\w*\$/.exec(source.text);
  const start = open === null ? 0 : open.index + open[0].length;
  const close = open === null ? -1 : source.text.indexOf(open[0], start);
  if (close < 0) return [];
  const body = source.text.slice(start, close);
  const variables = sqlVariables(made);
  return splitStatements(body).flatMap((piece): readonly RoutineText[] => {
    const text = withVariables(body.slice(piece.start, piece.end), variables, parser, named);
    if (text === undefined || !isKept(text)) return [];
    const from = source.start + start + piece.start;
    const [line = ""] = body.slice(piece.start, piece.end).split("\n");
    return [{ text, at: { start: from, end: from + line.trimEnd().length } }];
  });
}

/** What reads tables, or calls another function that may. */
const isKept = (sql: string): boolean => readsTables(sql) || /^\s*(?:select|call)\s+[\w."]+\s*\(/i.test(sql);

const named = (name: string): string => `:${name}`;

const LOOKING_WORDS = "select|perform|if|return";
const FIRST_WORDS = `with|insert|update|delete|for|${LOOKING_WORDS}`;
const VERBS = { InsertStmt: "insert", UpdateStmt: "update", DeleteStmt: "delete" } as const;

class BodyReader {
  readonly loopWrites: LoopWrite[] = [];
  readonly looks: Look[] = [];
  readonly queries: RoutineText[] = [];
  readonly #variables: RoutineVariables | undefined;
  readonly #source: StatementText;
  readonly #parser: SqlParser;
  /** Offsets in the statement at which the lines of the body start. */
  readonly #lines: readonly number[];

  /** `variables` of a function, whose statements are kept. */
  constructor(source: StatementText, parser: SqlParser, variables: RoutineVariables | undefined) {
    this.#variables = variables;
    this.#source = source;
    this.#parser = parser;
    const open = /\$\w*\$/.exec(source.text);
    const start = open === null ? 0 : open.index + open[0].length;
    this.#lines = [start, ...[...source.text.slice(start).matchAll(/\n/g)].map(({ index }) => start + index + 1)];
  }

  /** `loop` is the innermost one over rows. */
  walk(node: unknown, loop: RowLoop | undefined): void {
    if (Array.isArray(node)) {
      for (const one of node) this.walk(one, loop);
      return;
    }
    if (!isTree(node)) return;
    for (const [kind, value] of Object.entries(node)) {
      if (!isTree(value) && !Array.isArray(value)) continue;
      if (isTree(value) && kind.startsWith("PLpgSQL_stmt_")) this.#statement(kind, value, loop);
      else this.walk(value, loop);
    }
  }

  #statement(kind: string, statement: Tree, loop: RowLoop | undefined): void {
    const line = Number(statement["lineno"] ?? 1);
    const walksRows = kind === "PLpgSQL_stmt_fors" || kind === "PLpgSQL_stmt_forc" || kind === "PLpgSQL_stmt_dynfors";
    const around = walksRows ? (isNeeded(statement["body"]) ? undefined : this.#loop(statement, line)) : loop;
    const isLoop = walksRows || kind === "PLpgSQL_stmt_while" || kind === "PLpgSQL_stmt_loop";
    for (const sql of statementsOf(statement)) this.#query(sql, statement["into"] === true, line, loop);
    // What runs only where a column has got another value runs seldom.
    if (kind === "PLpgSQL_stmt_if" && ASKS_FOR_CHANGE.test(String(inner(inner(statement, "cond"), "PLpgSQL_expr")?.["query"]))) return;
    for (const [key, value] of Object.entries(statement)) {
      // Where a loop ends by itself, nobody knows how often it turns.
      const within = key !== "body" ? loop : isLoop && !walksRows ? undefined : around;
      if (!(isTree(value) && "PLpgSQL_expr" in value)) this.walk(value, within);
    }
  }

  #loop(statement: Tree, line: number): RowLoop {
    const query = inner(inner(statement, "query"), "PLpgSQL_expr")?.["query"];
    const parsed = this.#parser.parse(typeof query === "string" ? query : "");
    const first = parsed.ok ? selectsBelow(parsed.statements[0]?.stmt)[0] : undefined;
    const read = tablesIn(first === undefined ? undefined : first["fromClause"])[0];
    return { over: read, at: this.#place(line, "for") };
  }

  /** `keeps`: its result goes into variables. */
  #query(sql: string, keeps: boolean, line: number, loop: RowLoop | undefined): void {
    const parsed = this.#parser.parse(sql);
    if (!parsed.ok) return;
    const text = this.#variables && isKept(sql) ? withVariables(sql, this.#variables, this.#parser, named) : undefined;
    if (text !== undefined) this.queries.push({ text, at: this.#place(line, FIRST_WORDS) });
    for (const { stmt } of parsed.statements) {
      const [kind, value] = Object.entries(stmt ?? {})[0] ?? [];
      const verb = VERBS[kind as keyof typeof VERBS];
      const relation = inner(value as Tree | undefined, "relation");
      if (verb !== undefined && relation !== undefined) {
        const at = this.#place(line, verb);
        // What it gives back is needed row by row.
        if (loop !== undefined && !keeps) this.loopWrites.push({ verb, table: nameOf(relation), at, loop });
        if (verb !== "insert") this.#look(relation, inner(value as Tree, "whereClause"), at, loop);
      }
      for (const select of everywhere(stmt, "SelectStmt")) {
        const [first, ...others] = list(select, "fromClause");
        const read = others.length > 0 ? undefined : inner(first, "RangeVar");
        if (read !== undefined) this.#look(read, inner(select, "whereClause"), this.#place(line, LOOKING_WORDS), loop);
      }
    }
  }

  #look(relation: Tree, condition: Tree | undefined, at: Span, loop: RowLoop | undefined): void {
    const table = nameOf(relation);
    const called = [table.name, String(inner(relation, "alias")?.["aliasname"] ?? "")];
    const equals = conjuncts(condition).flatMap((one) => {
      const compared = inner(one, "A_Expr");
      if (compared?.["kind"] !== "AEXPR_OP" || names(list(compared, "name")).at(-1) !== "=") return [];
      return [[inner(compared, "lexpr"), inner(compared, "rexpr")].flatMap((side) => columnName(side, called))];
    });
    this.looks.push({ table, equals, at, ...(loop && { loop }) });
  }

  /** From a word in a line, else from its first one, to its end. */
  #place(line: number, words: string): Span {
    const from = this.#lines[line - 1] ?? 0;
    const to = this.#lines[line] ?? this.#source.text.length;
    const text = this.#source.text.slice(from, to).replace(/(?:--.*)?[\s;]*$/, "");
    const start = Math.max(0, text.search(new RegExp(`\\b(?:${words})\\b`, "i")), text.search(/\S/));
    return { start: this.#source.start + from + start, end: this.#source.start + from + Math.max(text.length, start + 1) };
  }
}

/** What a statement of the body itself asks the database. */
const statementsOf = (statement: Tree): readonly string[] =>
  Object.values(statement).flatMap((value) => {
    const expression = isTree(value) ? inner(value, "PLpgSQL_expr") : undefined;
    return (expression && bodyStatement(expression)) ?? [];
  });

/** `new.org_id <> old.org_id` */
const ASKS_FOR_CHANGE =
  /\bnew\s*\.\s*(\w+)\s*(?:<>|!=|is\s+distinct\s+from)\s*old\s*\.\s*\1|\bold\s*\.\s*(\w+)\s*(?:<>|!=|is\s+distinct\s+from)\s*new\s*\.\s*\2/i;

/** Whether a loop cannot be one statement: it commits on its way, or runs what is put together for each row. */
function isNeeded(body: unknown): boolean {
  return /"PLpgSQL_stmt_(?:commit|rollback|dynexecute)"/.test(JSON.stringify(body ?? []));
}

/** The tables of a FROM, from left to right. */
function tablesIn(from: unknown): readonly TableName[] {
  if (Array.isArray(from)) return from.flatMap(tablesIn);
  if (!isTree(from)) return [];
  const read = inner(from, "RangeVar");
  const joined = inner(from, "JoinExpr");
  return read !== undefined ? [nameOf(read)] : joined === undefined ? [] : [...tablesIn(joined["larg"]), ...tablesIn(joined["rarg"])];
}

const nameOf = (relation: Tree): TableName => ({
  namespace: typeof relation["schemaname"] === "string" ? relation["schemaname"] : undefined,
  name: String(relation["relname"] ?? ""),
});

/** Of `t.id` and `id`; what another name stands in front of is a row of something else. */
function columnName(node: Tree | undefined, table: readonly string[]): readonly string[] {
  const parts = names(list(inner(node, "ColumnRef"), "fields"));
  const [qualifier, name] = [parts.at(-2), parts.at(-1)];
  return name === undefined || (qualifier !== undefined && !table.includes(qualifier)) ? [] : [name.toLowerCase()];
}
