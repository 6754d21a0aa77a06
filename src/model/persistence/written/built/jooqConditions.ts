import { conditionsOf, elementsOf, isQuery, joined } from "./builtParts.ts";
import { type Built, nameOf, type Step, Unwritten } from "./builtTree.ts";
import type { JooqParts } from "./jooqTables.ts";

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: "=",
  equal: "=",
  ne: "<>",
  notEqual: "<>",
  lt: "<",
  lessThan: "<",
  le: "<=",
  lessOrEqual: "<=",
  gt: ">",
  greaterThan: ">",
  ge: ">=",
  greaterOrEqual: ">=",
  like: "LIKE",
  notLike: "NOT LIKE",
  likeIgnoreCase: "ILIKE",
  notLikeIgnoreCase: "NOT ILIKE",
  likeRegex: "~",
  isDistinctFrom: "IS DISTINCT FROM",
  isNotDistinctFrom: "IS NOT DISTINCT FROM",
};

/** What jOOQ puts around a value that a text is compared with. */
const PATTERNS: Readonly<Record<string, readonly [string, string, string]>> = {
  contains: ["LIKE", "%", "%"],
  startsWith: ["LIKE", "", "%"],
  endsWith: ["LIKE", "%", ""],
  containsIgnoreCase: ["ILIKE", "%", "%"],
  startsWithIgnoreCase: ["ILIKE", "", "%"],
  endsWithIgnoreCase: ["ILIKE", "%", ""],
  notContains: ["NOT LIKE", "%", "%"],
};

/** A condition of jOOQ as SQL; undefined for one that asks nothing. */
export function jooqCondition(built: Built, parts: JooqParts, lists: () => string): string | undefined {
  if (built.kind !== "step" || !built.call) {
    if (built.kind === "step") return parts.field(built);
    throw new Unwritten(`${nameOf(built)} is no condition that is known`);
  }
  const { on, name, args } = built;
  if (on.kind === "root" && on.name !== "builder") return ofClass(built, parts);
  const [first] = args;
  const inner = (one: Built): string | undefined => parts.condition(one);
  switch (name) {
    case "and":
    case "or":
      if (on.kind === "step" && on.name === "between" && on.args.length === 1 && name === "and" && first !== undefined)
        return `${parts.field(on.on)} BETWEEN ${parts.field(on.args[0] as Built)} AND ${parts.field(first)}`;
      return joined(name, [inner(on), ...conditionsOf(args).map(inner)]);
    case "andNot":
    case "orNot": {
      const [term] = args.map(inner);
      return joined(name === "andNot" ? "and" : "or", [inner(on), term && `NOT (${term})`]);
    }
    case "andExists":
    case "andNotExists":
    case "orExists":
    case "orNotExists":
      return joined(name.startsWith("and") ? "and" : "or", [
        inner(on),
        first && `${name.includes("Not") ? "NOT " : ""}EXISTS (${parts.query(first)})`,
      ]);
    case "not": {
      const term = inner(on);
      return term && `NOT (${term})`;
    }
    default:
      return tested(built, parts, lists);
  }
}

function tested({ on, name, args }: Step, parts: JooqParts, lists: () => string): string {
  const [first, second] = args;
  const left = (): string => parts.field(on);
  switch (name) {
    case "isNull":
    case "isNotNull":
      return `${left()} IS ${name === "isNull" ? "" : "NOT "}NULL`;
    case "isTrue":
    case "isFalse":
      return `${left()} = ${name === "isTrue" ? "true" : "false"}`;
    case "in":
    case "notIn":
      return listed(left(), name === "in" ? "" : "NOT ", args, parts, lists);
    case "between":
    case "notBetween":
      if (first === undefined || second === undefined) break;
      return `${left()} ${name === "between" ? "" : "NOT "}BETWEEN ${parts.field(first)} AND ${parts.field(second)}`;
    case "equalIgnoreCase":
    case "notEqualIgnoreCase":
      if (first === undefined) break;
      return `lower(${left()}) ${name === "equalIgnoreCase" ? "=" : "<>"} lower(${parts.field(first)})`;
  }
  const pattern = PATTERNS[name];
  if (pattern !== undefined && first !== undefined) {
    const [operator, before, behind] = pattern;
    const wildcard = (text: string): readonly string[] => (text === "" ? [] : [`'${text}'`]);
    return `${left()} ${operator} (${[...wildcard(before), parts.field(first), ...wildcard(behind)].join(" || ")})`;
  }
  const comparison = COMPARISONS[name];
  if (comparison === undefined || first === undefined) throw new Unwritten(`${name}() is not translated`);
  if (first.kind === "null") throw new Unwritten("it is compared with null");
  const escaped = /like/i.test(name) && second?.kind === "literal" ? ` ESCAPE '${second.text.replaceAll("'", "''")}'` : "";
  return `${left()} ${comparison} ${parts.field(first)}${escaped}`;
}

