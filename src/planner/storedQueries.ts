import type { Schema, SchemaObject } from "../model/schema/schema.ts";
import { bodyStatement, inner, isTree, list, names, type Tree } from "../syntax/sql/pgTree.ts";
import {
  blockVariables,
  type RoutineVariables,
  readsTables,
  routineLanguage,
  routineOption,
  sqlVariables,
  withVariables,
} from "../syntax/sql/routineVariables.ts";
import type { SqlParser } from "../syntax/sql/sql.ts";
import { splitStatements } from "../syntax/sql/sqlSplitter.ts";
import { namesForPlaceholders } from "./placeholders.ts";

/** A query that the database itself keeps: of a view, or in the body of a function. */
export interface StoredQuery {
  /** The view's name, or the function's with the number of the query behind it. */
  readonly name: string;
  /** Variables, and columns of rows that a trigger or a loop holds, are parameters. */
  readonly sql: string;
  /** Of a plain view, which nobody reads as a whole: what asks it says of which rows. */
  readonly view: boolean;
}

/** The queries of a schema's views, materialized views and functions, as far as their text is fixed. The parser must be loaded. */
export function storedQueries(schema: Schema, textOf: (file: string) => string | undefined, parser: SqlParser): readonly StoredQuery[] {
  const objects = [...schema.objects.values()];
  const views = objects.filter(({ what }) => what === "view").flatMap((view) => viewQuery(view.name, statementOf(view, textOf), true));
  const refreshed = [...schema.tables.values()]
    .filter(({ kind }) => kind === "materialized view")
    .flatMap(({ name, at }) => viewQuery(name, statementAround(at.start, textOf(at.file)), false));
  const functions = objects
    .filter(({ what }) => what === "function" || what === "procedure")
    .flatMap((one) => numbered(one.name, functionQueries(namesForPlaceholders(statementOf(one, textOf) ?? ""), parser)));
  return [...views, ...refreshed, ...functions];
}

const statementOf = ({ at }: SchemaObject, textOf: (file: string) => string | undefined): string | undefined =>
  textOf(at.file)?.slice(at.start, at.end);

function statementAround(offset: number, text: string | undefined): string | undefined {
  const piece = text === undefined ? undefined : splitStatements(text).find(({ start, end }) => start <= offset && offset < end);
  return piece && text?.slice(piece.start, piece.end);
}

function viewQuery(name: string, statement: string | undefined, view: boolean): readonly StoredQuery[] {
  const begin = statement === undefined ? null : /\bas\s+(?=\(*\s*(?:select|with|values)\b)/i.exec(statement);
  if (statement === undefined || begin === null) return [];
  const sql = statement
    .slice(begin.index + begin[0].length)
    .replace(/\bwith\s+(?:(?:local|cascaded)\s+)?check\s+option\s*$/i, "")
    .replace(/\bwith\s+(?:no\s+)?data\s*$/i, "");
  return [{ name, sql: sql.trim(), view }];
}

function numbered(name: string, queries: readonly string[]): readonly StoredQuery[] {
  return queries.map((sql, i) => ({ name: queries.length === 1 ? `${name}()` : `${name}() #${i + 1}`, sql, view: false }));
}

/** The statements in a function's body, in the order of its text. */
function functionQueries(statement: string, parser: SqlParser): readonly string[] {
  const parsed = parser.parse(statement);
  const made = parsed.ok ? inner(parsed.statements[0]?.stmt as Tree | undefined, "CreateFunctionStmt") : undefined;
  if (made === undefined) return [];
  const language = routineLanguage(made);
  if (language === "plpgsql") return blockQueries(parser.parseFunction(statement), parser);
  if (language !== "sql") return [];
  const variables = sqlVariables(made);
  const [body] = names(list(inner(inner(routineOption(made, "as"), "arg"), "List"), "items"));
  return splitStatements(body ?? "").flatMap(({ start, end }) => withParameters((body ?? "").slice(start, end), variables, parser) ?? []);
}

/** The statements of a PL/pgSQL tree. */
function blockQueries(tree: unknown, parser: SqlParser): readonly string[] {
  const variables = blockVariables(tree);
  const found: string[] = [];
  for (const expression of inOrder(tree)) {
    const statement = bodyStatement(expression);
    const sql = statement === undefined ? undefined : withParameters(statement, variables, parser);
    if (sql !== undefined && readsTables(sql)) found.push(sql);
  }
  return [...new Set(found)];
}

function inOrder(tree: unknown): readonly Tree[] {
  const found: Tree[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (isTree(node))
      // What a loop runs over stands before its body.
      for (const [key, value] of Object.entries(node).sort(([a], [b]) => Number(a.endsWith("body")) - Number(b.endsWith("body")))) {
        if (key === "PLpgSQL_expr" && isTree(value)) found.push(value);
        // What is executed is a text, whatever it says.
        else if (key !== "PLpgSQL_stmt_dynexecute" && key !== "PLpgSQL_stmt_dynfors") walk(value);
      }
  };
  walk(tree);
  return found;
}

/** The statement with `$1`, `$2`, … for variables and for fields of records; undefined where it does not parse. */
function withParameters(sql: string, variables: RoutineVariables, parser: SqlParser): string | undefined {
  const numbers = new Map<string, number>();
  return withVariables(sql, variables, parser, (name, type) => {
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    return `$${number}${type === "" || /^(?:record|refcursor|unknown)$|%/.test(type) ? "" : `::${type}`}`;
  });
}
