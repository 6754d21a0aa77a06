import type { JpqlExpression, JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { armsOf } from "./eitherArms.ts";
import { functionOf, nodesOf } from "./expressionNodes.ts";
import { likeOf } from "./likePattern.ts";
import type { Bound, ColumnTest, ColumnTestKind } from "./query.ts";
import type { ColumnRef, ScanBuilder, Source } from "./scanBuilder.ts";
import { isLookedUpInArms, unionArms } from "./unions.ts";

/** What the names of an expression mean where it stands. */
export interface Names {
  /** Empty where a path means no column: an enum constant, a property that we do not know. */
  columns(parts: readonly string[]): readonly ColumnRef[];
  isAlias(name: string): boolean;
  /** Of rows that are those of no table, where there may be more than one: whose a path is. */
  rowsOf(parts: readonly string[]): Source["rows"];
  /** Reads a subquery that stands in the expression; the columns that its only item means. */
  select(select: JpqlSelect): readonly ColumnRef[];
  /** The columns of what a collection has, looked up for its owner. */
  member(parts: readonly string[], asked: boolean): readonly ColumnRef[];
}

interface Operand {
  readonly refs: readonly ColumnRef[];
  readonly folded: ColumnTest["folded"];
  /** A literal, or the name of a constant. */
  readonly constant: boolean;
  /** The literal, or the constant's simple name. */
  readonly value?: string;
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
        this.#amongValues(condition);
        const inner = this.#builder.size;
        if (condition.items[0]?.kind !== "subquery") {
          for (const item of condition.items) this.subqueries(item);
          return;
        }
        const given = this.#names.select(condition.items[0].select);
        const asked = condition.value.kind === "path" ? this.#operand(condition.value).refs : [];
        if (condition.negated) this.#builder.remarkNotIn(inner, asked, given);
        else if (isNeedless(condition.items[0].select)) this.#builder.remarkDistinctIn(inner);
        else this.#remarkUnion(condition.items[0].select, inner);
        return;
      }
      case "between":
        this.#test(condition.value, condition.negated ? "not" : "range", false);
        if (!condition.negated) this.#throughFunction(condition.value, { kind: "tuple", items: [condition.low, condition.high] });
        return;
      case "like":
        this.#test(condition.value, condition.negated ? "not" : likeOf(condition), false);
        return;
      case "isNull":
        this.#test(condition.value, condition.negated ? "notNull" : "null", true);
        return;
      case "memberOf":
        this.#member(condition);
        return;
      case "path":
        // A boolean column that stands alone.
        this.#test(condition, "equals", true, "true");
        return;
      case "not":
        if (condition.term.kind === "path") this.#test(condition.term, "equals", true, "false");
        else if (condition.term.kind === "in") this.all({ ...condition.term, negated: !condition.term.negated });
        else this.#weakly(condition.term, "not");
        return;
      case "or":
        this.#optional(condition.terms);
        this.#remarkEither(condition.terms);
        for (const term of condition.terms) this.#weakly(term, "either");
        return;
      case "arithmetic":
        if (/^(?:@>|&&|@@)$/.test(condition.operator)) this.#intoDocument(condition);
        this.subqueries(condition);
        return;
      default:
        this.subqueries(condition);
    }
  }

  /** Reads the subqueries of an expression that is no condition. */
  subqueries(expression: JpqlExpression | undefined): void {
    for (const inner of nodesOf(expression)) if (inner.kind === "subquery" || inner.kind === "exists") this.#names.select(inner.select);
  }

  /** What is compared with the value stands outside of the subquery that gives it: no index on it is asked. */
  #member({ value, collection, negated }: Extract<JpqlExpression, { kind: "memberOf" }>): void {
    const members = collection.kind === "path" ? this.#names.member(collection.parts, !negated && value.kind === "parameter") : [];
    for (const ref of [...members, ...this.#operand(value).refs]) this.#builder.add(ref, "other");
  }

  #remarkUnion(select: JpqlSelect, inner: number): void {
    const arms = unionArms(select);
    if (arms?.every(isLookedUpInArms)) this.#builder.remarkUnionIn(inner, arms.length - 1);
  }

  #compare({ operator, left, right }: Extract<JpqlExpression, { kind: "compare" }>): void {
    const a = this.#operand(left);
    const b = this.#operand(right);
    const rows = this.#rowsOf(a.refs.length > 0 ? right : left);
    const standIn = valueOrItself(left, right) ?? valueOrItself(right, left);
    if (standIn !== undefined) {
      const refs = a.refs.length > 0 ? a.refs : b.refs;
      this.#remarkOptional(refs, standIn);
      for (const ref of refs) this.#builder.add(ref, "other");
      return;
    }
    if (a.refs.length > 0 && b.refs.length > 0) {
      // Columns without their tables may belong to different ones.
      const sameScan = a.refs.some((one) => b.refs.some((other) => one.scan === other.scan && !(one.ambiguous && other.ambiguous)));
      const test = operator === "=" && !sameScan && a.folded === undefined && b.folded === undefined ? "join" : "other";
      if (test === "join") this.#builder.addJoin(a.refs, b.refs);
      else for (const ref of [...a.refs, ...b.refs]) this.#builder.add(ref, test);
    } else if (this.#hangsOn(a.refs, right) || this.#hangsOn(b.refs, left)) {
      for (const ref of [...a.refs, ...b.refs]) this.#builder.add(ref, "other");
    } else if (rows === "selected") {
      const test = operator === "=" && (a.folded ?? b.folded) === undefined ? "join" : "other";
      for (const ref of [...a.refs, ...b.refs]) this.#builder.add({ ...ref, derived: true }, test);
    } else {
      const test: ColumnTestKind = operator === "=" ? (rows === "made" ? "in" : "equals") : operator === "<>" ? "not" : "range";
      const isEqual = operator === "=";
      const isLess = operator.startsWith("<");
      const bound = (below: boolean): Bound | undefined => (test !== "range" ? undefined : below ? "below" : "above");
      for (const ref of a.refs) this.#builder.add(ref, test, b.constant, a.folded, isEqual ? b.value : undefined, bound(isLess));
      for (const ref of b.refs) this.#builder.add(ref, test, a.constant, b.folded, isEqual ? a.value : undefined, bound(!isLess));
      if (operator !== "<>" && a.refs.length === 0 && b.refs.length === 0) {
        this.#throughFunction(left, right);
        if (operator === "=") this.#intoDocument(left.kind === "arithmetic" ? left : right);
      }
      if (a.refs.length === 0) this.#inside(left);
      if (b.refs.length === 0) this.#inside(right);
    }
    // Its value is worked out for each row around it: that row is not found by it.
    this.#builder.withoutLeadingOut(() => {
      this.subqueries(left);
      this.subqueries(right);
    });
  }

  /** `o.version = (select max(p.version) from Offer p where p.item = o.item)`: the value hangs on the row itself, which must be at hand. */
  #hangsOn(refs: readonly ColumnRef[], value: JpqlExpression): boolean {
    return nodesOf(value).some(
      (node) =>
        node.kind === "subquery" &&
        nodesOf(node.select.where).some(
          (inner) =>
            inner.kind === "path" &&
            inner.parts.length > 1 &&
            this.#names.columns(inner.parts).some(({ scan }) => refs.some((ref) => ref.scan === scan)),
        ),
    );
  }

  #rowsOf(value: JpqlExpression): Source["rows"] {
    return value.kind === "path" ? this.#names.rowsOf(value.parts) : undefined;
  }

  /** `:x is null or t.x = :x` asks for nothing where the parameter is null. */
  #optional(terms: readonly JpqlExpression[]): void {
    const parameters = terms.flatMap((term) => (term.kind === "isNull" && !term.negated ? (parameterOf(term.value) ?? []) : []));
    const [parameter] = parameters;
    const [test, ...more] = terms.filter((term) => term.kind !== "isNull");
    if (parameter === undefined || test === undefined || more.length > 0) return;
    const tested = testedOperands(test);
    if (!nodesOf(test).some((node) => node.kind === "parameter" && node.name === parameter)) return;
    this.#builder.remark({ kind: "unasked", parameter });
    this.#remarkOptional(
      tested.flatMap((operand) => (operand.kind === "path" ? this.#names.columns(operand.parts) : [])),
      parameter,
    );
  }

  #remarkEither(terms: readonly JpqlExpression[]): void {
    const arms = armsOf(terms, (parts) => this.#names.columns(parts));
    if (arms !== undefined) this.#builder.remark({ kind: "either", arms });
  }

  #remarkOptional([ref, ...others]: readonly ColumnRef[], parameter: string): void {
    if (ref === undefined || others.length > 0 || ref.ambiguous) return;
    this.#builder.remark({ kind: "optional", table: ref.scan.table, column: ref.column, parameter });
  }

  /** A function of one column, or a sum with it, compared with something that is no column. */
  #throughFunction(left: JpqlExpression, right: JpqlExpression): void {
    const columns = (expression: JpqlExpression) =>
      nodesOf(expression).flatMap((node) => (node.kind === "path" ? this.#names.columns(node.parts) : []));
    const [a, b] = [columns(left), columns(right)];
    const [side, refs] = b.length === 0 ? [left, a] : [right, b];
    const [ref] = refs;
    if ((a.length > 0 && b.length > 0) || ref === undefined || refs.length > 1 || ref.ambiguous) return;
    const name =
      side.kind === "call" ? functionOf(side) : side.kind === "arithmetic" && /^[-+*/]$/.test(side.operator) ? side.operator : "";
    if (name !== "" && !OF_ENTITIES.has(name)) this.#builder.remark({ kind: "function", name, table: ref.scan.table, column: ref.column });
  }

  /** `t.data ->> 'state'` and `t.data @> :part`. */
  #intoDocument(expression: JpqlExpression): void {
    if (expression.kind !== "arithmetic" || !/^(?:->>?|#>>?|@>|&&|@@)$/.test(expression.operator) || expression.left.kind !== "path")
      return;
    const [ref, ...others] = this.#names.columns(expression.left.parts);
    if (ref === undefined || others.length > 0 || ref.ambiguous) return;
    const { operator, right, castTo } = expression;
    const key = right.kind === "literal" ? right.value : undefined;
    this.#builder.remark({ kind: "document", operator, key, table: ref.scan.table, column: ref.column, ...(castTo && { castTo }) });
  }

  /** `:tag = any(t.tags)`. */
  #amongValues({ value, items: [only, ...more], negated }: Extract<JpqlExpression, { kind: "in" }>): void {
    if (negated || value.kind === "path" || only?.kind !== "path" || more.length > 0) return;
    const [ref, ...others] = this.#names.columns(only.parts);
    if (ref === undefined || others.length > 0 || ref.ambiguous) return;
    this.#builder.add(ref, "other");
    this.#builder.remark({ kind: "document", operator: "= any", key: undefined, table: ref.scan.table, column: ref.column });
  }

  #test(value: JpqlExpression, test: ColumnTestKind, constant: boolean, equal?: string): void {
    const operand = this.#operand(value);
    for (const ref of operand.refs) this.#builder.add(ref, test, constant, operand.folded, equal);
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
        const named = this.#names.columns(expression.parts);
        const refs = expression.asText === true ? named.map((ref) => ({ ...ref, asText: true as const })) : named;
        // `State.OPEN`, `org.example.State.OPEN`: a constant.
        const constant = refs.length === 0 && expression.parts.length > 1 && !this.#names.isAlias(expression.parts[0] as string);
        return { refs, folded: undefined, constant, ...(constant && { value: expression.parts.at(-1) as string }) };
      }
      case "literal":
        return { refs: [], folded: undefined, constant: true, value: expression.value };
      case "call": {
        const [first, ...rest] = expression.args;
        if (expression.name === "id" && first?.kind === "path" && rest.length === 0) return this.#operand(first);
        if (expression.name === "cast" && first?.kind === "path" && TEXT.test(expression.type ?? ""))
          return this.#operand({ ...first, asText: true });
        if ((expression.name !== "lower" && expression.name !== "upper") || first === undefined || rest.length > 0) return NO_OPERAND;
        const inner = this.#operand(first);
        return { ...inner, folded: inner.refs.length > 0 ? expression.name : undefined };
      }
      default:
        return NO_OPERAND;
    }
  }
}

