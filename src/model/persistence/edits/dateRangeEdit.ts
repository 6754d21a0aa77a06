import type { JpqlToken } from "../../../syntax/jpql/jpqlTokens.ts";
import type { TextEdit } from "../../../text/edits.ts";
import { sqlName } from "../mapping/naming.ts";
import { pathAt, type StatementPart, takeOut, type WrittenStatement, wordAt } from "./statementEdit.ts";

/** What may stand around a comparison that nothing else binds to. */
const BEFORE: ReadonlySet<string> = new Set(["where", "and", "or", "on", "(", "having"]);
const BEHIND: ReadonlySet<string> = new Set(["", ";", ")", "and", "or", "group", "order", "limit", "having", "offset", "for", "union"]);

/**
 * The edits that compare a column of times with the bounds of a day instead of its own day with the day: `date(t.c) = :d` →
 * `t.c >= CAST(:d AS date) AND t.c < CAST(:d AS date) + 1`. For SQL of PostgreSQL; undefined where the column is not compared so, or a
 * comparison has another form. `isDay` tells whether a parameter holds a day and no time.
 */
export function dateRangeEdits(
  statement: WrittenStatement,
  column: string,
  isDay: (parameter: string) => boolean,
): readonly (TextEdit | undefined)[] | undefined {
  const edits: (readonly (TextEdit | undefined)[])[] = [];
  for (let at = 0; at < statement.tokens.length; at++) {
    const day = dayAt(statement, at);
    if (day === undefined || sqlName(day.text.split(".").at(-1) ?? "") !== column) continue;
    const operator = wordAt(statement, day.next);
    const bound = boundAt(statement, day.next + 1, isDay);
    if (bound === undefined || !BEFORE.has(wordAt(statement, at - 1)) || !BEHIND.has(wordAt(statement, bound.next))) return undefined;
    const text = compared(day.text, operator, bound.text);
    if (text === undefined) return undefined;
    const last = statement.tokens[bound.next - 1] as JpqlToken;
    edits.push([...takeOut(statement, at, bound.next - 1), statement.edit(last, text)]);
  }
  return edits.length === 0 ? undefined : edits.flat();
}

/** The path in `date(path)`, `path::date`, `cast(path as date)`. */
function dayAt(statement: WrittenStatement, at: number): StatementPart | undefined {
  const called = castAt(statement, at, (from) => pathAt(statement, from));
  if (called !== undefined) return called;
  // Not the rest of a longer path.
  const path = wordAt(statement, at - 1) === "." ? undefined : pathAt(statement, at);
  const isCast = path !== undefined && wordAt(statement, path.next) === "::" && wordAt(statement, path.next + 1) === "date";
  return isCast ? { text: path.text, next: path.next + 2 } : undefined;
}

/** A day as an operand: a parameter that is one, what is cast to one, today. */
function boundAt(statement: WrittenStatement, at: number, isDay: (parameter: string) => boolean): StatementPart | undefined {
  const parameter = (from: number): StatementPart | undefined => {
    const token = statement.tokens[from];
    // A bare question mark is another parameter each time.
    return token?.kind === "parameter" && token.text !== ""
      ? { text: statement.text.slice(token.start, token.end), next: from + 1 }
      : undefined;
  };
  if (wordAt(statement, at) === "current_date") return { text: "CURRENT_DATE", next: at + 1 };
  const cast = castAt(statement, at, parameter);
  if (cast !== undefined) return { text: `CAST(${cast.text} AS date)`, next: cast.next };
  const plain = parameter(at);
  return plain !== undefined && isDay(statement.tokens[at]?.text ?? "")
    ? { text: `CAST(${plain.text} AS date)`, next: plain.next }
    : undefined;
}

/** `date(x)` and `cast(x as date)`. */
function castAt(statement: WrittenStatement, at: number, inner: (at: number) => StatementPart | undefined): StatementPart | undefined {
  const name = wordAt(statement, at);
  const content = (name === "date" || name === "cast") && wordAt(statement, at + 1) === "(" ? inner(at + 2) : undefined;
  if (content === undefined) return undefined;
  const rest = name === "date" ? [")"] : ["as", "date", ")"];
  return rest.every((one, i) => wordAt(statement, content.next + i) === one)
    ? { text: content.text, next: content.next + rest.length }
    : undefined;
}

function compared(path: string, operator: string, day: string): string | undefined {
  switch (operator) {
    case "=":
      return `${path} >= ${day} AND ${path} < ${day} + 1`;
    case ">=":
      return `${path} >= ${day}`;
    case ">":
      return `${path} >= ${day} + 1`;
    case "<=":
      return `${path} < ${day} + 1`;
    case "<":
      return `${path} < ${day}`;
    default:
      return undefined;
  }
}
