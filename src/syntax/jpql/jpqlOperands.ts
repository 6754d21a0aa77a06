import type { JpqlExpression, JpqlSelect } from "./jpqlAst.ts";
import type { TokenReader } from "./jpqlTokens.ts";
import { STOPS, TYPED_LITERALS } from "./jpqlWords.ts";

/** What is not understood. */
export const OPAQUE: JpqlExpression = { kind: "opaque" };

/** A column of characters stays what it is as one of these. */
const TEXT = /^(?:text|varchar|bpchar|character)$/;

/** The operands of JPQL's expressions: literals, parameters, paths, calls, CASE, and what stands in parentheses. */
export class JpqlOperands {
  readonly #tokens: TokenReader;
  readonly #select: () => JpqlSelect;
  readonly #expression: () => JpqlExpression;

  constructor(tokens: TokenReader, select: () => JpqlSelect, expression: () => JpqlExpression) {
    this.#tokens = tokens;
    this.#select = select;
    this.#expression = expression;
  }

  operand(): JpqlExpression {
    let value = this.#primary();
    const tokens = this.#tokens;
    for (;;) {
      if (tokens.symbol("::")) {
        const type = this.#typeName();
        if (value.kind === "path")
          value = TEXT.test(type) ? { ...value, asText: true } : { kind: "call", name: "cast", distinct: false, args: [value] };
        else if (value.kind === "arithmetic") value = { ...value, castTo: type };
      } else if (tokens.words("at", "time", "zone")) this.#primary();
      else if (tokens.words("collate")) tokens.name();
      else return value;
    }
  }