function listed(left: string, not: string, args: readonly Built[], parts: JooqParts, lists: () => string): string {
  const [only, more] = args;
  if (only === undefined) throw new Unwritten("a list has no values");
  if (more === undefined && isQuery(only)) return `${left} ${not}IN (${parts.query(only)})`;
  // One value stands for a list of any length.
  if (more === undefined && only.kind === "value") return `${left} ${not}IN (${lists()})`;
  return `${left} ${not}IN (${elementsOf(args)
    .map((item) => parts.field(item))
    .join(", ")})`;
}

/** `DSL.and(…)`, `exists(…)`, `condition("…")`. */
function ofClass({ name, args }: Step, parts: JooqParts): string | undefined {
  const [first] = args;
  switch (name) {
    case "and":
    case "or":
      return joined(
        name,
        conditionsOf(args).map((term) => parts.condition(term)),
      );
    case "not": {
      const term = first && parts.condition(first);
      return term && `NOT (${term})`;
    }
    case "exists":
    case "notExists":
      if (first === undefined) break;
      return `${name === "exists" ? "" : "NOT "}EXISTS (${parts.query(first)})`;
    case "noCondition":
    case "trueCondition":
      return undefined;
    case "falseCondition":
      return "false";
    case "renderInlined":
      return first && parts.condition(first);
    case "condition":
      if (first?.kind === "literal") return plainSql(first.text, args.slice(1), parts);
      if (first?.kind === "step") return parts.condition(first);
      break;
    case "field":
    case "function":
    case "coalesce":
      return parts.field({ kind: "step", on: { kind: "root", name: "DSL" }, name, call: true, args });
  }
  throw new Unwritten(`${name}() is not translated`);
}

/** Plain SQL: "{0}" and "?" stand for what follows. */
export function plainSql(text: string, args: readonly Built[], parts: JooqParts): string {
  const others = text.replace(/\{\d+\}/g, "");
  if (/[{}]/.test(others) || (others !== text && others.includes("?"))) throw new Unwritten("its plain SQL is not understood");
  let next = 0;
  return text.replace(/\{(\d+)\}|\?(?![|&?])/g, (_, number: string | undefined) => {
    const arg = args[number === undefined ? next++ : Number(number)];
    if (arg === undefined) throw new Unwritten("its plain SQL is not understood");
    return parts.field(arg);
  });
}

/** A condition that steps add to. */
export class Conditions {
  readonly #parts: JooqParts;
  #term: string | undefined;
  #begun = false;

  constructor(parts: JooqParts) {
    this.#parts = parts;
  }

  begin(args: readonly Built[]): void {
    this.#begun = true;
    this.#add("and", args);
  }

  /** Whether a step belongs to it. */
  take(name: string, args: readonly Built[]): boolean {
    if (name === "where") this.begin(args);
    else if (name === "whereExists" || name === "whereNotExists") this.begin([existence(name, args)]);
    else if (!this.#begun) return false;
    else if (name === "and" || name === "or") this.#add(name, args);
    else if (/^(?:and|or)(?:Not)?Exists$|^(?:and|or)Not$/.test(name)) {
      const on: Built = { kind: "step", on: DSL, name: "noCondition", call: true, args: [] };
      const more = this.#parts.condition({ kind: "step", on, name, call: true, args });
      this.#term = joined(name.startsWith("or") ? "or" : "and", [this.#term, more]);
    } else return false;
    return true;
  }

  clause(word: string): string {
    return this.#term === undefined ? "" : ` ${word} ${this.#term}`;
  }

  #add(operator: "and" | "or", args: readonly Built[]): void {
    const more = joined(
      "and",
      conditionsOf(args).map((one) => (one.kind === "literal" ? one.text : this.#parts.condition(one))),
    );
    this.#term = joined(operator, [this.#term, more]);
  }
}

const DSL: Built = { kind: "root", name: "DSL" };

/** `whereNotExists(select)` says `where(notExists(select))`. */
const existence = (name: "whereExists" | "whereNotExists", args: readonly Built[]): Built => ({
  kind: "step",
  on: DSL,
  name: name === "whereExists" ? "exists" : "notExists",
  call: true,
  args: [...args],
});
