import type { JpqlExpression, JpqlSelect } from "../../syntax/jpqlAst.ts";
import type { ColumnTest, ColumnTestKind } from "./query.ts";
import type { ColumnRef, ScanBuilder } from "./scanBuilder.ts";

/** What the names of an expression mean where it stands. */
export interface Names {
  /** Empty where a path means no column: an enum constant, a property that we do not know. */
  columns(parts: readonly string[]): readonly ColumnRef[];
  isAlias(name: string): boolean;
  /** Reads a subquery that stands in the expression. */
  select(select: JpqlSelect): void;
}

interface Operand {
  readonly refs: readonly ColumnRef[];
  readonly folded: ColumnTest["folded"];
  /** A literal, or the name of a constant. */
  readonly constant: boolean;
}

/** Turns the conditions of a statement into tests of columns. */
export class ConditionReader {
  readonly #builder: ScanBuilder;
  readonly #names: Names;

  constructor(builder: ScanBuilder, names: Names) {
    this.#builder = builder;
    this.#names = names;
  }

  /** Every term must hold. */
  all(condition: JpqlExpression | undefined): void {
    if (condition === undefined) return;
    switch (condition.kind) {
      case "and":
        for (const term of condition.terms) this.all(term);
        return;
      case "compare":
        this.#compare(condition);
        return;
      case "in": {
        const constant = condition.items.length > 0 && condition.items.every((item) => this.#operand(item).constant);
        this.#test(condition.value, condition.negated ? "not" : "in", constant);
        for (const item of condition.items) this.subqueries(item);
        return;
      }
      case "between":
        this.#test(condition.value, condition.negated ? "not" : "range", false);
        return;
      case "like":
        this.#test(condition.value, condition.negated ? "not" : condition.caseSensitive ? likeOf(condition.pattern) : "other", false);
        return;
      case "isNull":
        this.#test(condition.value, condition.negated ? "notNull" : "null", true);
        return;
      case "path":
        // A boolean column that stands alone.
        this.#test(condition, "equals", true);
        return;
      case "not":
        if (condition.term.kind === "path") this.#test(condition.term, "equals", true);
        else this.#weakly(condition.term, "not");
        return;
      case "or":
        for (const term of condition.terms) this.#weakly(term, "either");
        return;
      default:
        this.subqueries(condition);
    }
  }

  /** Reads the subqueries of an expression that is no condition. */
  subqueries(expression: JpqlExpression | undefined): void {
    for (const inner of nodesOf(expression)) if (inner.kind === "subquery" || inner.kind === "exists") this.#names.select(inner.select);
  }

  #compare({ operator, left, right }: Extract<JpqlExpression, { kind: "compare" }>): void {
    const a = this.#operand(left);
    const b = this.#operand(right);
    if (a.refs.length > 0 && b.refs.length > 0) {
      // Columns without their tables may belong to different ones.
      const sameScan = a.refs.some((one) => b.refs.some((other) => one.scan === other.scan && !(one.ambiguous && other.ambiguous)));
      const test = operator === "=" && !sameScan && a.folded === undefined && b.folded === undefined ? "join" : "other";
      for (const ref of [...a.refs, ...b.refs]) this.#builder.add(ref, test);
    } else {
      const test: ColumnTestKind = operator === "=" ? "equals" : operator === "<>" ? "not" : "range";
      for (const ref of a.refs) this.#builder.add(ref, test, b.constant, a.folded);
      for (const ref of b.refs) this.#builder.add(ref, test, a.constant, b.folded);
      if (a.refs.length === 0) this.#inside(left);
      if (b.refs.length === 0) this.#inside(right);
    }
    this.subqueries(left);
    this.subqueries(right);
  }

  #test(value: JpqlExpression, test: ColumnTestKind, constant: boolean): void {
    const operand = this.#operand(value);
    for (const ref of operand.refs) this.#builder.add(ref, test, constant, operand.folded);
    if (operand.refs.length === 0) this.#inside(value);
    this.subqueries(value);
  }

  /** Columns inside an expression that an ordinary index does not serve. */
  #inside(expression: JpqlExpression): void {
    for (const inner of nodesOf(expression)) {
      if (inner.kind === "path") for (const ref of this.#names.columns(inner.parts)) this.#builder.add(ref, "other");
    }
  }

  /** Under OR and NOT columns are looked at, but no single index answers. */
  #weakly(expression: JpqlExpression, test: "either" | "not"): void {
    for (const inner of nodesOf(expression)) {
      if (inner.kind === "path") for (const ref of this.#names.columns(inner.parts)) this.#builder.add(ref, test);
    }
    this.subqueries(expression);
  }

  #operand(expression: JpqlExpression): Operand {
    switch (expression.kind) {
      case "path": {
        const refs = this.#names.columns(expression.parts);
        // `State.OPEN`, `org.example.State.OPEN`: a constant.
        const constant = refs.length === 0 && expression.parts.length > 1 && !this.#names.isAlias(expression.parts[0] as string);
        return { refs, folded: undefined, constant };
      }
      case "literal":
        return { refs: [], folded: undefined, constant: true };
      case "call": {
        const [first, ...rest] = expression.args;
        if ((expression.name !== "lower" && expression.name !== "upper") || first === undefined || rest.length > 0) return NO_OPERAND;
        const inner = this.#operand(first);
        return { ...inner, folded: inner.refs.length > 0 ? expression.name : undefined };
      }
      default:
        return NO_OPERAND;
    }
  }
}

const NO_OPERAND: Operand = { refs: [], folded: undefined, constant: false };

/** What is known of a LIKE pattern: JPQL builds it by concatenation or by a parameter with a wildcard. */
function likeOf(pattern: JpqlExpression): ColumnTestKind {
  const first = firstOf(pattern);
  if (first === undefined) return "like";
  return /^[%_]/.test(first) ? "contains" : "prefix";
}

function firstOf(pattern: JpqlExpression): string | undefined {
  let at: JpqlExpression | undefined = pattern;
  while (at !== undefined && at.kind !== "literal") at = at.kind === "call" ? at.args[0] : at.kind === "arithmetic" ? at.left : undefined;
  return at?.value;
}

/** An expression and what is inside it, subqueries closed. Without recursion: sums may be thousands of terms deep. */
export function nodesOf(expression: JpqlExpression | undefined): readonly JpqlExpression[] {
  const nodes: JpqlExpression[] = [];
  const open = expression === undefined ? [] : [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes.push(next);
    open.push(...childrenOf(next));
  }
  return nodes;
}

function childrenOf(expression: JpqlExpression): readonly JpqlExpression[] {
  switch (expression.kind) {
    case "call":
    case "constructor":
      return expression.args;
    case "and":
    case "or":
      return expression.terms;
    case "not":
      return [expression.term];
    case "compare":
    case "arithmetic":
      return [expression.left, expression.right];
    case "between":
      return [expression.value, expression.low, expression.high];
    case "in":
      return [expression.value, ...expression.items];
    case "like":
      return [expression.value, expression.pattern];
    case "isNull":
    case "isEmpty":
      return [expression.value];
    case "memberOf":
      return [expression.value, expression.collection];
    case "case":
      return expression.parts;
    case "tuple":
      return expression.items;
    default:
      return [];
  }
}
