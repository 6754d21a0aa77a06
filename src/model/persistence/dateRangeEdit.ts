import type { JpqlToken } from "../../syntax/jpqlTokens.ts";
import type { TextEdit } from "../../text/edits.ts";
import { sqlName } from "./naming.ts";
import { takeOut, type WrittenStatement } from "./statementEdit.ts";

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
    if (day === undefined || sqlName(day.path.split(".").at(-1) ?? "") !== column) continue;
    const operator = word(statement, day.next);
    const bound = boundAt(statement, day.next + 1, isDay);
    if (bound === undefined || !BEFORE.has(word(statement, at - 1)) || !BEHIND.has(word(statement, bound.next))) return undefined;
    const text = compared(day.path, operator, bound.text);
    if (text === undefined) return undefined;
    const last = statement.tokens[bound.next - 1] as JpqlToken;
    edits.push([...takeOut(statement, at, bound.next - 1), statement.edit(last, text)]);
  }
  return edits.length === 0 ? undefined : edits.flat();
}

interface Piece {
  readonly text: string;
  readonly next: number;
}

/** `date(path)`, `path::date`, `cast(path as date)`. */
function dayAt(statement: WrittenStatement, at: number): { readonly path: string; readonly next: number } | undefined {
  const called = castAt(statement, at, (from) => pathAt(statement, from));
  if (called !== undefined) return { path: called.text, next: called.next };
  // Not the rest of a longer path.
  const path = word(statement, at - 1) === "." ? undefined : pathAt(statement, at);
  const isCast = path !== undefined && word(statement, path.next) === "::" && word(statement, path.next + 1) === "date";
  return isCast ? { path: path.text, next: path.next + 2 } : undefined;
}

/** A day as an operand: a parameter that is one, what is cast to one, today. */
function boundAt(statement: WrittenStatement, at: number, isDay: (parameter: string) => boolean): Piece | undefined {
  const parameter = (from: number): Piece | undefined => {
    const token = statement.tokens[from];
    // A bare question mark is another parameter each time.
    return token?.kind === "parameter" && token.text !== ""
      ? { text: statement.text.slice(token.start, token.end), next: from + 1 }
      : undefined;
  };
  if (word(statement, at) === "current_date") return { text: "CURRENT_DATE", next: at + 1 };
  const cast = castAt(statement, at, parameter);
  if (cast !== undefined) return { text: `CAST(${cast.text} AS date)`, next: cast.next };
  const plain = parameter(at);
  return plain !== undefined && isDay(statement.tokens[at]?.text ?? "")
    ? { text: `CAST(${plain.text} AS date)`, next: plain.next }
    : undefined;
}

/** `date(x)` and `cast(x as date)`. */
function castAt(statement: WrittenStatement, at: number, inner: (at: number) => Piece | undefined): Piece | undefined {
  const name = word(statement, at);
  const content = (name === "date" || name === "cast") && word(statement, at + 1) === "(" ? inner(at + 2) : undefined;
  if (content === undefined) return undefined;
  const rest = name === "date" ? [")"] : ["as", "date", ")"];
  return rest.every((one, i) => word(statement, content.next + i) === one)
    ? { text: content.text, next: content.next + rest.length }
    : undefined;
}

function pathAt({ tokens, text }: WrittenStatement, at: number): Piece | undefined {
  if (tokens[at]?.kind !== "word") return undefined;
  let next = at + 1;
  while (tokens[next]?.text === "." && tokens[next + 1]?.kind === "word") next += 2;
  const parts = tokens.slice(at, next).map(({ start, end }) => text.slice(start, end));
  return { text: parts.join(""), next };
}

/** A word in lower case, or a symbol; nothing at the end. */
function word({ tokens }: WrittenStatement, at: number): string {
  const token = tokens[at];
  return token?.kind === "word" ? token.text.toLowerCase() : token?.kind === "symbol" ? token.text : token?.kind === "end" ? "" : "?";
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