  #typeName(): string {
    const tokens = this.#tokens;
    const name = tokens.name().join(".").toLowerCase();
    for (const words of [["precision"], ["varying"], ["with", "time", "zone"], ["without", "time", "zone"]]) tokens.words(...words);
    if (tokens.symbol("(")) tokens.skipParentheses();
    while (tokens.isSymbol("[") && tokens.isSymbol("]", 1)) tokens.back(tokens.at + 2);
    return name;
  }

  #primary(): JpqlExpression {
    const tokens = this.#tokens;
    const token = tokens.peek();
    switch (token.kind) {
      case "number":
        tokens.next();
        return { kind: "literal", sort: "number", value: token.text };
      case "string":
        tokens.next();
        return { kind: "literal", sort: "string", value: token.text };
      case "parameter":
        tokens.next();
        return { kind: "parameter", name: token.text };
      case "symbol":
        return this.#symbol(token.text);
      case "word":
        return this.#word(token.text.toLowerCase());
      case "end":
        return OPAQUE;
    }
  }

  #symbol(symbol: string): JpqlExpression {
    const tokens = this.#tokens;
    if (symbol === "-" || symbol === "+") {
      while (tokens.isSymbol("-") || tokens.isSymbol("+")) tokens.next();
      const value = this.operand();
      return value.kind === "literal" ? { ...value, value: symbol === "-" ? `-${value.value}` : value.value } : OPAQUE;
    }
    if (symbol === "*") {
      tokens.next();
      return OPAQUE;
    }
    if (symbol !== "(") {
      if (symbol !== ")" && symbol !== ",") tokens.next();
      return OPAQUE;
    }
    if (this.selectFollows(1)) {
      tokens.next();
      const select = this.#select();
      this.#close();
      return { kind: "subquery", select };
    }
    tokens.next();
    const { args: items } = this.arguments();
    return items.length === 1 ? (items[0] as JpqlExpression) : { kind: "tuple", items };
  }

  /** Whether a word that begins something else is an alias here: `case.number`, `h.courtCase = case and …`. */
  #isOnlyAName(): boolean {
    const { kind, text } = this.#tokens.peek(1);
    if (kind === "word") return STOPS.has(text.toLowerCase()) && text.toLowerCase() !== "when";
    return kind === "end" || (kind === "symbol" && /^[.,)]$/.test(text));
  }

  #word(word: string): JpqlExpression {
    const tokens = this.#tokens;
    // `left(name, 3)` is a function, so is `ilike(name, 'a%')` where a project has registered it, and `order.id` a path.
    const ends = STOPS.has(word) && !tokens.isSymbol(".", 1) && !(["left", "right", "ilike"].includes(word) && tokens.isSymbol("(", 1));
    if (ends) return OPAQUE;
    if (word === "null" || word === "true" || word === "false") {
      tokens.next();
      return { kind: "literal", sort: word === "null" ? "null" : "boolean", value: word };
    }
    if (word === "exists" && tokens.isSymbol("(", 1)) {
      tokens.next();
      tokens.next();
      const select = this.#select();
      this.#close();
      return { kind: "exists", select, negated: false };
    }
    if (word === "case" && !this.#isOnlyAName()) return this.#case();
    if (word === "new") {
      tokens.next();
      const type = tokens.name().join(".");
      return { kind: "constructor", type, args: tokens.symbol("(") ? this.arguments().args : [] };
    }
    if (TYPED_LITERALS.has(word) && (tokens.peek(1).kind === "string" || tokens.peek(1).kind === "parameter")) {
      tokens.next();
      return { kind: "literal", sort: "string", value: tokens.next().text };
    }
    if (word === "array" && tokens.isSymbol("[", 1)) {
      tokens.next();
      return this.#indexed(OPAQUE);
    }
    const parts = tokens.name();
    if (tokens.isSymbol(".") && tokens.isSymbol("*", 1)) {
      tokens.back(tokens.at + 2);
      return { kind: "path", parts: [...parts, "*"] };
    }
    if (!tokens.symbol("(")) return this.#indexed({ kind: "path", parts });
    return this.#call(parts.join(".").toLowerCase());
  }

  /** What stands behind a function's opening parenthesis. */
  #call(name: string): JpqlExpression {
    const tokens = this.#tokens;
    const distinct = tokens.words("distinct");
    const { args, type, cut: words } = this.arguments();
    let cut = words;
    if (tokens.words("within", "group") && tokens.symbol("(")) {
      tokens.skipParentheses();
      cut = true;
    }
    let filter: JpqlExpression | undefined;
    if (tokens.words("filter") && tokens.symbol("(")) {
      if (tokens.words("where")) filter = this.#expression();
      this.#close();
    }
    if (tokens.words("over") && tokens.symbol("(")) {
      tokens.skipParentheses();
      cut = true;
    }
    const [only, ...more] = args;
    if ((name === "key" || name === "value") && only?.kind === "path" && more.length === 0 && !cut && type === undefined)
      return { kind: "path", parts: [...only.parts, `{${name}}`, ...(tokens.symbol(".") ? tokens.name() : [])] };
    // `treat(p as Dog).age`: what follows is a property of something that we do not follow.
    if (tokens.isSymbol(".")) {
      tokens.next();
      tokens.name();
      return OPAQUE;
    }
    return {
      kind: "call",
      name,
      distinct,
      args,
      ...(type === undefined ? {} : { type }),
      ...(filter === undefined ? {} : { filter }),
      ...(cut ? { cut } : {}),
    };
  }

  #indexed(path: JpqlExpression): JpqlExpression {
    const tokens = this.#tokens;
    if (!tokens.symbol("[")) return path;
    for (let depth = 1; depth > 0 && tokens.peek().kind !== "end"; ) {
      const token = tokens.next();
      if (token.kind === "symbol" && token.text === "[") depth++;
      if (token.kind === "symbol" && token.text === "]") depth--;
    }
    if (tokens.symbol(".")) tokens.name();
    return OPAQUE;
  }

  #case(): JpqlExpression {
    const tokens = this.#tokens;
    tokens.next();
    const parts: JpqlExpression[] = [];
    const branches: { when: JpqlExpression; value: JpqlExpression }[] = [];
    let subject: JpqlExpression | undefined;
    let otherwise: JpqlExpression | undefined;
    let when: JpqlExpression | undefined;
    let part: "subject" | "when" | "then" | "else" = "subject";
    while (tokens.peek().kind !== "end" && !tokens.isSymbol(")")) {
      if (tokens.words("end")) break;
      const keyword = (["when", "then", "else"] as const).find((word) => tokens.words(word));
      if (keyword !== undefined) {
        part = keyword;
        continue;
      }
      const from = tokens.at;
      const value = this.#expression();
      parts.push(value);
      if (part === "subject") subject = value;
      else if (part === "when") when = value;
      else if (part === "else") otherwise = value;
      else if (when !== undefined) branches.push({ when, value });
      if (tokens.at === from) tokens.next();
    }
    return { kind: "case", parts, subject, branches, otherwise };
  }

  /** The expressions up to the closing parenthesis, which is taken too, and what stands between them. */
  arguments(): { readonly args: readonly JpqlExpression[]; readonly type: string | undefined; readonly cut: boolean } {
    const tokens = this.#tokens;
    const args: JpqlExpression[] = [];
    let type: string | undefined;
    let cut = false;
    while (tokens.peek().kind !== "end" && !tokens.symbol(")")) {
      if (tokens.symbol(",")) continue;
      const from = tokens.at;
      args.push(this.#expression());
      if (tokens.words("as")) type = this.#typeName();
      // `extract(year from x)`, `trim(both from x)`.
      while (tokens.peek().kind === "word" && !tokens.isSymbol(",") && !tokens.isSymbol(")")) {
        const word = tokens.next();
        cut = true;
        if (word.text.toLowerCase() === "from") args.push(this.#expression());
      }
      if (tokens.at === from) tokens.next();
    }
    return { args, type, cut };
  }

  /** Whether a subquery begins so many tokens ahead. */
  selectFollows(ahead: number): boolean {
    return this.#tokens.isWord("select", ahead) || (this.#tokens.isWord("from", ahead) && this.#tokens.peek(ahead + 1).kind === "word");
  }

  #close(): void {
    const tokens = this.#tokens;
    if (!tokens.symbol(")")) tokens.skipParentheses();
  }
}
