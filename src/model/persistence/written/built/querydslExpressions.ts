import { conditionsOf, elementsOf, isQuery, joined, jpqlValue } from "./builtParts.ts";
import { type Built, nameOf, type Step, Unwritten } from "./builtTree.ts";

/** How what stands inside is written. */
export interface QuerydslParts {
  query(built: Built): string;
  condition(built: Built): string | undefined;
  value(built: Built): string;
}

/** The name of a source; none that is a word of JPQL. */
export const aliasOf = (alias: string): string => `${alias}_`;

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: "=",
  ne: "<>",
  lt: "<",
  before: "<",
  loe: "<=",
  gt: ">",
  after: ">",
  goe: ">=",
  like: "like",
  notLike: "not like",
};

/** What Querydsl puts around a text that is looked for. */
const PATTERNS: Readonly<Record<string, readonly [boolean, string, string]>> = {
  contains: [false, "%", "%"],
  startsWith: [false, "", "%"],
  endsWith: [false, "%", ""],
  containsIgnoreCase: [true, "%", "%"],
  startsWithIgnoreCase: [true, "", "%"],
  endsWithIgnoreCase: [true, "%", ""],
  likeIgnoreCase: [true, "", ""],
};

/** A condition of Querydsl as JPQL; undefined for one that asks nothing. */
export function querydslCondition(built: Built, parts: QuerydslParts): string | undefined {
  if (built.kind === "null" || (built.kind === "root" && built.name === "builder")) return undefined;
  if (built.kind !== "step") throw new Unwritten(`${nameOf(built)} is no condition that is known`);
  if (!built.call) return parts.value(built);
  const { on, name, args } = built;
  const [first] = args;
  if (on.kind === "root" && on.name !== "builder") return ofClass(built, parts);
  const inner = (one: Built): string | undefined => parts.condition(one);
  switch (name) {
    case "and":
    case "or":
      return joined(name, [inner(on), ...conditionsOf(args).map(inner)]);
    case "andNot":
    case "orNot": {
      const term = first && inner(first);
      return joined(name === "andNot" ? "and" : "or", [inner(on), term && `not (${term})`]);
    }
    case "andAnyOf":
    case "orAllOf":
      return joined(name === "andAnyOf" ? "and" : "or", [
        inner(on),
        joined(name === "andAnyOf" ? "or" : "and", conditionsOf(args).map(inner)),
      ]);
    case "not": {
      const term = inner(on);
      return term && `not (${term})`;
    }
    case "getValue":
      return inner(on);
    case "exists":
    case "notExists":
      return `${name === "exists" ? "" : "not "}exists (${parts.query(on)})`;
    default:
      return tested(built, parts);
  }
}

function tested({ on, name, args }: Step, parts: QuerydslParts): string {
  const [first, second] = args;
  const left = (): string => parts.value(on);
  switch (name) {
    case "isNull":
    case "isNotNull":
      return `${left()} is ${name === "isNull" ? "" : "not "}null`;
    case "isEmpty":
    case "isNotEmpty":
      return `${left()} is ${name === "isEmpty" ? "" : "not "}empty`;
    case "isTrue":
    case "isFalse":
      return `${left()} = ${name === "isTrue" ? "true" : "false"}`;
    case "in":
    case "notIn": {
      if (first === undefined) break;
      const not = name === "in" ? "" : "not ";
      if (isQuery(first)) return `${left()} ${not}in (${parts.query(first)})`;
      return `${left()} ${not}in (${elementsOf(args)
        .map((one) => parts.value(one))
        .join(", ")})`;
    }
    case "between":
    case "notBetween":
      if (first === undefined || second === undefined) break;
      return `${left()} ${name === "between" ? "" : "not "}between ${parts.value(first)} and ${parts.value(second)}`;
    case "equalsIgnoreCase":
      if (first === undefined) break;
      return `lower(${left()}) = lower(${parts.value(first)})`;
  }
  const pattern = PATTERNS[name];
  if (pattern !== undefined && first !== undefined) {
    // Of a collection it asks for a member.
    if (name === "contains" && first.kind !== "value" && first.kind !== "literal") throw new Unwritten("contains() is not translated");
    const [folded, before, behind] = pattern;
    const fold = (text: string): string => (folded ? `lower(${text})` : text);
    const wildcard = (text: string): readonly string[] => (text === "" ? [] : [`'${text}'`]);
    const operands = [...wildcard(before), fold(parts.value(first)), ...wildcard(behind)];
    const text = operands.length === 1 ? operands[0] : `concat(${operands.join(", ")})`;
    return `${fold(left())} like ${text}`;
  }
  const comparison = COMPARISONS[name];
  if (comparison === undefined || first === undefined || first.kind === "null") throw new Unwritten(`${name}() is not translated`);
  return `${left()} ${comparison} ${parts.value(first)}`;
}

