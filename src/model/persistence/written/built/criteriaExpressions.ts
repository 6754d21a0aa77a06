import { elementsOf, joined, jpqlValue, textSql } from "./builtParts.ts";
import { type Built, nameOf, type Step, Unwritten } from "./builtTree.ts";

/** How what stands inside is written. */
export interface CriteriaParts {
  query(built: Built): string;
  condition(built: Built): string | undefined;
  value(built: Built): string;
  /** The name of a root or a join. */
  source(built: Built): string;
}

/** Conditions that hold always, and never. */
export const ALWAYS = "1 = 1";
const NEVER = "1 = 0";

const COMPARISONS: Readonly<Record<string, string>> = {
  equal: "=",
  equalTo: "=",
  notEqual: "<>",
  notEqualTo: "<>",
  gt: ">",
  greaterThan: ">",
  ge: ">=",
  greaterThanOrEqualTo: ">=",
  lt: "<",
  lessThan: "<",
  le: "<=",
  lessThanOrEqualTo: "<=",
  like: "like",
  notLike: "not like",
  ilike: "ilike",
  notIlike: "not ilike",
};

/** Whether something is a call on the builder of criteria. */
const isOfBuilder = ({ on }: Step): boolean => on.kind === "root" && on.name === "cb";

/** A condition of the criteria API as JPQL; undefined for one that is not there. */
export function criteriaCondition(built: Built, parts: CriteriaParts): string | undefined {
  if (built.kind === "null") return undefined;
  if (built.kind === "literal" && built.sort === "boolean") return built.text === "true" ? ALWAYS : NEVER;
  if (built.kind !== "step" || !built.call || isSelect(built)) throw new Unwritten(`${nameOf(built)} is no condition that is known`);
  const { on, name, args } = built;
  const ofBuilder = isOfBuilder(built);
  const own = ofBuilder ? args : [on, ...args];
  switch (name) {
    case "and":
    case "or":
      return composed(
        name,
        elementsOf(own).map((one) => parts.condition(one)),
      );
    case "getExpressions":
    case "as":
    case "alias":
      return parts.condition(on);
    case "add":
      return both("and", [parts.condition(on), ...elementsOf(args).map((one) => parts.condition(one))]);
    case "conjunction":
      return ALWAYS;
    case "disjunction":
      return NEVER;
    case "not":
      return negated(required(own[0] && parts.condition(own[0])));
    case "exists":
      return `exists (${parts.query(given(own[0]))})`;
    case "isNull":
    case "isNotNull":
      return `${operand(own[0], parts)} is ${name === "isNull" ? "" : "not "}null`;
    case "isEmpty":
    case "isNotEmpty":
      return `${operand(own[0], parts)} is ${name === "isEmpty" ? "" : "not "}empty`;
    case "isMember":
    case "isNotMember":
      return `${parts.value(given(own[0]))} ${name === "isMember" ? "" : "not "}member of ${parts.value(given(own[1]))}`;
    case "isTrue":
    case "isFalse": {
      const one = given(own[0]);
      if (!isPredicate(one)) return `${operand(one, parts)} = ${name === "isTrue"}`;
      const asked = required(parts.condition(one));
      return name === "isTrue" ? asked : negated(asked);
    }
    case "between":
      return `${operand(own[0], parts)} between ${parts.value(given(own[1]))} and ${parts.value(given(own[2]))}`;
    case "in":
      return membership(given(own[0]), own.slice(1), parts);
    case "value":
      return listed(built, parts);
    default:
      return compared(name, own, parts) ?? `${parts.value(built)} = true`;
  }
}

/** What is not there leaves the others as they are, and nothing where none is there. */
export const composed = (operator: "and" | "or", terms: readonly (string | undefined)[]): string | undefined =>
  terms.length > 0 && terms.every((term) => term === undefined) ? undefined : both(operator, terms);

/** AND and OR of what is there. */
export function both(operator: "and" | "or", terms: readonly (string | undefined)[]): string | undefined {
  const [decides, leaves] = operator === "and" ? [NEVER, ALWAYS] : [ALWAYS, NEVER];
  const there = terms.filter((term) => term !== undefined);
  if (there.includes(decides)) return decides;
  const asked = there.filter((term) => term !== leaves);
  return asked.length === 0 ? leaves : joined(operator, asked);
}

const negated = (condition: string): string => (condition === ALWAYS ? NEVER : condition === NEVER ? ALWAYS : `not (${condition})`);

function compared(name: string, [left, right, mark]: readonly Built[], parts: CriteriaParts): string | undefined {
  const comparison = COMPARISONS[name];
  if (comparison === undefined) return undefined;
  if (left === undefined || right === undefined || right.kind === "null") throw new Unwritten(`${name}() is not translated`);
  const escaped = mark?.kind === "literal" && /like$/i.test(name) ? ` escape ${textSql(mark.text)}` : "";
  return `${operand(left, parts)} ${comparison} ${parts.value(right)}${escaped}`;
}

/** `path.in(values)`, `builder.in(path)`, whose values stand behind it. */
function membership(left: Built, values: readonly Built[], parts: CriteriaParts): string {
  const given = elementsOf(values);
  const [only] = given;
  if (only !== undefined && isSelect(only)) return `${operand(left, parts)} in (${parts.query(only)})`;
  const texts = given.length === 0 ? ["?"] : given.map((one) => parts.value(one));
  return `${operand(left, parts)} in (${texts.join(", ")})`;
}

