import type { JpqlExpression, JpqlFrom, JpqlItem, JpqlSelect, JpqlSort, JpqlStatement } from "./jpqlAst.ts";
import { JpqlExpressions } from "./jpqlExpressions.ts";
import { jpqlTokens, TokenReader } from "./jpqlTokens.ts";
import { CLAUSES, JOINS, TAIL } from "./jpqlWords.ts";

/**
 * Reads a statement of JPQL or HQL, or a query of SQL that stands in Java code: placeholders of all frameworks are read where they
 * stand, which PostgreSQL's own parser cannot. It is tolerant: an unknown construct becomes `opaque` and reading goes on at the next clause that
 * is known; text that is no statement at all is `{ kind: "other" }`. Never throws.
 */
export function parseJpql(text: string): JpqlStatement {
  return new JpqlParser(text).statement();
}

/** Subqueries nested deeper than this are generated; what lies below is left out. */
const DEEPEST = 50;

const NOTHING: JpqlSelect = {
  kind: "select",
  distinct: false,
  distinctOn: false,
  items: [],
  from: [],
  where: undefined,
  groupBy: [],
  having: undefined,
  orderBy: [],
  limit: undefined,
  offset: undefined,
  lock: undefined,
  combined: [],
  joinedBy: undefined,
  named: [],
  understood: false,
};

class JpqlParser {
  readonly #tokens: TokenReader;
  readonly #expressions: JpqlExpressions;
  #depth = 0;
  #understood = true;

  constructor(text: string) {
    this.#tokens = new TokenReader(jpqlTokens(text));
    this.#expressions = new JpqlExpressions(this.#tokens, () => this.#select());
  }

