import { withoutCapital } from "../../../text/capitals.ts";
/**
 * The name of a Spring Data query method, taken apart by Spring Data's own grammar: subject, "By", predicate, "OrderBy".
 * https://docs.spring.io/spring-data/jpa/reference/repositories/query-keywords-reference.html
 */
export interface DerivedQuery {
  readonly subject: "find" | "count" | "exists" | "delete";
  readonly distinct: boolean;
  /** The n of `First`/`Top`, 1 where it stands alone. */
  readonly first: number | undefined;
  /** Joined by Or; the parts of one are joined by And. Empty where the name has no predicate. */
  readonly alternatives: readonly (readonly DerivedPart[])[];
  readonly order: readonly DerivedOrder[];
}

export interface DerivedPart {
  /** The property path as it stands in the name: "OwnerAddress_Zip". */
  readonly property: string;
  readonly test: DerivedTest;
  readonly ignoreCase: boolean;
}

export interface DerivedOrder {
  readonly property: string;
  readonly descending: boolean;
}

export type DerivedTest =
  | "notNull"
  | "null"
  | "between"
  | "less"
  | "lessEqual"
  | "greater"
  | "greaterEqual"
  | "before"
  | "after"
  | "notLike"
  | "like"
  | "startingWith"
  | "endingWith"
  | "notEmpty"
  | "empty"
  | "notContaining"
  | "containing"
  | "notIn"
  | "in"
  | "near"
  | "within"
  | "regex"
  | "exists"
  | "true"
  | "false"
  | "not"
  | "equals";

/** Takes the name of a query method apart. A name without a subject is read as a predicate, as Spring Data does. */
export function parseDerivedQuery(name: string): DerivedQuery {
  const prefix = PREFIX.exec(name);
  const subject = prefix?.[0] ?? "";
  const limited = LIMITED.exec(subject);
  const [predicate, order] = splitOrder(prefix === null ? name : name.slice(subject.length));
  return {
    subject: subjectOf(subject),
    distinct: subject.includes("Distinct"),
    first: limited === null ? undefined : Number(limited[1] === "" ? 1 : limited[1]),
    alternatives: alternativesOf(predicate),
    order: orderOf(order),
  };
}

const PREFIX = /^(?:find|read|get|query|search|stream|count|exists|delete|remove)(?:\p{Lu}.*?)??By/u;
const LIMITED = /^(?:find|read|get|query|search|stream)(?:Distinct)?(?:First|Top)(\d*)(?:\p{Lu}.*?)??By$/u;
const ALL_IGNORE_CASE = /AllIgnor(?:ing|e)Case/;
const IGNORE_CASE = /Ignor(?:ing|e)Case/;

/** In the order in which Spring Data tries them: the first whose keyword ends the part decides. */
const KEYWORDS: readonly (readonly [DerivedTest, readonly string[]])[] = [
  ["notNull", ["IsNotNull", "NotNull"]],
  ["null", ["IsNull", "Null"]],
  ["between", ["IsBetween", "Between"]],
  ["less", ["IsLessThan", "LessThan"]],
  ["lessEqual", ["IsLessThanEqual", "LessThanEqual"]],
  ["greater", ["IsGreaterThan", "GreaterThan"]],
  ["greaterEqual", ["IsGreaterThanEqual", "GreaterThanEqual"]],
  ["before", ["IsBefore", "Before"]],
  ["after", ["IsAfter", "After"]],
  ["notLike", ["IsNotLike", "NotLike"]],
  ["like", ["IsLike", "Like"]],
  ["startingWith", ["IsStartingWith", "StartingWith", "StartsWith"]],
  ["endingWith", ["IsEndingWith", "EndingWith", "EndsWith"]],
  ["notEmpty", ["IsNotEmpty", "NotEmpty"]],
  ["empty", ["IsEmpty", "Empty"]],
  ["notContaining", ["IsNotContaining", "NotContaining", "NotContains"]],
  ["containing", ["IsContaining", "Containing", "Contains"]],
  ["notIn", ["IsNotIn", "NotIn"]],
  ["in", ["IsIn", "In"]],
  ["near", ["IsNear", "Near"]],
  ["within", ["IsWithin", "Within"]],
  ["regex", ["MatchesRegex", "Matches", "Regex"]],
  ["exists", ["Exists"]],
  ["true", ["IsTrue", "True"]],
  ["false", ["IsFalse", "False"]],
  ["not", ["IsNot", "Not"]],
  ["equals", ["Is", "Equals"]],
];