/** `builder.in(path).value(one).value(other)`. */
function listed(built: Step, parts: CriteriaParts): string {
  const values: Built[] = [];
  let at: Built = built;
  for (; at.kind === "step" && at.name === "value"; at = at.on) values.unshift(...at.args);
  if (at.kind !== "step" || at.name !== "in" || !isOfBuilder(at)) throw new Unwritten("value() is not translated");
  return membership(given(at.args[0]), values, parts);
}

const PREDICATES = /^(?:and|or|not|conjunction|disjunction|exists|is(?:Not)?(?:Null|Empty|Member)|isTrue|isFalse|between|in|value)$/;

/** Whether something is a condition by its last call. */
const isPredicate = (built: Built): boolean =>
  built.kind === "step" && built.call && (PREDICATES.test(built.name) || COMPARISONS[built.name] !== undefined);

/** `query.subquery(Long.class)…`. */
function isSelect(built: Built): boolean {
  let at = built;
  while (at.kind === "step") at = at.on;
  return at.kind === "root" && at.name === "select";
}

/** Functions of the builder by their names in JPQL. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  lower: "lower",
  upper: "upper",
  trim: "trim",
  length: "length",
  concat: "concat",
  coalesce: "coalesce",
  nullif: "nullif",
  substring: "substring",
  abs: "abs",
  sqrt: "sqrt",
  mod: "mod",
  count: "count",
  avg: "avg",
  max: "max",
  greatest: "max",
  min: "min",
  least: "min",
  size: "size",
};

const ARITHMETIC: Readonly<Record<string, string>> = { sum: "+", diff: "-", prod: "*", quot: "/" };

const MOMENTS: Readonly<Record<string, string>> = {
  currentDate: "current_date",
  currentTime: "current_time",
  currentTimestamp: "current_timestamp",
  localDate: "local date",
  localDateTime: "local datetime",
};

/** An expression of the criteria API as JPQL. */
export const criteriaValue = (built: Built, parts: CriteriaParts): string =>
  jpqlValue(
    built,
    (entity) => parts.source(entity),
    (step) => (step.call ? called(step, parts) : "?"),
  );

function called(built: Step, parts: CriteriaParts): string {
  const { on, name, args } = built;
  const [one, other] = args;
  if (isSelect(built)) return `(${parts.query(built)})`;
  if (!isOfBuilder(built)) {
    if (name === "get") return path(built, parts);
    if (/^(?:join|fetch)/.test(name)) return parts.source(built);
    if (name === "on") {
      parts.condition(built);
      return parts.value(on);
    }
    if (/^(?:as|alias|cast)$/.test(name)) return parts.value(on);
    if (name === "otherwise") return caseText(built, parts);
    if (isPredicate(built)) return `(${required(parts.condition(built))})`;
    throw new Unwritten(`${name}() is not translated`);
  }
  const own = FUNCTIONS[name];
  if (own !== undefined) return `${own}(${[operand(one, parts), ...args.slice(1).map((arg) => parts.value(arg))].join(", ")})`;
  const moment = MOMENTS[name];
  if (moment !== undefined) return moment;
  const operator = ARITHMETIC[name];
  if (operator !== undefined && args.length === 2) return `(${args.map((arg) => parts.value(arg)).join(` ${operator} `)})`;
  switch (name) {
    case "sum":
    case "sumAsLong":
    case "sumAsDouble":
      return `sum(${operand(one, parts)})`;
    case "countDistinct":
      return `count(distinct ${operand(one, parts)})`;
    case "neg":
      return `(-${parts.value(given(one))})`;
    case "literal":
      return one === undefined || one.kind === "code" ? "?" : parts.value(one);
    case "parameter":
      return "?";
    case "nullLiteral":
      return "null";
    case "locate":
      return `locate(${parts.value(given(other))}, ${parts.value(given(one))})`;
    case "function":
      if (one?.kind !== "literal") throw new Unwritten("the name of a function is not known");
      return `function(${[textSql(one.text), ...args.slice(2).map((arg) => parts.value(arg))].join(", ")})`;
    case "toString":
      return `cast(${parts.value(given(one))} as string)`;
  }
  if (isPredicate(built)) return `(${required(parts.condition(built))})`;
  throw new Unwritten(`${name}() is not translated`);
}

/** `root.get("town").get("name")`. */
function path({ on, args }: Step, parts: CriteriaParts): string {
  const [name] = args;
  if (name?.kind !== "literal") throw new Unwritten("an attribute is named at run time");
  return `${parts.value(on)}.${name.text}`;
}

/** `builder.selectCase().when(…, …).otherwise(…)`. */
function caseText(built: Step, parts: CriteriaParts): string {
  const arms: string[] = [];
  let at: Built = built.on;
  for (; at.kind === "step" && at.name === "when"; at = at.on) {
    const [when, then] = at.args;
    arms.unshift(`when ${required(parts.condition(given(when)))} then ${parts.value(given(then))}`);
  }
  const isSearched = at.kind === "step" && at.name === "selectCase" && at.args.length === 0;
  const [otherwise] = built.args;
  if (arms.length === 0 || !isSearched || otherwise === undefined) throw new Unwritten("a case is not understood");
  return `case ${arms.join(" ")} else ${otherwise.kind === "null" ? "null" : parts.value(otherwise)} end`;
}

/** What the builder takes as an expression only: what only runtime knows there is a part of the query that is not known. */
export function operand(built: Built | undefined, parts: CriteriaParts): string {
  if (built === undefined || built.kind === "value") throw new Unwritten("an expression is not known");
  return parts.value(built);
}

function given(built: Built | undefined): Built {
  if (built === undefined) throw new Unwritten("an expression is not known");
  return built;
}

function required(condition: string | undefined): string {
  if (condition === undefined) throw new Unwritten("a condition is not known");
  return condition;
}
