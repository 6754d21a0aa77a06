import { isSpace, isWord, quotedAt, skipBlank, skipComment } from "../../syntax/sql/sqlLexer.ts";
import { OffsetMap } from "../../text/encodings.ts";
import type { Span } from "../../text/positions.ts";

/** What may open a quoted text. */
const DOLLAR = 36;

/**
 * One statement's text and where it stands in its file. libpg-query says only where a node starts, in bytes; what ends it is found
 * in the text. Answers are spans in the file.
 */
export class StatementText {
  readonly text: string;
  readonly start: number;
  readonly #map: OffsetMap;
  readonly #parsedAt: number;

  /** Its tree counts from `parsedAt` bytes before the text. */
  constructor(text: string, start: number, parsedAt = 0) {
    this.text = text;
    this.start = start;
    this.#parsedAt = parsedAt;
    this.#map = new OffsetMap(text);
  }

  get span(): Span {
    return { start: this.start, end: this.start + this.text.length };
  }

  /** The offset in `text` of a parse tree's location; a missing location is 0. */
  offset(location: number | undefined): number {
    return this.#map.fromUtf8(Math.max(0, (location ?? 0) - this.#parsedAt));
  }

  /** The name, quoted or not, with its qualification, that starts at a location. */
  name(location: number | undefined): Span {
    const start = this.offset(location);
    let end = this.#wordEnd(start);
    for (let dot = skipBlank(this.text, end); this.text[dot] === "."; dot = skipBlank(this.text, end)) {
      end = this.#wordEnd(skipBlank(this.text, dot + 1));
    }
    return this.#inFile(start, end);
  }

  /** From a location to the comma or the closing parenthesis that ends its list element. */
  element(location: number | undefined): Span {
    const start = this.offset(location);
    return this.#inFile(start, this.elementEnd(start));
  }

  /** The end of the list element that holds `at`, white space and comments behind it left out. */
  elementEnd(at: number): number {
    let depth = 0;
    let end = at;
    let i = at;
    while (i < this.text.length) {
      const unit = this.text.charCodeAt(i);
      if (isWord(unit) && unit !== DOLLAR) {
        end = ++i;
        continue;
      }
      const next = skipBlank(this.text, i);
      if (next > i) {
        i = next;
        continue;
      }
      const here = this.text[i];
      if (depth === 0 && (here === "," || here === ")")) break;
      if (here === "(" || here === "[") depth++;
      else if (here === ")" || here === "]") depth--;
      i = end = quotedAt(this.text, i)?.end ?? i + 1;
    }
    return end;
  }

  /** The offsets of the elements of the parenthesised list that opens at `open`. */
  elements(open: number): readonly Span[] {
    const found: Span[] = [];
    let at = skipBlank(this.text, open + 1);
    while (at < this.text.length && this.text[at] !== ")") {
      const end = this.elementEnd(at);
      found.push({ start: at, end });
      const behind = skipBlank(this.text, end);
      if (this.text[behind] !== ",") break;
      at = skipBlank(this.text, behind + 1);
    }
    return found;
  }

  /** The offset of a keyword or a "(" outside quotes, comments and parentheses, at or behind `from`. */
  find(token: string, from: number): number | undefined {
    let depth = 0;
    let i = from;
    while (i < this.text.length) {
      const comment = skipComment(this.text, i);
      const skipped = comment > i ? comment : quotedAt(this.text, i)?.end;
      if (skipped !== undefined) {
        i = skipped;
        continue;
      }
      const here = this.text[i];
      if (depth === 0 && here === token) return i;
      if (here === "(") depth++;
      else if (here === ")") depth--;
      if (isWord(this.text.charCodeAt(i))) {
        const end = this.#wordEnd(i);
        if (depth === 0 && this.text.slice(i, end).toUpperCase() === token) return i;
        i = end;
      } else i++;
    }
    return undefined;
  }

  /** Source text on one line, without comments; what is quoted stays as it is. */
  source(start: number, end: number): string {
    const plain = this.text.slice(start, end);
    if (!/--|\/\*|['"$]/.test(plain)) return plain.replace(/\s+/g, " ").trim();
    let source = "";
    let i = start;
    while (i < end) {
      const blank = skipBlank(this.text, i);
      const next = blank > i ? blank : (quotedAt(this.text, i)?.end ?? i + 1);
      source += blank > i ? " " : this.text.slice(i, Math.min(next, end));
      i = next;
    }
    return source.trim();
  }

  #wordEnd(at: number): number {
    const quoted = quotedAt(this.text, at);
    if (quoted !== undefined) return quoted.end;
    let end = at;
    while (end < this.text.length && isWord(this.text.charCodeAt(end))) end++;
    return Math.max(end, Math.min(at + 1, this.text.length));
  }

  #inFile(start: number, end: number): Span {
    let last = end;
    while (last > start && isSpace(this.text.charCodeAt(last - 1))) last--;
    return { start: this.start + start, end: this.start + Math.max(last, start) };
  }
}
