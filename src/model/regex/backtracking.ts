import { type CharSet, parseJavaRegex, type RegexNode, type RegexRepeat } from "../../syntax/javaRegex.ts";

/** Whether the whole text has to match, as with `matches`, or a part of it, as with `find`. */
export type Matching = "whole" | "part";

/** At fewer rounds a text that fails is given up soon enough. */
const MANY = 10;

/**
 * The part of a pattern for which Java tries a number of ways that doubles with each character, on some text that does not match:
 * a repetition that can split the same text in many ways, with something behind it that fails.
 *
 * From Java 9 on, `Pattern` remembers where an outermost repetition of a group has failed, and such a part is harmless, `(a+)+b` for
 * one. It remembers nothing when the pattern has a backreference, when the repetition is reluctant or has an upper bound, and when a
 * group around it is repeated or optional. Each of these was measured with Java 17 and 25: 34 characters at most, mostly 26, take
 * seconds, and 400 of `(a+)+b` take milliseconds.
 */
export function exponentialPart(pattern: string, matching: Matching, java: number | undefined): string | undefined {
  // Two repetitions, of which one holds the other, or a choice that is repeated.
  if (!/\)(?:[*+]|\{\d+,)/.test(pattern)) return undefined;
  const root = parseJavaRegex(pattern);
  if (root === undefined) return undefined;
  const forgets = (java !== undefined && java < 9) || hasBackreference(root);
  const found = search(root, [], false);
  return found === undefined ? undefined : pattern.slice(found.start, found.end);

  function search(node: RegexNode, behind: readonly RegexNode[], repeated: boolean): RegexRepeat | undefined {
    switch (node.kind) {
      case "sequence":
        return first(node.items, (item, i) => search(item, [...node.items.slice(i + 1), ...behind], repeated));
      case "choice":
        return first(node.options, (option) => search(option, behind, repeated));
      case "group":
        return node.sort === "plain" ? search(node.body, behind, repeated) : undefined;
      case "repeat": {
        const splits = node.mode !== "possessive" && node.max >= MANY ? ambiguous(node.body) : undefined;
        const remembers = !forgets && !repeated && node.mode === "greedy" && node.max === Infinity;
        if (splits !== undefined && !remembers && mayFail(behind, splits, matching)) return node;
        return search(node.body, behind, true);
      }
      default:
        return undefined;
    }
  }
}

function first<T>(nodes: readonly RegexNode[], find: (node: RegexNode, index: number) => T | undefined): T | undefined {
  for (const [i, node] of nodes.entries()) {
    const found = find(node, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasBackreference(node: RegexNode): boolean {
  if (node.kind === "backreference") return true;
  const below = node.kind === "sequence" ? node.items : node.kind === "choice" ? node.options : "body" in node ? [node.body] : [];
  return below.some(hasBackreference);
}

/** The characters of which a repeated body can take a run in one round, or the same run in several. */
function ambiguous(body: RegexNode): readonly boolean[] | undefined {
  const node = unwrapped(body);
  if (node.kind === "choice") {
    const alone = first(node.options, ambiguous);
    if (alone !== undefined) return alone;
    const sets = node.options.map(unwrapped).flatMap((option) => (option.kind === "set" ? [option.chars] : []));
    return first(node.options, (_, i) => nonEmpty(sets.slice(i + 1).map((other) => both(sets[i], other.ascii))));
  }
  const items = node.kind === "sequence" ? node.items : [node];
  return first(items, (item, i) => {
    const run = unwrapped(item);
    if (run.kind !== "repeat" || run.max !== Infinity || run.mode === "possessive") return undefined;
    const chars = onlyChars(run.body);
    if (chars === undefined) return undefined;
    const others = items.filter((_, j) => j !== i);
    if (others.every(isNullable)) return nonEmpty([chars.ascii]);
    // `(\w+_)+`: a separator that may stand in the run as well.
    const [separator, ...more] = others.map(unwrapped);
    return more.length === 0 && separator?.kind === "set" ? nonEmpty([both(separator.chars, chars.ascii)]) : undefined;
  });
}

function unwrapped(node: RegexNode): RegexNode {
  return node.kind === "group" && node.sort === "plain" ? unwrapped(node.body) : node;
}

/** The characters of a body that takes nothing but one set of them, over however many groups. */
function onlyChars(body: RegexNode): CharSet | undefined {
  const node = unwrapped(body);
  if (node.kind === "set") return node.chars;
  return node.kind === "repeat" && node.min <= 1 && node.mode !== "possessive" ? onlyChars(node.body) : undefined;
}

function isNullable(node: RegexNode): boolean {
  switch (node.kind) {
    case "repeat":
      return node.min === 0 || isNullable(node.body);
    case "sequence":
      return node.items.every(isNullable);
    case "choice":
      return node.options.some(isNullable);
    case "group":
      return node.sort === "plain" && isNullable(node.body);
    default:
      return false;
  }
}

const both = (a: CharSet | undefined, b: readonly boolean[]): readonly boolean[] =>
  b.map((holds, code) => holds && a?.ascii[code] === true);
const nonEmpty = (sets: readonly (readonly boolean[])[]): readonly boolean[] | undefined => sets.find((set) => set.some(Boolean));

/** Whether a run of some character, and a text that does not go on as wanted, make what stands behind fail. */
function mayFail(behind: readonly RegexNode[], run: readonly boolean[], matching: Matching): boolean {
  for (const node of behind) {
    if (node.kind === "edge") {
      if (node.end) return true;
      continue;
    }
    if (node.kind === "backreference") continue;
    if (node.kind === "group" && node.sort !== "plain") return false;
    const wanted = firstChars(node);
    if (wanted === undefined) return false;
    if (!isNullable(node)) return run.some((holds, code) => holds && wanted[code] !== true);
    // `.*` takes whatever the text goes on with.
    if (wanted.filter(Boolean).length > 100) return false;
  }
  return matching === "whole";
}

/** The characters that something may begin with. */
function firstChars(node: RegexNode): readonly boolean[] | undefined {
  switch (node.kind) {
    case "set":
      return node.chars.ascii;
    case "repeat":
      return firstChars(node.body);
    case "group":
      return node.sort === "plain" ? firstChars(node.body) : undefined;
    case "choice":
      return union(node.options.map(firstChars));
    case "sequence": {
      const end = node.items.findIndex((item) => !isNullable(item));
      return union(node.items.slice(0, end < 0 ? undefined : end + 1).map(firstChars));
    }
    default:
      return undefined;
  }
}

function union(sets: readonly (readonly boolean[] | undefined)[]): readonly boolean[] | undefined {
  const [start, ...rest] = sets;
  if (start === undefined) return undefined;
  let all: readonly boolean[] = start;
  for (const set of rest) {
    if (set === undefined) return undefined;
    all = all.map((holds, code) => holds || set[code] === true);
  }
  return all;
}
