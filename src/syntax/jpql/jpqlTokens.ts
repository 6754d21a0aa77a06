export interface JpqlToken {
  readonly kind: "word" | "number" | "string" | "parameter" | "symbol" | "end";
  /** A string without its quotes, a parameter without ":" or "?", a word as written. */
  readonly text: string;
  /** Offsets in the statement. */
  readonly start: number;
  readonly end: number;
}

const END: JpqlToken = { kind: "end", text: "", start: -1, end: -1 };

const SCANNER =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<spel>[:?]#\{[^}]*\}|[:?]\$\{[^}]*\})|(?<entity>#\{#entityName\})|(?<template>[#$]\{[^}]*\})|(?<escaped>(?:\\:){1,2})|(?<parameter>:[\p{L}_$][\p{L}\p{N}_$.]*|\?\d*|\$\d+)|(?<string>'(?:[^']|'')*(?:'|$))|(?<quoted>"[^"]*(?:"|$)|`[^`]*(?:`|$))|(?<number>(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?[lLdDfFbBiI]{0,2})|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|(?<symbol>->>?|#>>?|@>|@@|<@|&&|!?~\*?|\|\||<>|!=|\^=|<=|>=|::|[\s\S])/guy;

/** The entity that `#{#entityName}` stands for, as a word. */
export const ENTITY_NAME_PLACEHOLDER = "#entityName";

/** Splits JPQL, HQL, or SQL close to them, into tokens; every text has some. The last one is always "end". */
export function jpqlTokens(text: string): readonly JpqlToken[] {
  const tokens: JpqlToken[] = [];
  for (const match of text.matchAll(SCANNER)) {
    const groups = match.groups ?? {};
    const at = { start: match.index, end: match.index + match[0].length };
    if (groups["spel"] !== undefined) tokens.push({ kind: "parameter", text: groups["spel"].slice(1), ...at });
    else if (groups["entity"] !== undefined) tokens.push({ kind: "word", text: ENTITY_NAME_PLACEHOLDER, ...at });
    else if (groups["template"] !== undefined) tokens.push({ kind: "parameter", text: groups["template"], ...at });
    // Of "::" Hibernate would make a parameter.
    else if (groups["escaped"] !== undefined) tokens.push({ kind: "symbol", text: groups["escaped"].replaceAll("\\", ""), ...at });
    else if (groups["parameter"] !== undefined) tokens.push({ kind: "parameter", text: groups["parameter"].slice(1), ...at });
    else if (groups["string"] !== undefined)
      tokens.push({ kind: "string", text: groups["string"].replace(/^'|'$/g, "").replaceAll("''", "'"), ...at });
    else if (groups["quoted"] !== undefined) tokens.push({ kind: "word", text: groups["quoted"].replace(/^["`]|["`]$/g, ""), ...at });
    else if (groups["number"] !== undefined) tokens.push({ kind: "number", text: groups["number"], ...at });
    else if (groups["word"] !== undefined) tokens.push({ kind: "word", text: groups["word"], ...at });
    else if (groups["symbol"] !== undefined) tokens.push({ kind: "symbol", text: groups["symbol"], ...at });
  }
  tokens.push(END);
  return tokens;
}

/** A place in a list of tokens. */
export class TokenReader {
  readonly #tokens: readonly JpqlToken[];
  #at = 0;

  constructor(tokens: readonly JpqlToken[]) {
    this.#tokens = tokens;
  }

  get at(): number {
    return this.#at;
  }

  peek(ahead = 0): JpqlToken {
    return this.#tokens[this.#at + ahead] ?? END;
  }

  next(): JpqlToken {
    const token = this.peek();
    if (token.kind !== "end") this.#at++;
    return token;
  }

  back(to: number): void {
    this.#at = to;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && token.text.length === word.length && token.text.toLowerCase() === word;
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "symbol" && token.text === symbol;
  }

  /** Takes these words, all or none. */
  words(...words: readonly string[]): boolean {
    if (!words.every((word, i) => this.isWord(word, i))) return false;
    this.#at += words.length;
    return true;
  }

  symbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at++;
    return true;
  }

  /** A name with dots; what is no name has no parts. */
  name(): readonly string[] {
    if (this.peek().kind !== "word") return [];
    const parts = [this.next().text];
    while (this.isSymbol(".") && this.peek(1).kind === "word") {
      this.next();
      parts.push(this.next().text);
    }
    return parts;
  }

  /** Goes on behind the parenthesis that closes the one just taken. */
  skipParentheses(): void {
    for (let depth = 1; depth > 0; ) {
      const token = this.next();
      if (token.kind === "end") return;
      if (token.kind === "symbol" && token.text === "(") depth++;
      if (token.kind === "symbol" && token.text === ")") depth--;
    }
  }
}
