import type { Span } from "../../text/positions.ts";
import { isSpace, isWord, lineEnd, quotedAt, skipComment } from "./sqlLexer.ts";

/**
 * Cuts a script into statements without parsing it, so that a statement that does not parse costs only itself.
 *
 * A statement's span starts behind leading comments and ends before its terminator. Terminators are `;`, a line that holds only
 * `GO` or `/`, the `DELIMITER` of MySQL clients and the `endDelimiter` of Liquibase. Lines of psql (`\set …`) and the data
 * behind `COPY … FROM stdin;` belong to no statement.
 */
export function splitStatements(text: string): Statement[] {
  return new Splitter(text).run();
}

export interface Statement extends Span {
  /** Lines of data behind `COPY … FROM stdin`. */
  readonly copiedRows: number;
}

const RUNS_CLASS = /^execute\s+java\s+[\w$.]+\s*;?\s*$/i;
const SEMICOLON = 59;
const OPEN = 40;
const CLOSE = 41;
const BACKSLASH = 92;

class Splitter {
  readonly #text: string;
  readonly #statements: Statement[] = [];
  #start = -1;
  /** Behind the last token of the open statement. */
  #end = 0;
  #parens = 0;
  /** Depth of `BEGIN ATOMIC … END` and of the `CASE … END` in it. */
  #atomic = 0;
  #delimiter: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Statement[] {
    let i = 0;
    while (i < this.#text.length) i = this.#step(i);
    this.#finish();
    return this.#statements;
  }

  #step(at: number): number {
    const text = this.#text;
    const unit = text.charCodeAt(at);
    if (isSpace(unit)) return at + 1;
    const commentEnd = skipComment(text, at);
    if (commentEnd > at) {
      this.#readChangeset(at, commentEnd);
      return commentEnd;
    }
    if (this.#delimiter !== undefined && text.startsWith(this.#delimiter, at)) {
      this.#finish();
      return at + this.#delimiter.length;
    }
    if (unit === SEMICOLON) return this.#semicolon(at);
    if (unit === BACKSLASH) {
      this.#finish();
      return lineEnd(text, at);
    }
    const lone = this.#loneTerminator(at, unit);
    if (lone !== undefined) return lone;
    const quoted = quotedAt(text, at);
    if (quoted !== undefined) return quoted.closed ? this.#token(at, quoted.end) : this.#unclosed(at);
    if (isWord(unit)) return this.#word(at);
    if (unit === OPEN) this.#parens++;
    else if (unit === CLOSE && this.#parens > 0) this.#parens--;
    return this.#token(at, at + 1);
  }

  #token(start: number, end: number): number {
    if (this.#start < 0) this.#start = start;
    this.#end = end;
    return end;
  }

  #word(at: number): number {
    const text = this.#text;
    let end = at + 1;
    while (end < text.length && isWord(text.charCodeAt(end))) end++;
    if (this.#start < 0 && end - at === 9 && text.slice(at, end).toUpperCase() === "DELIMITER") {
      const lineStop = lineEnd(text, end);
      const delimiter = text.slice(end, lineStop).trim();
      this.#delimiter = delimiter === ";" || delimiter === "" ? undefined : delimiter;
      return lineStop;
    }
    // Flowable and Activiti run a class of their own in the middle of a script: that ends with its line.
    if (this.#start < 0 && end - at === 7 && (text.charCodeAt(at) | 32) === 101 && RUNS_CLASS.test(text.slice(at, lineEnd(text, at))))
      return lineEnd(text, at);
    if (end - at <= 5 && isAtomicStart(text.charCodeAt(at))) this.#countAtomic(text.slice(at, end).toUpperCase(), end);
    // E'…' is one token: the quote must still see its E.
    return this.#token(at, end);
  }

