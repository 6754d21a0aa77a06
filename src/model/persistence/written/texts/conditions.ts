import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";

/** A condition of code as far as it decides between pieces of a text: questions, and how they are put together. */
export type Condition =
  | { readonly kind: "question"; readonly id: string; readonly about: readonly string[] }
  | { readonly kind: "not"; readonly term: Condition }
  | { readonly kind: "and" | "or"; readonly terms: readonly Condition[] };

/** More questions than these are not answered in all ways. */
const MOST_QUESTIONS = 5;

/** Says of a name in a condition what its value is called everywhere; undefined where that changes. */
export type ValueName = (name: CodeNode) => string | undefined;

/** Undefined where the same condition may hold at one time and not at another. */
export function conditionOf(node: CodeNode, named: ValueName): Condition | undefined {
  if (node.kind === "unary" && node.text === "!") {
    const [term] = node.children;
    const inner = term === undefined ? undefined : conditionOf(term, named);
    return inner && negated(inner);
  }
  if (node.kind === "binary" && (node.text === "&&" || node.text === "||")) {
    const terms = node.children.map((child) => conditionOf(child, named));
    return terms.every((term) => term !== undefined) ? { kind: node.text === "&&" ? "and" : "or", terms } : undefined;
  }
  const about = new Set<string>();
  const id = question(node.text === "!=" ? { ...node, text: "==" } : node, named, about);
  // What is asked of texts alone is decided, but not by us.
  if (id === undefined || (about.size === 0 && id.includes('"') && !DECIDED.has(id))) return undefined;
  const asked: Condition = { kind: "question", id, about: [...about] };
  return node.kind === "binary" && node.text === "!=" ? negated(asked) : asked;
}

/** Whether a flag that a caller sets is set. */
const DECIDED: ReadonlyMap<string, boolean> = new Map([
  ['"true"', true],
  ['"false"', false],
]);

const negated = (term: Condition): Condition => (term.kind === "not" ? term.term : { kind: "not", term });

/** Tests of a value that say nothing of what it has: `name.isEmpty()` is about `name`. */
const TESTS = /^(?:is(?:Empty|Blank|Present)|has(?:Text|Length)|equals\w*|size|length|compareTo|contains|startsWith|endsWith|\w+Value)$/;

function question(node: CodeNode, named: ValueName, about: Set<string>): string | undefined {
  switch (node.kind) {
    case "literal":
      return JSON.stringify(node.text);
    case "name":
    case "field":
    case "call": {
      const path = pathOf(node, named);
      if (path !== undefined) {
        about.add(path);
        return path;
      }
      if (node.kind !== "call") return undefined;
      const on = childOf(node, "receiver");
      const parts = [...(on === undefined ? [] : [on]), ...childrenOf(node, "argument")].map((part) =>
        isType(part) ? part.text : question(part, named, about),
      );
      return parts.includes(undefined) ? undefined : `${node.text}(${parts.join()})`;
    }
    case "binary":
    case "unary": {
      if (/^(?:\+\+|--)$/.test(node.text)) return undefined;
      const parts = node.children.map((child) => question(child, named, about));
      return parts.includes(undefined) ? undefined : `(${parts.join(node.text)})`;
    }
    default:
      return undefined;
  }
}

/** `request.getOwner()`: the way to a value from what has a name. */
function pathOf(node: CodeNode, named: ValueName): string | undefined {
  if (node.kind === "name") return named(node);
  const on = childOf(node, "receiver");
  if (node.kind === "field") {
    const owner = on?.kind === "this" ? "this" : on === undefined ? undefined : isType(on) ? on.text : pathOf(on, named);
    return owner === undefined ? undefined : `${owner}.${node.text}`;
  }
  if (node.kind !== "call" || TESTS.test(node.text) || childrenOf(node, "argument").length > 0 || on === undefined || isType(on))
    return undefined;
  const owner = pathOf(on, named);
  return owner === undefined ? undefined : `${owner}.${node.text}`;
}

const isType = ({ kind, text }: CodeNode): boolean => (kind === "name" || kind === "field") && /^\p{Lu}/u.test(text);

/** One place of a question, with the questions that were answered before it was asked. */
interface Asked {
  readonly id: string;
  readonly about: readonly string[];
  readonly before: readonly string[];
}

/**
 * All ways in which conditions may turn out, each given with those that it stands under. Undefined where there are too many, or where
 * two questions about the same value stand apart, so that not all ways may happen.
 */
export function assignments(
  conditions: readonly (readonly (Condition | undefined)[])[],
): readonly ((condition: Condition) => boolean)[] | undefined {
  const places = new Map<string, Asked>();
  for (const path of conditions) {
    const before: string[] = [];
    for (const condition of path) {
      if (condition === undefined) return undefined;
      ask(condition, before, places);
    }
  }
  const ids = [...new Set([...places.values()].map(({ id }) => id))].filter((id) => !DECIDED.has(id));
  if (ids.length > MOST_QUESTIONS || hasRelated([...places.values()])) return undefined;
  return Array.from({ length: 2 ** ids.length }, (_, way) => {
    const answers = new Map(ids.map((id, i) => [id, ((way >> i) & 1) === 1]));
    return (condition: Condition) => holds(condition, answers);
  });
}

/** What is asked again behind the same answers counts once: a condition that is put together of itself asks many times. */
function ask(condition: Condition, before: string[], places: Map<string, Asked>): void {
  if (condition.kind === "not") ask(condition.term, before, places);
  else if (condition.kind === "question") {
    const place = [condition.id, ...before].join("\n");
    if (!places.has(place)) places.set(place, { id: condition.id, about: condition.about, before: [...before] });
    if (!before.includes(condition.id)) before.push(condition.id);
  } else for (const term of condition.terms) ask(term, before, places);
}

function hasRelated(places: readonly Asked[]): boolean {
  const after = (one: string, other: string): boolean => places.every(({ id, before }) => id !== one || before.includes(other));
  return places.some((one) =>
    places.some(
      (other) =>
        one.id < other.id &&
        one.about.some((value) =>
          other.about.some((same) => same === value || same.startsWith(`${value}.`) || value.startsWith(`${same}.`)),
        ) &&
        !after(one.id, other.id) &&
        !after(other.id, one.id),
    ),
  );
}

function holds(condition: Condition, answers: ReadonlyMap<string, boolean>): boolean {
  switch (condition.kind) {
    case "question":
      return DECIDED.get(condition.id) ?? answers.get(condition.id) === true;
    case "not":
      return !holds(condition.term, answers);
    case "and":
      return condition.terms.every((term) => holds(term, answers));
    default:
      return condition.terms.some((term) => holds(term, answers));
  }
}
