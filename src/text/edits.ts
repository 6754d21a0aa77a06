import type { Span } from "./positions.ts";

/** Replaces `span` by `text`; an insertion has an empty span. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** What a fix does to one file: edits of a text that exists, or a new file. */
export type FileEdit =
  | { readonly kind: "change"; readonly file: string; readonly edits: readonly TextEdit[] }
  | { readonly kind: "create"; readonly file: string; readonly text: string };

export const insertAt = (offset: number, text: string): TextEdit => ({ span: { start: offset, end: offset }, text });
export const replace = (span: Span, text: string): TextEdit => ({ span, text });
export const remove = (span: Span): TextEdit => ({ span, text: "" });

/** Changes of several fixes as one of each file; undefined where there are none, or a file would be made. */
export function changesTogether(all: readonly FileEdit[]): readonly FileEdit[] | undefined {
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of all) {
    if (edit.kind !== "change") return undefined;
    const known = byFile.get(edit.file);
    if (known === undefined) byFile.set(edit.file, [...edit.edits]);
    else known.push(...edit.edits);
  }
  return byFile.size === 0 ? undefined : [...byFile].map(([file, edits]) => ({ kind: "change", file, edits }));
}

/** Applies edits that do not overlap; insertions at one offset keep their order. Throws on overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, order) => ({ edit, order })).sort((a, b) => a.edit.span.start - b.edit.span.start || a.order - b.order);
  let result = "";
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.span.start < at) throw new Error(`Edits overlap at offset ${edit.span.start}`);
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/** The one edit that makes `after` of `before`: what they share at their ends stays. */
export function changeBetween(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let behind = 0;
  while (behind < shorter - start && before.at(-1 - behind) === after.at(-1 - behind)) behind++;
  return { span: { start, end: before.length - behind }, text: after.slice(start, after.length - behind) };
}

/** The line break that a text uses: CRLF where its first line ends so. */
export function lineBreakOf(text: string): "\r\n" | "\n" {
  const at = text.indexOf("\n");
  return at > 0 && text[at - 1] === "\r" ? "\r\n" : "\n";
}

/** A span with its line and the line's end, where nothing else stands on it; else the span. */
export function wholeLine(text: string, { start, end }: Span): Span {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const rest = /^[ \t]*(?:\r\n|\r|\n|$)/.exec(text.slice(end))?.[0].length;
  return rest !== undefined && text.slice(lineStart, start).trim() === "" ? { start: lineStart, end: end + rest } : { start, end };
}

/** Edits make no longer lines than this: where they would, they break them or are not made. */
export const MOST_CHARACTERS = 140;

/** What edits add to a line goes on in the next one where the line would get longer than this. */
export const LONG_LINE = 120;

/**
 * "a, b, c", broken before what would not fit: `column` is what stands on the first line already, `next` a break with the white space
 * of the further lines, `end` the length of what follows behind the last one.
 */
export function listWithin(items: readonly string[], column: number, next: string, end: number): string {
  const indent = next.length - next.lastIndexOf("\n") - 1;
  let list = "";
  let at = column;
  items.forEach((item, i) => {
    const isLast = i === items.length - 1;
    const fits = at + ", ".length + item.length + (isLast ? end : ",".length) <= LONG_LINE;
    list += i === 0 ? item : `${fits ? ", " : `,${next}`}${item}`;
    at = (i === 0 ? at : fits ? at + ", ".length : indent) + item.length;
  });
  return list;
}

/** Google's style has lines of this many characters, and two spaces to each step. */
const NARROW_LINE = 100;

/** How long a new line of a text may be: as long as its own lines are, or a checkstyle would complain of it. */
export function longestLine(text: string): number {
  const most = text.split(/\r?\n/).reduce((length, line) => Math.max(length, line.length), 0);
  if (most <= NARROW_LINE && indentStep(text) === "  ") return NARROW_LINE;
  return Math.min(Math.max(most, LONG_LINE), MOST_CHARACTERS);
}

/**
 * The breaks of a line that would get too long with `added` characters more at `at`: before the steps of the chain around, from the one on
 * that `at` stands in, or before `at` itself, where what stands before may end a line.
 */
export function breakBefore(text: string, at: number, added: number): readonly TextEdit[] {
  const line = lineAt(text, at);
  if (line.length + added <= longestLine(text)) return [];
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const next = lineBreakOf(text) + indentAt(text, at) + chainStep(text);
  const steps = chainSteps(line, at - start);
  if (steps.length > 0) return steps.map((step) => insertAt(start + step, next));
  const before = text.slice(start, at);
  const blanks = /[ \t]*$/.exec(before)?.[0].length ?? 0;
  return /(?:[(=]|->)[ \t]*$/.test(before) ? [replace({ start: at - blanks, end: at }, next)] : [];
}

/** Where the step of a chain of calls begins that a place of a line stands in, and those behind it; none where it is the first one. */
function chainSteps(line: string, at: number): readonly number[] {
  const brackets = [...line.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[(){}]|(?<=\))\.\w/g)];
  const open: number[] = [];
  for (const { 0: sign, index } of brackets) {
    if (index >= at) break;
    if (sign === "(" || sign === "{") open.push(index);
    else if (sign === ")" || sign === "}") open.pop();
  }
  const around = open.at(-1) ?? -1;
  const first = around < 0 ? undefined : /\)(\.\w+)$/.exec(line.slice(0, around));
  if (first?.[1] === undefined) return [];
  const steps = [around - first[1].length];
  let depth = 0;
  for (const { 0: sign, index } of brackets) {
    if (index < around || depth < 0) continue;
    if (sign === "(" || sign === "{") depth++;
    else if (sign === ")" || sign === "}") depth--;
    else if (sign.startsWith(".") && depth === 0) steps.push(index);
  }
  return steps;
}

/** The line that holds `offset`, without its break. */
export function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end < 0 ? text.length : end).trimEnd();
}

/** The white space at the start of the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? "";
}

/** What a text indents by: its first indented line, comments left out. */
export const indentStep = (text: string): string => /^(\t| {2,8})[^\s*]/m.exec(text)?.[1] ?? "    ";

/** What a text indents the further lines of a chain of calls by: one step or two, as most of its chains do. */
export function chainStep(text: string): string {
  const step = indentStep(text);
  let single = 0;
  let double = 0;
  for (const [, first = "", second = ""] of text.matchAll(/^([ \t]*)[^\s.*/].*\r?\n([ \t]+)\.\w/gm)) {
    if (second === first + step) single++;
    if (second === first + step + step) double++;
  }
  return single > double ? step : step + step;
}
