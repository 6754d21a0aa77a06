import type { Span } from "../text/positions.ts";

/** A `.properties` text, in the format of `java.util.Properties`. */
export interface PropertiesText {
  readonly entries: readonly PropertiesEntry[];
  /** Comment lines, `#` or `!` included. */
  readonly comments: readonly Span[];
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

export interface PropertiesEntry {
  /** Escapes resolved. */
  readonly key: string;
  /** Escapes resolved, continued lines joined. */
  readonly value: string;
  readonly keySpan: Span;
  /** As written; empty behind a key without value. */
  readonly valueSpan: Span;
}

/** Reads all entries, in order, doubles included. Never throws. */
export function parseProperties(text: string): PropertiesText {
  const entries: PropertiesEntry[] = [];
  const comments: Span[] = [];
  const problems: { span: Span; message: string }[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  while (at < text.length) {
    at = skipBlanks(text, at);
    const first = text[at];
    if (first === undefined) break;
    if (isLineBreak(first)) at++;
    else if (first === "#" || first === "!") {
      const end = lineEnd(text, at);
      comments.push({ start: at, end });
      at = end;
    } else {
      const end = logicalEnd(text, at);
      entries.push(entryIn(text, at, end, problems));
      at = end;
    }
  }
  return { entries, comments, problems };
}

function entryIn(text: string, start: number, end: number, problems: { span: Span; message: string }[]): PropertiesEntry {
  let keyEnd = start;
  while (keyEnd < end && !isBlank(text[keyEnd]) && text[keyEnd] !== "=" && text[keyEnd] !== ":") keyEnd += text[keyEnd] === "\\" ? 2 : 1;
  keyEnd = Math.min(keyEnd, end);
  let valueStart = skipBlanks(text, keyEnd);
  if (valueStart < end && (text[valueStart] === "=" || text[valueStart] === ":")) valueStart = skipBlanks(text, valueStart + 1);
  valueStart = Math.min(valueStart, end);
  const keySpan = { start, end: keyEnd };
  const valueSpan = { start: valueStart, end };
  const read = (span: Span) => unescaped(text, span, problems);
  return { key: read(keySpan), value: read(valueSpan), keySpan, valueSpan };
}

function unescaped(text: string, span: Span, problems: { span: Span; message: string }[]): string {
  const raw = text.slice(span.start, span.end);
  if (!raw.includes("\\")) return raw;
  return raw.replace(/\\(?:(\r\n|\n|\r)[ \t\f]*|u([0-9A-Fa-f]{4})|([\s\S])|$)/g, (whole, lineBreak, hex, unit, offset: number) => {
    if (lineBreak !== undefined) return "";
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (unit === undefined) return "";
    if (unit === "u") {
      const start = span.start + offset;
      problems.push({ span: { start, end: start + whole.length }, message: "\\u stands before four hexadecimal digits" });
    }
    return ESCAPES[unit] ?? unit;
  });
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

/** The end of a line that `\` continues on the next, the last line break left out. */
function logicalEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const unit = text[at] as string;
    if (unit === "\\") at += text[at + 1] === "\r" && text[at + 2] === "\n" ? 3 : 2;
    else if (isLineBreak(unit)) return at;
    else at++;
  }
  return text.length;
}

function lineEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isLineBreak(text[at] as string)) at++;
  return at;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text[at])) at++;
  return at;
}

const isBlank = (unit: string | undefined): boolean => unit === " " || unit === "\t" || unit === "\f";
const isLineBreak = (unit: string): boolean => unit === "\n" || unit === "\r";