  #countAtomic(word: string, end: number): void {
    if (this.#atomic > 0) {
      if (word === "CASE") this.#atomic++;
      else if (word === "END") this.#atomic--;
    } else if (word === "BEGIN" && /^\s+ATOMIC\b/i.test(this.#text.slice(end, end + 40))) this.#atomic = 1;
  }

  #semicolon(at: number): number {
    // The body of a rule may hold statements in parentheses; everywhere else a semicolon in open parentheses is a mistake.
    const inRule = this.#parens > 0 && this.#headIs(/^CREATE\s+(OR\s+REPLACE\s+)?RULE\b/i);
    if (inRule || this.#atomic > 0) return this.#token(at, at + 1);
    const copies = this.#start >= 0 && this.#headIs(/^COPY\s/i) && /\bFROM\s+STDIN\b/i.test(this.#text.slice(this.#start, at));
    if (copies) return this.#copyData(at);
    this.#finish();
    return at + 1;
  }

  #copyData(semicolon: number): number {
    const text = this.#text;
    let line = nextLine(text, semicolon);
    let rows = 0;
    while (line < text.length) {
      const end = lineEnd(text, line);
      if (end - line === 2 && text.startsWith("\\.", line)) {
        line = end;
        break;
      }
      rows++;
      line = nextLine(text, line);
    }
    this.#finish(rows);
    return line;
  }

  /** `GO` or `/` with a line to itself. */
  #loneTerminator(at: number, unit: number): number | undefined {
    const text = this.#text;
    const length = unit === 47 ? 1 : (unit | 32) === 103 && (text.charCodeAt(at + 1) | 32) === 111 ? 2 : 0;
    if (length === 0 || this.#parens > 0) return undefined;
    for (let i = at - 1; i >= 0 && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13; i--) {
      if (!isSpace(text.charCodeAt(i))) return undefined;
    }
    const end = lineEnd(text, at);
    if (text.slice(at + length, end).trim() !== "") return undefined;
    this.#finish();
    return end;
  }

  /** A quote that never closes would swallow the rest of the file: the statement ends with its line's semicolon instead. */
  #unclosed(at: number): number {
    const rest = /;[ \t]*(?=\r|\n|$)/g;
    rest.lastIndex = at;
    const stop = rest.exec(this.#text)?.index ?? this.#text.length;
    this.#token(at, at + Math.max(1, this.#text.slice(at, stop).trimEnd().length));
    this.#finish();
    return Math.max(stop + 1, at + 1);
  }

  /** `--changeset author:id endDelimiter:GO` changes the terminator until the next changeset. */
  #readChangeset(start: number, end: number): void {
    if (!/^--\s*changeset\s/i.test(this.#text.slice(start, start + 40))) return;
    this.#finish();
    const delimiter = /\bendDelimiter:("[^"]*"|\S+)/i.exec(this.#text.slice(start, end))?.[1];
    const plain = delimiter?.replace(/^"|"$/g, "").replace(/\\r|\\n/g, "");
    this.#delimiter = plain === undefined || plain === ";" || plain === "" || /^\w+$/.test(plain) ? undefined : plain;
  }

  #headIs(pattern: RegExp): boolean {
    return this.#start >= 0 && pattern.test(this.#text.slice(this.#start, this.#start + 60));
  }

  /** No-break spaces and their like are no spaces to PostgreSQL; where there is nothing else, no tool sends them. */
  #isBlank(): boolean {
    return this.#text.charCodeAt(this.#start) >= 128 && this.#text.slice(this.#start, this.#end).trim() === "";
  }

  #finish(copiedRows = 0): void {
    if (this.#start >= 0 && !this.#isBlank()) this.#statements.push({ start: this.#start, end: this.#end, copiedRows });
    this.#start = -1;
    this.#parens = 0;
    this.#atomic = 0;
  }
}

/** Of BEGIN, CASE and END. */
function isAtomicStart(unit: number): boolean {
  const lower = unit | 32;
  return lower === 98 || lower === 99 || lower === 101;
}

function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  return text.startsWith("\r\n", end) ? end + 2 : end + 1;
}