/** A value is in a list or not, however often: without a limit DISTINCT changes nothing. */
const isNeedless = ({ distinct, distinctOn, limit, offset, combined }: JpqlSelect): boolean =>
  distinct && !distinctOn && limit === undefined && offset === undefined && combined.length === 0;

/** What an index could look up in a condition: not the parts of texts, and nothing that a function gives. */
function testedOperands(test: JpqlExpression): readonly JpqlExpression[] {
  if (test.kind === "compare") return test.operator === "<>" ? [] : [test.left, test.right];
  return (test.kind === "in" || test.kind === "between") && !test.negated ? [test.value] : [];
}

/** The parameter that an expression is, a cast around it left out. */
function parameterOf(expression: JpqlExpression): string | undefined {
  if (expression.kind === "parameter") return expression.name;
  const [only, ...more] = expression.kind === "call" && expression.name === "cast" ? expression.args : [];
  return only?.kind === "parameter" && more.length === 0 ? only.name : undefined;
}

/** The parameter of `t.x = coalesce(:x, t.x)`. */
function valueOrItself(column: JpqlExpression, value: JpqlExpression): string | undefined {
  if (column.kind !== "path" || value.kind !== "call" || value.name !== "coalesce") return undefined;
  const [first, second] = value.args;
  if (first === undefined || second?.kind !== "path" || second.parts.join(".") !== column.parts.join(".")) return undefined;
  return parameterOf(first);
}

/** What JPQL and HQL ask of an entity or an association: these are columns, or kinds, and no function runs on one. */
const OF_ENTITIES: ReadonlySet<string> = new Set("type id version naturalid fk key value entry index size treat".split(" "));

/** What JPQL and SQL call text in a cast. */
const TEXT = /^(?:text|string|varchar|bpchar|character)$/i;

const NO_OPERAND: Operand = { refs: [], folded: undefined, constant: false };
