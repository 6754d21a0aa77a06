import type { JpqlExpression, JpqlFrom, JpqlItem, JpqlSelect, JpqlSort, JpqlStatement } from "./jpqlAst.ts";
import { JpqlExpressions } from "./jpqlExpressions.ts";
import { jpqlTokens, TokenReader } from "./jpqlTokens.ts";

/**
 * Reads a JPQL or HQL statement. It is tolerant: an unknown construct becomes `opaque` and reading goes on at the next clause that
 * is known; text that is no statement at all is `{ kind: "other" }`. Never throws.
 */
export function parseJpql(text: string): JpqlStatement {
  return new JpqlParser(text).statement();
}

const JOINS: readonly (readonly [readonly string[], JpqlFrom["join"]])[] = [
  [["join"], "inner"],
  [["inner", "join"], "inner"],
  [["left", "join"], "left"],
  [["left", "outer", "join"], "left"],
  [["right", "join"], "right"],
  [["right", "outer", "join"], "right"],
  [["full", "join"], "full"],
  [["full", "outer", "join"], "full"],
  [["cross", "join"], "cross"],
];

/** Words that end a clause, and so are never an alias. */
const CLAUSES: ReadonlySet<string> = new Set(
  "where group order having join inner left right full cross on with fetch set union intersect except limit offset as from select when then else end and or not in is between like for".split(
    " ",
  ),
);

/** Subqueries nested deeper than this are generated; what lies below is left out. */
const DEEPEST = 50;

const NOTHING: JpqlSelect = {
  kind: "select",
  distinct: false,
  items: [],
  from: [],
  where: undefined,
  groupBy: [],
  having: undefined,
  orderBy: [],
  limit: undefined,
  combined: [],
};

