import { isSpace, isWord, quotedAt, skipComment } from "./sqlLexer.ts";

/**
 * Replaces what a tool fills in before PostgreSQL sees the text by something of the same length that parses, so that every
 * offset stays: `${x}` of Flyway, `#{x}` and `%x%` become names, `:x` of psql and of named parameters becomes a name in a script and `$1` in
 * a query, `?` of JDBC becomes `0`. Casts (`::`), array slices and the JSON operators `?`, `?|`, `?&` stay as they are.
 */
export function maskPlaceholders(text: string, colonIs: "name" | "parameter"): string {
  if (!mayHavePlaceholders(text)) return text;
  const parts: string[] = [];
  let copied = 0;
  const put = (at: number, end: number, replacement: string): void => {
    parts.push(text.slice(copied, at), replacement.padEnd(end - at));
    copied = end;
  };
  let i = 0;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    const braced = unit === 36 || unit === 35 ? bracedEnd(text, i) : i;
    if (braced > i) {
      put(i, braced, nameOfLength(text.slice(i, braced)));
      i = braced;
      continue;
    }
    const end = skipComment(text, i);
    const quoted = end === i ? quotedAt(text, i) : undefined;
    if (end > i || quoted !== undefined) {
      i = quoted?.end ?? end;
      continue;
    }
    if (unit === 58) i = colon(text, i, colonIs, put);
    else if (unit === 63) i = questionMark(text, i, put);
    else if (unit === 37) i = percents(text, i, put);
    else i++;
  }
  parts.push(text.slice(copied));
  return parts.join("");
}

export const mayHavePlaceholders = (text: string): boolean => /[?:]|[$#]\{|%\w+%/.test(text);

type Put = (at: number, end: number, replacement: string) => void;

/** The end of `${…}` or `#{…}` on one line, or `at`. */
function bracedEnd(text: string, at: number): number {
  if (text.charCodeAt(at + 1) !== 123) return at;
  for (let i = at + 2; i < text.length && i < at + 200; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 125) return i + 1;
    if (unit === 10 || unit === 13 || unit === 39 || unit === 34) return at;
  }
  return at;
}

/** Keeps the letters of the placeholder, so that two of them stay two names. */
function nameOfLength(placeholder: string): string {
  return `p${placeholder.slice(1).replace(/[^A-Za-z0-9_]/g, "_")}`;
}

function colon(text: string, at: number, colonIs: "name" | "parameter", put: Put): number {
  const next = text.charCodeAt(at + 1);
  if (next === 58 || next === 61) return at + 2;
  const before = text.charCodeAt(at - 1);
  if (at > 0 && (isWord(before) || before === 93 || before === 41)) return at + 1;
  if (next === 39 || next === 34) {
    put(at, at + 1, " ");
    return at + 1;
  }
  if (!isWord(next) || next === 36 || (next >= 48 && next <= 57 && colonIs === "name")) return at + 1;
  let end = at + 2;
  while (end < text.length && isWord(text.charCodeAt(end))) end++;
  put(at, end, colonIs === "parameter" ? "$1" : `_${text.slice(at + 1, end)}`);
  return end;
}

/** `%x%` where no operand follows, which two operators would need: `%x%.orders`, `SET search_path = %x%;`, `CREATE SCHEMA %x% …`. */
function percents(text: string, at: number, put: Put): number {
  let end = at + 1;
  while (end < text.length && isWord(text.charCodeAt(end))) end++;
  if (end === at + 1 || text.charCodeAt(end) !== 37) return at + 1;
  const isName =
    /^%(?:\.\D|\s*(?:[;,)]|$))/.test(text.slice(end, end + 100)) ||
    /\bschema\s+(?:if\s+not\s+exists\s+)?$/i.test(text.slice(Math.max(0, at - 40), at));
  if (isName) put(at, end + 1, nameOfLength(text.slice(at, end + 1)));
  return end + (isName ? 1 : 0);
}

function questionMark(text: string, at: number, put: Put): number {
  const next = text.charCodeAt(at + 1);
  if (next === 63) {
    // The driver's escape for the operator.
    put(at, at + 1, " ");
    return at + 2;
  }
  if (next === 124 && text.charCodeAt(at + 2) !== 124) return at + 2;
  if (next === 38) return at + 2;
  if (next >= 48 && next <= 57) {
    let end = at + 2;
    while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
    put(at, end, "$1");
    return end;
  }
  if (!isJsonOperator(text, at)) put(at, at + 1, "0");
  return at + 1;
}

/** `data ? 'key'`: an operand on both sides. */
function isJsonOperator(text: string, at: number): boolean {
  let left = at - 1;
  while (left >= 0 && isSpace(text.charCodeAt(left))) left--;
  let right = at + 1;
  while (right < text.length && isSpace(text.charCodeAt(right))) right++;
  const before = text.charCodeAt(left);
  const after = text.charCodeAt(right);
  const operandBefore = left >= 0 && (isWord(before) || before === 41 || before === 34 || before === 39 || before === 93);
  if (after === 39 || after === 63 || after === 36) return operandBefore;
  // No parameter stands behind a text, an element or a parenthesis: `roles #> '{ids}' ? users.id`.
  return (before === 39 || before === 41 || before === 93) && isWord(after);
}
