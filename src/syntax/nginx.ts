import type { Span } from "../text/positions.ts";

/** A directive of nginx, a block's included. */
export interface NginxDirective {
  readonly name: string;
  /** Without quotes. */
  readonly args: readonly string[];
  readonly nameSpan: Span;
  /** From the name to the semicolon or the closing brace. */
  readonly span: Span;
  /** Undefined for a simple directive. */
  readonly block: readonly NginxDirective[] | undefined;
}

const DEEPEST = 50;

/** Reads a configuration of nginx. Never throws: a brace that is missing ends at the end of the text. */
export function parseNginx(text: string): readonly NginxDirective[] {
  return new NginxReader(text).block(0);
}

class NginxReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  block(depth: number): readonly NginxDirective[] {
    const directives: NginxDirective[] = [];
    for (;;) {
      this.#skip();
      const start = this.#at;
      if (start >= this.#text.length) return directives;
      const next = this.#text[start];
      if (next === "}") {
        this.#at++;
        if (depth > 0) return directives;
        continue;
      }
      if (next === ";" || next === "{") {
        this.#at++;
        continue;
      }
      const name = this.#word();
      const nameSpan = { start, end: this.#at };
      const args: string[] = [];
      let block: readonly NginxDirective[] | undefined;
      for (;;) {
        this.#skip();
        const sign = this.#text[this.#at];
        if (sign === undefined || sign === "}") break;
        if (sign === ";") {
          this.#at++;
          break;
        }
        if (sign === "{") {
          this.#at++;
          block = depth < DEEPEST ? this.block(depth + 1) : [];
          break;
        }
        args.push(this.#word());
      }
      directives.push({ name, args, nameSpan, span: { start, end: this.#at }, block });
    }
  }

  #skip(): void {
    const blank = /(?:[\s\uFEFF]+|#[^\n]*)*/y;
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#text)?.[0].length ?? 0;
  }

  #word(): string {
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") {
      let word = "";
      for (let i = this.#at + 1; i < this.#text.length; i++) {
        const sign = this.#text[i] as string;
        if (sign === "\\" && i + 1 < this.#text.length) word += this.#text[++i];
        else if (sign === quote) {
          this.#at = i + 1;
          return word;
        } else word += sign;
      }
      this.#at = this.#text.length;
      return word;
    }
    // Braces belong to a word within `${name}` and, quoted, within patterns.
    const plain = /(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s;{}])+/y;
    plain.lastIndex = this.#at;
    const word = plain.exec(this.#text)?.[0] ?? (this.#text[this.#at] as string);
    this.#at += word.length;
    return word;
  }
}