class JpqlParser {
  readonly #tokens: TokenReader;
  readonly #expressions: JpqlExpressions;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = new TokenReader(jpqlTokens(text));
    this.#expressions = new JpqlExpressions(this.#tokens, () => this.#select());
  }

  statement(): JpqlStatement {
    const tokens = this.#tokens;
    if (tokens.isWord("with")) this.#skipTo("select", "from");
    if (tokens.isWord("select") || tokens.isWord("from") || tokens.isSymbol("(")) return this.#select();
    if (tokens.words("update")) {
      tokens.words("versioned");
      const from = this.#source("none");
      const set = tokens.words("set") ? this.#list(() => this.#expressions.expression()) : [];
      this.#skipTo("where");
      return { kind: "update", from, set, where: this.#where() };
    }
    if (tokens.words("delete")) {
      tokens.words("from");
      const from = this.#source("none");
      this.#skipTo("where");
      return { kind: "delete", from, where: this.#where() };
    }
    return { kind: "other" };
  }

  #select(): JpqlSelect {
    const tokens = this.#tokens;
    if (this.#depth >= DEEPEST) {
      if (tokens.symbol("(")) tokens.skipParentheses();
      return NOTHING;
    }
    this.#depth++;
    const first = this.#branch();
    const combined: JpqlSelect[] = [];
    while (tokens.words("union") || tokens.words("intersect") || tokens.words("except")) {
      tokens.words("all");
      combined.push(this.#branch());
    }
    this.#depth--;
    return combined.length === 0 ? first : { ...first, combined };
  }

  /** A select without what `union` adds to it. */
  #branch(): JpqlSelect {
    const tokens = this.#tokens;
    const wrapped = tokens.symbol("(");
    const hasItems = tokens.words("select");
    const distinct = hasItems && tokens.words("distinct");
    if (hasItems) tokens.words("all");
    const items = hasItems ? this.#list(() => this.#item()) : [];
    this.#skipTo("from", "where", "group", "order");
    const from = tokens.words("from") ? this.#from() : [];
    this.#skipTo("where", "group", "having", "order", "limit", "offset", "union", "intersect", "except", "fetch");
    const where = this.#where();
    this.#skipTo("group", "having", "order", "limit", "offset", "union", "intersect", "except", "fetch");
    const groupBy = tokens.words("group", "by") ? this.#list(() => this.#expressions.expression()) : [];
    const having = tokens.words("having") ? this.#expressions.expression() : undefined;
    this.#skipTo("order", "limit", "offset", "union", "intersect", "except", "fetch");
    const orderBy = tokens.words("order", "by") ? this.#list(() => this.#sort()) : [];
    const limit = this.#limit();
    if (wrapped) tokens.symbol(")");
    return { kind: "select", distinct, items, from, where, groupBy, having, orderBy, limit, combined: [] };
  }

  #item(): JpqlItem {
    const value = this.#expressions.expression();
    return { value, alias: this.#alias() };
  }

  #from(): readonly JpqlFrom[] {
    const tokens = this.#tokens;
    const sources = [this.#source("none")];
    for (;;) {
      if (tokens.symbol(",")) {
        sources.push(this.#source("none"));
        continue;
      }
      const join = JOINS.find(([words]) => tokens.words(...words))?.[1];
      if (join === undefined) return sources;
      sources.push(this.#source(join));
    }
  }

  #source(join: JpqlFrom["join"]): JpqlFrom {
    const tokens = this.#tokens;
    const fetch = tokens.words("fetch");
    tokens.words("lateral");
    // "in (o.pets) p" is JPA 1's way to write a join.
    if (tokens.isWord("in") && tokens.isSymbol("(", 1)) {
      tokens.next();
      tokens.next();
      const parts = this.#expressions.name();
      tokens.symbol(")");
      return { join: "inner", fetch, source: { kind: "name", parts }, alias: this.#alias(), on: undefined };
    }
    if (tokens.isSymbol("(")) {
      tokens.next();
      const select = this.#select();
      this.#closeParenthesis();
      return { join, fetch, source: { kind: "subquery", select }, alias: this.#alias(), on: this.#on() };
    }
    const treat = tokens.isWord("treat") && tokens.isSymbol("(", 1);
    if (treat) tokens.back(tokens.at + 2);
    const parts = this.#expressions.name();
    if (treat) {
      this.#skipTo(")");
      tokens.symbol(")");
    }
    tokens.words("fetch", "all", "properties");
    return { join, fetch, source: { kind: "name", parts }, alias: this.#alias(), on: this.#on() };
  }

  #on(): JpqlExpression | undefined {
    return this.#tokens.words("on") || this.#tokens.words("with") ? this.#expressions.expression() : undefined;
  }

  #where(): JpqlExpression | undefined {
    return this.#tokens.words("where") ? this.#expressions.expression() : undefined;
  }

  #sort(): JpqlSort {
    const tokens = this.#tokens;
    const value = this.#expressions.expression();
    const descending = tokens.words("desc");
    if (!descending) tokens.words("asc");
    const nulls = tokens.words("nulls", "first") ? "first" : tokens.words("nulls", "last") ? "last" : undefined;
    return { value, descending, nulls };
  }

  #limit(): JpqlExpression | undefined {
    const tokens = this.#tokens;
    let limit: JpqlExpression | undefined;
    for (;;) {
      if (tokens.words("limit")) limit = this.#expressions.expression();
      else if (tokens.words("offset")) {
        this.#expressions.expression();
        if (!tokens.words("rows")) tokens.words("row");
      } else if (tokens.words("fetch", "first") || tokens.words("fetch", "next")) {
        limit = this.#expressions.expression();
        if (!tokens.words("rows")) tokens.words("row");
        tokens.words("only");
      } else return limit;
    }
  }

  #alias(): string | undefined {
    const tokens = this.#tokens;
    const explicit = tokens.words("as");
    const token = tokens.peek();
    if (token.kind !== "word" || (!explicit && CLAUSES.has(token.text.toLowerCase()))) return undefined;
    return tokens.next().text;
  }

  #list<T>(one: () => T): readonly T[] {
    const list = [one()];
    while (this.#tokens.symbol(",")) list.push(one());
    return list;
  }

  /** Passes over what was not understood, up to one of these words on this level or the end of the level. */
  #skipTo(...words: readonly string[]): void {
    const tokens = this.#tokens;
    for (;;) {
      const token = tokens.peek();
      if (token.kind === "end" || tokens.isSymbol(")")) return;
      if (words.some((word) => tokens.isWord(word))) return;
      tokens.next();
      if (token.kind === "symbol" && token.text === "(") tokens.skipParentheses();
    }
  }

  #closeParenthesis(): void {
    this.#skipTo();
    this.#tokens.symbol(")");
  }
}
