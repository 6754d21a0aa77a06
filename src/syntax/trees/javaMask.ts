import type { FlatTree } from "./flatTree.ts";
import { blank, parseMasked } from "./masked.ts";
import type { ParseTimeout, Syntax } from "./runtime.ts";

/** Parses Java, with newer syntax hidden by `maskJava`. The result is good until the next parse. */
export function parseJava(text: string, syntax: Syntax): FlatTree | ParseTimeout {
  return parseMasked("java", text, maskJava, syntax);
}

/**
 * Hides syntax that the grammar does not know behind syntax of the same length that it does. Nothing that runs is hidden, and no
 * variable. Text in strings and comments may be touched as well, which harms nobody: texts are always taken from the original.
 */
export function maskJava(text: string): string {
  return withoutPatterns(MASKS.reduce((masked, [pattern, cover]) => masked.replace(pattern, cover), text));
}

const MASKS: readonly (readonly [RegExp, (match: string, lead: string) => string])[] = [
  // `import module java.base;`
  [/^import\s+module\s+[\w.]+\s*;/gm, blank],
  // `String @Nullable ... args`
  [/@[\w.]+(?=\s*\.\.\.)/g, blank],
  // `check(a); super(a);`: what runs before another constructor
  [/([;}]\s*)(?:this|super)(?=\s*\()/g, (match, lead) => `${lead}${"_".repeat(match.length - lead.length)}`],
];

/** Hides what patterns may have and the grammar does not know: `final`, annotations, types with an outer type, and lists of patterns. */
function withoutPatterns(text: string): string {
  const hidden: [number, number][] = [];
  for (const { index, 0: word } of text.matchAll(/\b(?:case|instanceof)\s+/g)) {
    const end = hideIn(text, index + word.length, hidden);
    if (end === undefined || !word.startsWith("case")) continue;
    const more = /^\s*,[^;{}"]*?(?=->|:|\bwhen\b)/.exec(text.slice(end, end + LONGEST_LIST));
    if (more !== null) hidden.push([end, end + more[0].length]);
  }
  if (hidden.length === 0) return text;
  let masked = "";
  let at = 0;
  for (const [start, end] of hidden.sort(([a], [b]) => a - b)) {
    if (start < at) continue;
    masked += text.slice(at, start) + blank(text.slice(start, end));
    at = end;
  }
  return masked + text.slice(at);
}

/** Further patterns of one case are not looked for beyond so many characters. */
const LONGEST_LIST = 2_000;

const MODIFIERS = /(?:final\b\s*|@[\w.]+(?:\([^()]*\))?\s*)*/y;
const ARGUMENTS = /<(?:[^<>()=;]|<(?:[^<>()=;]|<[^<>()=;]*>)*>)*>/.source;
const TYPE = new RegExp(`((?:\\w+\\s*\\.\\s*)*)\\w+\\s*(?:${ARGUMENTS})?\\s*(?:\\[\\s*\\]\\s*)*`, "y");

/** Notes what is to be hidden of the pattern that begins there, and answers where it ends; undefined where there is none. */
function hideIn(text: string, start: number, hidden: [number, number][]): number | undefined {
  const afterModifiers = start + matchAt(MODIFIERS, text, start)[0].length;
  if (afterModifiers > start) hidden.push([start, afterModifiers]);
  const [type, outer] = matchAt(TYPE, text, afterModifiers);
  if (type === "") return undefined;
  let at = afterModifiers + type.length;
  if (text[at] !== "(") {
    const [name] = matchAt(/\w+/y, text, at);
    return name === "" ? undefined : at + name.length;
  }
  if (outer !== undefined && outer !== "") hidden.push([afterModifiers, afterModifiers + outer.length]);
  do {
    at++;
    at += matchAt(/\s*/y, text, at)[0].length;
    if (text[at] === ")") break;
    const [unnamed] = matchAt(/_(?=\s*[,)])/y, text, at);
    const end = unnamed === "" ? hideIn(text, at, hidden) : at + 1;
    if (end === undefined) return undefined;
    at = end + matchAt(/\s*/y, text, end)[0].length;
  } while (text[at] === ",");
  return text[at] === ")" ? at + 1 : undefined;
}

/** The match of a sticky expression at an offset; "" where there is none. */
function matchAt(sticky: RegExp, text: string, at: number): readonly [string, string | undefined] {
  sticky.lastIndex = at;
  const match = sticky.exec(text);
  return match === null ? ["", undefined] : [match[0], match[1]];
}
