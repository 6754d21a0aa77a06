import type { JpqlExpression, JpqlSelect, JpqlStatement } from "../../../syntax/jpql/jpqlAst.ts";
import { isWord, quotedAt, skipComment } from "../../../syntax/sql/sqlLexer.ts";

/**
 * The statement that Spring Data makes of a page's own to count its rows: the same tables and conditions, `count` of what is selected, no
 * order, and joins that fetch nothing. Undefined where that counts something else than rows (groups), or where its versions differ.
 * https://github.com/spring-projects/spring-data-jpa, HqlCountQueryTransformer and QueryUtils
 */
export function countedJpql(statement: JpqlStatement): JpqlSelect | undefined {
  if (!isCounted(statement)) return undefined;
  const counted = countedValue(statement);
  if (counted === undefined) return undefined;
  return {
    ...statement,
    distinct: false,
    items: [{ value: { kind: "call", name: "count", distinct: statement.distinct, args: [counted] }, alias: undefined }],
    from: statement.from.map((from) => ({ ...from, fetch: false })),
    orderBy: [],
  };
}

function isCounted(statement: JpqlStatement): statement is JpqlSelect {
  return (
    statement.kind === "select" &&
    statement.understood &&
    statement.groupBy.length === 0 &&
    statement.having === undefined &&
    statement.limit === undefined &&
    statement.offset === undefined &&
    statement.combined.length === 0 &&
    statement.named.length === 0
  );
}

/** A name that is selected alone is counted itself, anything else by the first alias of FROM. */
function countedValue({ distinct, items, from }: JpqlSelect): JpqlExpression | undefined {
  const [root] = from;
  const alias = root?.alias ?? (root?.source.kind === "name" ? root.source.parts.at(-1) : undefined);
  const primary: JpqlExpression | undefined = alias === undefined ? undefined : { kind: "path", parts: [alias] };
  const [only, ...others] = items.map(({ value }) => value);
  if (distinct) {
    if (only === undefined || others.length > 0) return undefined;
    return only.kind === "path" ? only : only.kind === "constructor" ? primary : undefined;
  }
  return only?.kind === "path" && only.parts.length === 1 && others.length === 0 ? only : primary;
}

/** The same of SQL, whose text stays as it is behind the selected columns. */
export function countedSql(text: string, statement: JpqlStatement): string | undefined {
  if (!isCounted(statement) || statement.distinct || statement.distinctOn || statement.lock !== undefined) return undefined;
  const [select, from, order] = [wordAt(text, "select"), wordAt(text, "from"), wordAt(text, "order")];
  if (select === undefined || from === undefined || text.slice(0, select).trim() !== "") return undefined;
  return `select count(1) ${text.slice(from, order)}`.trim();
}

/** Where a word stands first outside of parentheses, strings and comments. */
function wordAt(text: string, word: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const past = skipComment(text, at);
    const quoted = quotedAt(text, at);
    if (past > at) at = past;
    else if (quoted !== undefined) at = quoted.end;
    else if (isWord(text.charCodeAt(at))) {
      const start = at;
      while (at < text.length && isWord(text.charCodeAt(at))) at++;
      if (depth === 0 && text.slice(start, at).toLowerCase() === word) return start;
    } else {
      if (text[at] === "(") depth++;
      else if (text[at] === ")") depth--;
      at++;
    }
  }
  return undefined;
}
