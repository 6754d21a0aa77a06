import type { JpqlExpression, JpqlSelect } from "./jpqlAst.ts";
import { JpqlOperands, OPAQUE } from "./jpqlOperands.ts";
import type { TokenReader } from "./jpqlTokens.ts";
import { COMPARISONS, OPERATORS } from "./jpqlWords.ts";

/** Expressions nested deeper than this are generated; what lies below is opaque. */
const DEEPEST = 150;
const WILDCARD: JpqlExpression = { kind: "literal", sort: "string", value: "%" };

/** The expressions of JPQL: recursive descent from `or` down to sums. */
export class JpqlExpressions {
  readonly #tokens: TokenReader;
  readonly #operands: JpqlOperands;
  #depth = 0;

  constructor(tokens: TokenReader, select: () => JpqlSelect) {
    this.#tokens = tokens;
    this.#operands = new JpqlOperands(tokens, select, () => this.expression());
  }

  expression(): JpqlExpression {
    if (this.#depth >= DEEPEST) {
      if (this.#tokens.symbol("(")) this.#tokens.skipParentheses();
      else this.#tokens.next();
      return OPAQUE;
    }
    this.#depth++;
    const value = this.#chain("or", () => this.#chain("and", () => this.#negation()));
    this.#depth--;
    return value;
  }

  #chain(word: "and" | "or", one: () => JpqlExpression): JpqlExpression {
    const first = one();
    if (!this.#tokens.isWord(word)) return first;
    const terms = [first];
    while (this.#tokens.words(word)) terms.push(one());
    return { kind: word, terms };
  }

  #negation(): JpqlExpression {
    let negated = false;
    while (this.#tokens.words("not")) negated = !negated;
    const term = this.#predicate();
    if (!negated) return term;
    return term.kind === "exists" ? { ...term, negated: !term.negated } : { kind: "not", term };
  }

  #predicate(): JpqlExpression {
    const tokens = this.#tokens;
    let value = this.#sum();
    for (;;) {
      const token = tokens.peek();
      const operator = token.kind === "symbol" ? COMPARISONS[token.text] : undefined;
      if (operator !== undefined) {
        tokens.next();
        const any = tokens.words("any") || tokens.words("some");
        const all = !any && tokens.words("all");
        const right = this.#sum();
        if (all || (any && operator !== "=")) value = OPAQUE;
        else if (any) value = { kind: "in", value, items: [right], negated: false };
        else value = { kind: "compare", operator, left: value, right };
        continue;
      }
      if (token.kind === "symbol" && OPERATORS.test(token.text)) {
        tokens.next();
        value = { kind: "arithmetic", operator: token.text, left: value, right: this.#sum() };
        continue;
      }
      const from = tokens.at;
      const negated = tokens.words("not");
      const test = this.#test(value, negated);
      if (test === undefined) {
        tokens.back(from);
        return value;
      }
      value = test;
    }
  }

  #test(value: JpqlExpression, negated: boolean): JpqlExpression | undefined {
    const tokens = this.#tokens;
    if (tokens.words("between")) {
      const low = this.#sum();
      tokens.words("and");
      return { kind: "between", value, low, high: this.#sum(), negated };
    }
    if (tokens.words("in")) return isIn(value, this.#items(), negated);
    const caseSensitive = tokens.words("like");
    if (caseSensitive || tokens.words("ilike")) {
      const pattern = this.#pattern();
      const escaped = tokens.words("escape") ? { escape: this.#sum() } : {};
      return { kind: "like", value, pattern, caseSensitive, ...escaped, negated };
    }
    if (tokens.words("similar", "to")) {
      this.#sum();
      return OPAQUE;
    }
    if (tokens.words("member")) {
      tokens.words("of");
      return { kind: "memberOf", value, collection: this.#sum(), negated };
    }
    if (!tokens.words("is")) return undefined;
    const denied = tokens.words("not") || negated;
    if (tokens.words("distinct", "from")) {
      this.#sum();
      return OPAQUE;
    }
    if (tokens.words("null")) return { kind: "isNull", value, negated: denied };
    if (tokens.words("empty")) return { kind: "isEmpty", value, negated: denied };
    const truth = tokens.isWord("true") || tokens.isWord("false");
    if (truth) {
      const literal: JpqlExpression = { kind: "literal", sort: "boolean", value: tokens.next().text.toLowerCase() };
      return { kind: "compare", operator: denied ? "<>" : "=", left: value, right: literal };
    }
    return OPAQUE;
  }

  /** What stands behind LIKE; Spring Data takes wildcards around a parameter, `%:name%`, out of the text and puts them into its value. */
  #pattern(): JpqlExpression {
    const tokens = this.#tokens;
    const isWild = tokens.isSymbol("%") ? 1 : 0;
    if (tokens.peek(isWild).kind !== "parameter" || (isWild === 0 && !tokens.isSymbol("%", 1))) return this.#sum();
    const begins = tokens.symbol("%") ? [WILDCARD] : [];
    const value = this.#operands.operand();
    const ends = tokens.symbol("%") ? [WILDCARD] : [];
    return { kind: "call", name: "concat", distinct: false, args: [...begins, value, ...ends] };
  }

  /** What stands behind IN: a list, a subquery, a parameter, or (HQL) elements(path). */
  #items(): readonly JpqlExpression[] {
    const tokens = this.#tokens;
    if (!tokens.isSymbol("(")) return [this.#operands.operand()];
    if (this.#operands.selectFollows(1)) return [this.#operands.operand()];
    tokens.next();
    return this.#operands.arguments().args;
  }

  #sum(): JpqlExpression {
    let left = this.#operands.operand();
    for (;;) {
      const token = this.#tokens.peek();
      if (token.kind !== "symbol" || !/^(?:\|\||->>?|#>>?|[-+*/%^])$/.test(token.text)) return left;
      this.#tokens.next();
      left = { kind: "arithmetic", operator: token.text, left, right: this.#operands.operand() };
    }
  }
}

/** `:tag in elements(ticket.tags)` is HQL's member of. */
function isIn(value: JpqlExpression, items: readonly JpqlExpression[], negated: boolean): JpqlExpression {
  const [only, ...more] = items;
  const [collection] = only?.kind === "call" && only.name === "elements" ? only.args : [];
  return collection?.kind === "path" && more.length === 0
    ? { kind: "memberOf", value, collection, negated }
    : { kind: "in", value, items, negated };
}
