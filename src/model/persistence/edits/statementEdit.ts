import { type JpqlToken, jpqlTokens } from "../../../syntax/jpql/jpqlTokens.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";

/** A statement in an annotation, as tokens whose places are known in the file. */
export interface WrittenStatement {
  readonly text: string;
  /** Offsets are those of the text. */
  readonly tokens: readonly JpqlToken[];
  /** The edit of the file that puts `text` in the place of a part of the statement; undefined where the part lies in several literals. */
  edit(part: Span, text: string): TextEdit | undefined;
}

/**
 * Reads the statement that an expression spells out in `source`: one literal, or several joined by `+`. Undefined where a
 * constant stands between them, and where a literal has an escape other than a line's end, whose characters have other places.
 */
export function writtenStatement(source: string, expression: Span): WrittenStatement | undefined {
  const pieces: { readonly at: number; readonly from: number; readonly text: string }[] = [];
  let length = 0;
  for (const match of source.slice(expression.start, expression.end).matchAll(PIECES)) {
    const { block, literal } = match.groups ?? {};
    if (block === undefined && literal === undefined) {
      if (!/^(?:\s+|\+|\(|\)|\/\/.*|\/\*[\s\S]*\*\/)$/.test(match[0])) return undefined;
      continue;
    }
    const content = block ?? literal ?? "";
    if (/\\(?!\r?\n|n)/.test(content)) return undefined;
    const quotes = match[0].indexOf(content, block === undefined ? 1 : 3);
    // A line's end that is escaped is white space to both languages.
    pieces.push({
      at: length,
      from: expression.start + match.index + quotes,
      text: content.replace(/\\[\nn]/g, "  ").replace(/\\\r/g, "  "),
    });
    length += content.length;
  }
  if (pieces.length === 0) return undefined;
  const whole = pieces.map(({ text }) => text).join("");
  return {
    text: whole,
    tokens: jpqlTokens(whole),
    edit({ start, end }, text) {
      const piece = pieces.find(({ at, text: { length: size } }) => start >= at && end <= at + size);
      return piece === undefined ? undefined : { span: { start: start - piece.at + piece.from, end: end - piece.at + piece.from }, text };
    },
  };
}

/** A word of a statement in lower case, or a symbol; "" at the end, "?" for what is neither. */
export function wordAt({ tokens }: WrittenStatement, at: number): string {
  const token = tokens[at];
  if (token?.kind === "word") return token.text.toLowerCase();
  return token?.kind === "symbol" ? token.text : token?.kind === "end" ? "" : "?";
}

/** A part of a statement as it is written, and the place of the token behind it. */
export interface StatementPart {
  readonly text: string;
  readonly next: number;
}

/** A name with dots that begins at a place, its quotes included. */
export function pathAt(statement: WrittenStatement, at: number): StatementPart | undefined {
  const { tokens, text } = statement;
  if (tokens[at]?.kind !== "word") return undefined;
  let next = at + 1;
  while (wordAt(statement, next) === "." && tokens[next + 1]?.kind === "word") next += 2;
  const parts = tokens.slice(at, next).map(({ start, end }) => text.slice(start, end));
  return { text: parts.join(""), next };
}

/** Takes out the tokens up to another one, which may stand in another literal. */
export function takeOut({ tokens, edit }: WrittenStatement, from: number, to: number): readonly (TextEdit | undefined)[] {
  if (from >= to) return [];
  const whole = edit({ start: tokens[from]?.start ?? 0, end: tokens[to]?.start ?? 0 }, "");
  return whole === undefined ? tokens.slice(from, to).map((token) => edit(token, "")) : [whole];
}

/** The same of texts alone, without their places: whether an edit is possible. */
export function statementOfTexts(texts: readonly string[]): WrittenStatement {
  const text = texts.join("");
  return { text, tokens: jpqlTokens(text), edit: (span, replacement) => ({ span, text: replacement }) };
}

const PIECES = /"""[^\n]*\n(?<block>(?:[^"\\]|\\[\s\S]|"(?!""))*)"""|"(?<literal>(?:[^"\\\n]|\\.)*)"|\s+|\/\/.*|\/\*[\s\S]*?\*\/|[\s\S]/g;