function subjectOf(subject: string): DerivedQuery["subject"] {
  if (subject.startsWith("count")) return "count";
  if (subject.startsWith("exists")) return "exists";
  return /^(?:delete|remove)/.test(subject) ? "delete" : "find";
}

function splitOrder(source: string): readonly [string, string] {
  const [predicate, ...order] = splitAt(source, "OrderBy");
  return [predicate ?? "", order.join("OrderBy")];
}

/** The parts of a name. A keyword separates only where a new word follows it: "And" does not split "Android". */
export function splitAt(source: string, keyword: string): readonly string[] {
  return source.split(new RegExp(`${keyword}(?=\\p{Lu}|[^\\u0000-\\u007f])`, "u"));
}

function alternativesOf(predicate: string): readonly (readonly DerivedPart[])[] {
  const always = ALL_IGNORE_CASE.test(predicate);
  return splitAt(predicate.replace(ALL_IGNORE_CASE, ""), "Or")
    .filter((alternative) => alternative !== "")
    .map((alternative) =>
      splitAt(alternative, "And")
        .filter((part) => part !== "")
        .map((part) => partOf(part, always)),
    );
}

function partOf(source: string, always: boolean): DerivedPart {
  const ignoreCase = always || IGNORE_CASE.test(source);
  const part = source.replace(IGNORE_CASE, "");
  for (const [test, keywords] of KEYWORDS) {
    const keyword = keywords.find((candidate) => part.endsWith(candidate) && part.length > candidate.length);
    if (keyword !== undefined) return { property: part.slice(0, -keyword.length), test, ignoreCase };
  }
  return { property: part, test: "equals", ignoreCase };
}

function orderOf(source: string): readonly DerivedOrder[] {
  if (source === "") return [];
  return source.split(/(?<=Asc|Desc)(?=\p{Lu})/u).map((block) => {
    const [, property, direction] = /^(.*?)(Asc|Desc)?$/su.exec(block) as unknown as [string, string, string | undefined];
    return { property, descending: direction === "Desc" };
  });
}

/** The properties of one entity or embeddable. */
export interface PropertyOwner {
  /** The properties behind an association or an embedded value; "leaf" for a plain column; undefined for no such property. */
  property(name: string): PropertyOwner | "leaf" | undefined;
}

/**
 * Finds the properties that a path of a method name means: the longest property first, then nested ones, `_` as a forced border
 * ("OwnerAddressZip" → owner, address, zip). Undefined where it names nothing.
 */
export function resolvePropertyPath(source: string, owner: PropertyOwner): readonly string[] | undefined {
  const forced = source.match(/_*[^_]+/g) ?? [];
  return forced.length > 1 && forced.every((part, i) => i === 0 || part.startsWith("_"))
    ? (resolveWord(source, owner) ?? resolveForced([forced[0] as string, ...forced.slice(1).map((part) => part.replace(/^_/, ""))], owner))
    : resolveWord(source, owner);
}

function resolveForced(parts: readonly string[], owner: PropertyOwner): readonly string[] | undefined {
  const [first, ...rest] = parts as readonly [string, ...string[]];
  const path = resolveWord(first, owner);
  if (path === undefined || rest.length === 0) return path;
  let at: PropertyOwner = owner;
  for (const name of path) {
    const inner = at.property(name);
    if (inner === undefined || inner === "leaf") return undefined;
    at = inner;
  }
  const behind = resolveForced(rest, at);
  return behind === undefined ? undefined : [...path, ...behind];
}

function resolveWord(word: string, owner: PropertyOwner): readonly string[] | undefined {
  for (const name of spellings(word)) if (owner.property(name) !== undefined) return [name];
  for (let border = lastBorder(word, word.length); border > 0; border = lastBorder(word, border)) {
    for (const name of spellings(word.slice(0, border))) {
      const inner = owner.property(name);
      if (inner === undefined || inner === "leaf") continue;
      const rest = resolveWord(word.slice(border), inner);
      if (rest !== undefined) return [name, ...rest];
    }
  }
  return undefined;
}

/** "Name" is `name`; "URL" may be `URL` (java.beans.Introspector) or `uRL`. */
function spellings(word: string): readonly string[] {
  const lowered = withoutCapital(word);
  return lowered === word ? [word] : [lowered, word];
}

function lastBorder(word: string, before: number): number {
  for (let i = before - 1; i > 0; i--) if (/\p{Lu}/u.test(word[i] as string)) return i;
  return 0;
}