function ofClass(built: Step, parts: QuerydslParts): string | undefined {
  const { name, args } = built;
  const all = (): readonly (string | undefined)[] => conditionsOf(args).map((one) => parts.condition(one));
  switch (name) {
    case "allOf":
    case "and":
      return joined("and", all());
    case "anyOf":
    case "or":
      return joined("or", all());
    case "booleanTemplate":
    case "predicateTemplate":
      return template(args, parts);
    case "asBoolean":
      return parts.value(args[0] ?? { kind: "null" });
  }
  throw new Unwritten(`${name}() is not translated`);
}

const CALLS: Readonly<Record<string, string>> = {
  lower: "lower",
  toLowerCase: "lower",
  upper: "upper",
  toUpperCase: "upper",
  trim: "trim",
  length: "length",
  max: "max",
  min: "min",
  sum: "sum",
  avg: "avg",
  count: "count",
  year: "year",
  month: "month",
  dayOfMonth: "day",
  hour: "hour",
  coalesce: "coalesce",
  concat: "concat",
  abs: "abs",
  sumAggregate: "sum",
  avgAggregate: "avg",
  maxAggregate: "max",
  minAggregate: "min",
};

const ARITHMETIC: Readonly<Record<string, string>> = { add: "+", subtract: "-", multiply: "*", divide: "/" };

/** An expression of Querydsl as JPQL. */
export const querydslValue = (built: Built, parts: QuerydslParts): string =>
  jpqlValue(
    built,
    ({ alias }) => aliasOf(alias),
    (step) => (step.call ? called(step, parts) : `${pathText(step.on, parts)}.${step.name}`),
  );

function pathText(built: Built, parts: QuerydslParts): string {
  if (built.kind !== "entity" && (built.kind !== "step" || built.call)) throw new Unwritten("a path is not understood");
  return parts.value(built);
}

function called(built: Step, parts: QuerydslParts): string {
  const { on, name, args } = built;
  if (isQuery(built)) return `(${parts.query(built)})`;
  if (on.kind === "root") {
    switch (name) {
      case "constant":
      case "asString":
      case "asNumber":
      case "asEnum":
      case "asDate":
      case "asDateTime":
        return args[0]?.kind === "step" || args[0]?.kind === "literal" ? parts.value(args[0]) : "?";
      case "coalesce":
        return `coalesce(${args.map((one) => parts.value(one)).join(", ")})`;
      case "nullExpression":
        return "null";
    }
    if (/Template$/.test(name)) return template(args, parts);
    if (name === "count" && args.length === 1) return `count(${parts.value(args[0] as Built)})`;
    if (on.name === "case") return required(undefined);
  }
  if (name === "as") return parts.value(on);
  if (name === "otherwise") return caseText(built, parts);
  if (name === "countDistinct") return `count(distinct ${parts.value(on)})`;
  if (name === "stringValue") return `cast(${parts.value(on)} as string)`;
  const operator = ARITHMETIC[name];
  if (operator !== undefined && args.length === 1) return `(${parts.value(on)} ${operator} ${parts.value(args[0] as Built)})`;
  const own = CALLS[name];
  if (own !== undefined && on.kind !== "root") return `${own}(${[on, ...args].map((one) => parts.value(one)).join(", ")})`;
  return `(${required(parts.condition(built))})`;
}

/** `new CaseBuilder().when(…).then(…).otherwise(…)`. */
function caseText(built: Step, parts: QuerydslParts): string {
  const arms: string[] = [];
  let at: Built = built.on;
  while (at.kind === "step" && at.name === "then" && at.on.kind === "step" && at.on.name === "when") {
    const [when, then] = [at.on.args[0], at.args[0]];
    if (when === undefined || then === undefined) break;
    arms.unshift(`when ${required(parts.condition(when))} then ${parts.value(then)}`);
    at = at.on.on;
  }
  const [otherwise] = built.args;
  if (arms.length === 0 || otherwise === undefined || at.kind !== "root" || at.name !== "case")
    throw new Unwritten("a case is not understood");
  return `case ${arms.join(" ")} else ${otherwise.kind === "null" ? "null" : parts.value(otherwise)} end`;
}

/** "{0}" stands for what follows; a class may stand in front of the text. */
function template(args: readonly Built[], parts: QuerydslParts): string {
  const [text, ...values] = args[0]?.kind === "code" ? args.slice(1) : args;
  if (text?.kind !== "literal") throw new Unwritten("a template is not known");
  return text.text.replace(/\{(\d+)s?\}/g, (_, number: string) => {
    const value = elementsOf(values)[Number(number)];
    if (value === undefined) throw new Unwritten("a template is not known");
    return parts.value(value);
  });
}

function required(condition: string | undefined): string {
  if (condition === undefined) throw new Unwritten("a condition is not known");
  return condition;
}