  statement(): JpqlStatement {
    const tokens = this.#tokens;
    const named = this.#named();
    if (tokens.isWord("select") || tokens.isWord("from") || tokens.isSymbol("(")) {
      const select = this.#select();
      const lock = this.#lock();
      this.#end();
      return { ...select, named, lock, understood: select.understood && this.#understood };
    }
    if (tokens.words("update")) {
      tokens.words("versioned");
      tokens.words("only");
      const from = this.#source("none");
      const set = tokens.words("set") ? this.#list(() => this.#expressions.expression()) : [];
      this.#skipTo("from", "where", "returning");
      const others = tokens.words("from") ? this.#from() : [];
      const where = this.#where();
      this.#end();
      return { kind: "update", from, set, others, where, named, understood: this.#understood };
    }
    if (tokens.words("delete")) {
      tokens.words("from");
      tokens.words("only");
      const from = this.#source("none");
      const others = tokens.words("using") ? this.#from() : [];
      const where = this.#where();
      this.#end();
      return { kind: "delete", from, others, where, named, understood: this.#understood };
    }
    const inserted = tokens.words("insert", "into") ? this.#inserted() : undefined;
    return inserted === undefined ? { kind: "other" } : { kind: "other", inserted: { ...inserted, named: [...named, ...inserted.named] } };
  }

  /** `t (a, b) select …`, `t (a, b) values (…), (…)`. */
  #inserted(): JpqlSelect | undefined {
    const tokens = this.#tokens;
    tokens.name();
    if (tokens.words("as")) tokens.next();
    if (tokens.isSymbol("(") && !tokens.isWord("select", 1)) {
      tokens.next();
      tokens.skipParentheses();
    }
    let inserted: JpqlSelect;
    if (tokens.words("values")) {
      const rows = this.#list(() => {
        const values = tokens.symbol("(") ? this.#list(() => this.#item()) : [];
        this.#closeParenthesis();
        return values;
      });
      inserted = { ...NOTHING, items: rows.flat() };
    } else if (tokens.isWord("select") || tokens.isWord("with") || tokens.isSymbol("(")) {
      const named = this.#named();
      inserted = { ...this.#select(), named };
    } else return undefined;
    this.#end();
    return { ...inserted, understood: this.#understood };
  }

  #named(): JpqlSelect["named"] {
    const tokens = this.#tokens;
    if (!tokens.words("with")) return [];
    const recursive = tokens.words("recursive");
    return this.#list(() => {
      const name = this.#tokens.name().join(".");
      if (tokens.symbol("(")) tokens.skipParentheses();
      tokens.words("as");
      const negated = tokens.words("not");
      const materialized = tokens.words("materialized") && !negated && !recursive;
      if (!tokens.symbol("(")) return { name, select: NOTHING, materialized };
      const select = this.#select();
      this.#closeParenthesis();
      return { name, select, materialized };
    });
  }

  #lock(): JpqlSelect["lock"] {
    const tokens = this.#tokens;
    let lock: JpqlSelect["lock"];
    while (tokens.words("for")) {
      lock ??= "waits";
      while (tokens.peek().kind === "word" && !tokens.isWord("for")) {
        if (tokens.words("skip", "locked")) lock = "skips";
        else if (tokens.words("nowait")) lock = "fails";
        else tokens.next();
        tokens.symbol(",");
      }
    }
    return lock;
  }

  /** What may stand behind the last clause. */
  #end(): void {
    const tokens = this.#tokens;
    if (tokens.isWord("for") || tokens.isWord("returning") || tokens.isWord("on")) return;
    tokens.symbol(";");
    if (tokens.peek().kind !== "end") this.#understood = false;
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
    for (;;) {
      const isUnion = tokens.words("union");
      if (!isUnion && !tokens.words("intersect") && !tokens.words("except")) break;
      const all = tokens.words("all");
      combined.push({ ...this.#branch(), joinedBy: !isUnion ? "other" : all ? "union all" : "union" });
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
    const distinctOn = distinct && tokens.isWord("on") && tokens.isSymbol("(", 1);
    if (distinctOn) {
      tokens.back(tokens.at + 2);
      tokens.skipParentheses();
    }
    if (hasItems) tokens.words("all");
    const items = hasItems ? this.#list(() => this.#item()) : [];
    this.#skipTo("from", "where", "group", "order", ...TAIL);
    const from = tokens.words("from") ? this.#from() : [];
    this.#skipTo("where", "group", "having", "order", ...TAIL);
    const where = this.#where();
    this.#skipTo("group", "having", "order", ...TAIL);
    const groupBy = tokens.words("group", "by") ? this.#list(() => this.#expressions.expression()) : [];
    const having = tokens.words("having") ? this.#expressions.expression() : undefined;
    this.#skipTo("order", ...TAIL);
    const orderBy = tokens.words("order", "by") ? this.#list(() => this.#sort()) : [];
    const { limit, offset } = this.#limit();
    if (wrapped) tokens.symbol(")");
    return {
      kind: "select",
      distinct,
      distinctOn,
      items,
      from,
      where,
      groupBy,
      having,
      orderBy,
      limit,
      offset,
      lock: undefined,
      combined: [],
      joinedBy: undefined,
      named: [],
      understood: this.#understood,
    };
  }

  #item(): JpqlItem {
    if (this.#tokens.symbol("*")) return { value: { kind: "path", parts: ["*"] }, alias: undefined };
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
      const parts = this.#tokens.name();
      tokens.symbol(")");
      return { join: "inner", fetch, source: { kind: "name", parts }, alias: this.#alias(), on: undefined, using: [] };
    }
    if (tokens.isSymbol("(")) {
      tokens.next();
      const select = this.#select();
      this.#closeParenthesis();
      return { join, fetch, source: { kind: "subquery", select }, alias: this.#alias(), ...this.#condition() };
    }
    const treat = tokens.isWord("treat") && tokens.isSymbol("(", 1);
    if (treat) tokens.back(tokens.at + 2);
    const parts = this.#tokens.name();
    if (treat) {
      this.#skipTo(")");
      tokens.symbol(")");
    }
    tokens.words("fetch", "all", "properties");
    if (tokens.symbol("(")) {
      const name = (parts.at(-1) ?? "").toLowerCase();
      const args = name.startsWith("json") ? this.#list(() => this.#expressions.expression()) : [];
      tokens.skipParentheses();
      tokens.words("with", "ordinality");
      return { join, fetch, source: { kind: "function", name, args }, alias: this.#alias(), ...this.#condition() };
    }
    return { join, fetch, source: { kind: "name", parts }, alias: this.#alias(), ...this.#condition() };
  }

  #condition(): Pick<JpqlFrom, "on" | "using"> {
    const tokens = this.#tokens;
    if (this.#isConflict()) return { on: undefined, using: [] };
    if (tokens.words("on") || tokens.words("with")) return { on: this.#expressions.expression(), using: [] };
    if (!tokens.isWord("using") || !tokens.isSymbol("(", 1)) return { on: undefined, using: [] };
    tokens.back(tokens.at + 2);
    const using = this.#list(() => this.#tokens.name().join("."));
    this.#closeParenthesis();
    return { on: undefined, using };
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

  #limit(): Pick<JpqlSelect, "limit" | "offset"> {
    const tokens = this.#tokens;
    let limit: JpqlExpression | undefined;
    let offset: JpqlExpression | undefined;
    if (tokens.isWord("window")) this.#skipTo("limit", "offset", "fetch", "union", "intersect", "except", "for");
    for (;;) {
      if (tokens.words("limit")) limit = this.#expressions.expression();
      else if (tokens.words("offset")) {
        offset = this.#expressions.expression();
        if (!tokens.words("rows")) tokens.words("row");
      } else if (tokens.words("fetch", "first") || tokens.words("fetch", "next")) {
        limit = this.#expressions.expression();
        if (!tokens.words("rows")) tokens.words("row");
        tokens.words("only");
      } else return { limit, offset };
    }
  }

  #alias(): string | undefined {
    const tokens = this.#tokens;
    const explicit = tokens.words("as");
    const token = tokens.peek();
    if (token.kind !== "word" || (!explicit && CLAUSES.has(token.text.toLowerCase()))) return undefined;
    const alias = tokens.next().text;
    if (tokens.symbol("(")) tokens.skipParentheses();
    return alias;
  }

  #list<T>(one: () => T): readonly T[] {
    const list = [one()];
    while (this.#tokens.symbol(",")) list.push(one());
    return list;
  }

  /** `on conflict …`, `on duplicate key …` behind what an insert puts in. */
  #isConflict(): boolean {
    const tokens = this.#tokens;
    return tokens.isWord("on") && (tokens.isWord("conflict", 1) || tokens.isWord("duplicate", 1));
  }

  /** Passes over what was not understood, up to one of these words on this level or the end of the level. */
  #skipTo(...words: readonly string[]): void {
    const tokens = this.#tokens;
    for (;;) {
      const token = tokens.peek();
      if (token.kind === "end" || tokens.isSymbol(")") || tokens.isSymbol(";")) return;
      if (words.some((word) => tokens.isWord(word)) || this.#isConflict()) return;
      this.#understood = false;
      tokens.next();
      if (token.kind === "symbol" && token.text === "(") tokens.skipParentheses();
    }
  }

  #closeParenthesis(): void {
    this.#skipTo();
    this.#tokens.symbol(")");
  }
}
