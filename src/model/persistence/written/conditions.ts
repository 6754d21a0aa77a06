import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { ColumnTest, ColumnTestKind } from "../scans/query.ts";
import type { ColumnRef, ScanBuilder } from "../scans/scanBuilder.ts";

/** The columns that an expression means; empty for what is none. */
export type Columns = (node: CodeNode) => readonly ColumnRef[];

interface Operand {
  readonly refs: readonly ColumnRef[];
  readonly folded: ColumnTest["folded"];
}

/** Turns conditions that are put together of calls, as Querydsl and jOOQ have them, into tests of columns. */
export class BuiltConditions {
  readonly #builder: ScanBuilder;
  readonly #columns: Columns;

  constructor(builder: ScanBuilder, columns: Columns) {
    this.#builder = builder;
    this.#columns = columns;
  }

  /** Enters a condition that must hold; whether all of it is understood. */
  must(node: CodeNode): boolean {
    if (node.kind === "literal" && node.type === "null") return true;
    const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
    if (on === undefined) return false;
    const args = childrenOf(node, "argument");
    if (node.text === "and") return all([on, ...args], (term) => this.must(term));
    if (node.text === "or" || node.text === "not") return all([on, ...args], (term) => this.#weakly(term));
    const test = TESTS[node.text];
    return test !== undefined && this.#compare(on, args, test, node.text);
  }

  /** Under OR and NOT columns are looked at, but no single index answers. */
  #weakly(node: CodeNode): boolean {
    const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
    if (on === undefined) return false;
    const args = childrenOf(node, "argument");
    if (node.text === "and" || node.text === "or" || node.text === "not") return all([on, ...args], (term) => this.#weakly(term));
    return TESTS[node.text] !== undefined && this.#compare(on, args, "either", node.text);
  }

  #compare(on: CodeNode, args: readonly CodeNode[], test: ColumnTestKind, name: string): boolean {
    const left = this.#operand(on);
    if (left.refs.length === 0) return false;
    const others = args.flatMap((arg) => this.#operand(arg).refs);
    if (others.length > 0) {
      const joins =
        test === "equals" && left.folded === undefined && others.every((ref) => left.refs.every(({ scan }) => scan !== ref.scan));
      if (joins) this.#builder.addJoin(left.refs, others);
      else for (const ref of [...left.refs, ...others]) this.#builder.add(ref, "other");
      return true;
    }
    const constant = args.every(isConstant);
    const folded = /IgnoreCase$/.test(name) ? "lower" : left.folded;
    for (const ref of left.refs) this.#builder.add(ref, test, constant, folded);
    return true;
  }

  #operand(node: CodeNode): Operand {
    const refs = this.#columns(node);
    if (refs.length > 0 || node.kind !== "call") return { refs, folded: undefined };
    const folded = FOLDS[node.text];
    const inner = folded === undefined ? undefined : (childrenOf(node, "argument")[0] ?? childOf(node, "receiver"));
    return { refs: inner === undefined ? [] : this.#columns(inner), folded };
  }
}

const FOLDS: Readonly<Record<string, ColumnTest["folded"]>> = {
  lower: "lower",
  toLowerCase: "lower",
  upper: "upper",
  toUpperCase: "upper",
};

const TESTS: Readonly<Record<string, ColumnTestKind>> = {
  eq: "equals",
  equal: "equals",
  isTrue: "equals",
  isFalse: "equals",
  equalsIgnoreCase: "equals",
  equalIgnoreCase: "equals",
  in: "in",
  isNull: "null",
  isNotNull: "notNull",
  ne: "not",
  notEqual: "not",
  notEqualIgnoreCase: "not",
  notEqualsIgnoreCase: "not",
  notIn: "not",
  notLike: "not",
  notBetween: "not",
  gt: "range",
  goe: "range",
  ge: "range",
  lt: "range",
  loe: "range",
  le: "range",
  greaterThan: "range",
  greaterOrEqual: "range",
  lessThan: "range",
  lessOrEqual: "range",
  between: "range",
  before: "range",
  after: "range",
  like: "like",
  likeIgnoreCase: "other",
  startsWith: "prefix",
  startsWithIgnoreCase: "other",
  contains: "contains",
  containsIgnoreCase: "other",
  endsWith: "contains",
  endsWithIgnoreCase: "other",
};

/** Every term is looked at, also behind one that is not understood. */
const all = (terms: readonly CodeNode[], look: (term: CodeNode) => boolean): boolean => terms.map(look).every((understood) => understood);

/** A literal, or the name of a constant. */
const isConstant = ({ kind, text }: CodeNode): boolean => kind === "literal" || (kind === "field" && /^[\p{Lu}\d_]+$/u.test(text));
