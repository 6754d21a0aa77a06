import { type PropertiesEntry, parseProperties } from "../../syntax/properties.ts";
import { parseYaml, type YamlEntry, type YamlMap, type YamlNode } from "../../syntax/yaml.ts";
import { insertAt, lineBreakOf, type TextEdit } from "../../text/edits.ts";
import { canonicalKey } from "./configFacts.ts";
import { isResourceFilter } from "./resourceFilter.ts";

/**
 * Sets a key in the part of a configuration file that holds for all profiles, in the way the file is written: at the right
 * nesting and indentation of YAML, beside its siblings in properties. Nothing else is touched. Undefined where the file
 * does not parse, has the key already, or has something else in its place.
 */
export function insertKey(file: string, text: string, key: string, value: string): TextEdit | undefined {
  if (text.startsWith("\ufeff")) {
    const edit = insertKey(file, text.slice(1), key, value);
    return edit === undefined ? undefined : { ...edit, span: { start: edit.span.start + 1, end: edit.span.end + 1 } };
  }
  return file.endsWith(".properties") ? insertProperty(text, key, value) : insertYaml(text, key, value);
}

function insertProperty(text: string, key: string, value: string): TextEdit | undefined {
  const { entries, comments, problems } = parseProperties(text);
  if (problems.length > 0 || entries.some((entry) => canonicalKey(entry.key) === canonicalKey(key))) return undefined;
  const separator = comments.find(({ start, end }) => /^[#!]---\s*$/.test(text.slice(start, end)))?.start ?? text.length;
  const first = entries.filter(({ keySpan }) => keySpan.start < separator);
  const sibling = nearestSibling(first, key, text);
  const line = `${key}${separatorOf(text, sibling ?? first[0])}${value}`;
  const lineBreak = lineBreakOf(text);
  if (sibling !== undefined) return insertAt(behindCommentedOut(text, sibling, key), lineBreak + line);
  if (separator < text.length) return insertAt(separator, line + lineBreak);
  // Blank lines at the end stay at the end.
  const blank = /(\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+[ \t]*$/.exec(text);
  const end = blank === null ? text.length : blank.index + (blank[1] ?? "").length;
  return addLine(text, end, isUnderHeading(text.slice(0, end)) ? lineBreak + line : line);
}

/** Whether a text ends in one of several parts that has a comment above it, which would speak of what follows, too. */
function isUnderHeading(text: string): boolean {
  const parts = text.split(/\r?\n(?:[ \t]*\r?\n)+/);
  return parts.length > 1 && /^[ \t]*[#!]/.test(parts.at(-1) ?? "");
}

/** A line of its own; one at the end of a text whose last line has no end gets none either. */
function addLine(text: string, at: number, line: string): TextEdit {
  const lineBreak = lineBreakOf(text);
  return insertAt(at, /(?:^|[\r\n])$/.test(text.slice(0, at)) ? line + lineBreak : lineBreak + line);
}

/** The last entry of those that share the most levels with the key, at least one. */
function nearestSibling(entries: readonly PropertiesEntry[], key: string, text: string): PropertiesEntry | undefined {
  let best: PropertiesEntry | undefined;
  let most = 1;
  for (const entry of entries) {
    const levels = sharedLevels(entry.key, key);
    if (levels < most || (levels === 1 && BROAD.test(key) && hasHeading(text, entry))) continue;
    most = levels;
    best = entry;
  }
  return best;
}

/** Roots that say little: what else begins with them may be about anything. */
const BROAD = /^(?:spring|management)\./;

/** Whether a comment above, without a blank line between, speaks of an entry. */
function hasHeading(text: string, { keySpan }: PropertiesEntry): boolean {
  const part =
    text
      .slice(0, lineStart(text, keySpan.start))
      .split(/\r?\n[ \t]*\r?\n/)
      .at(-1) ?? "";
  return /^[ \t]*[#!]/m.test(part);
}

/** The end of an entry's value, or of the entries below it that are commented out and as near to the key. */
function behindCommentedOut(text: string, sibling: PropertiesEntry, key: string): number {
  const levels = sharedLevels(sibling.key, key);
  let at = sibling.valueSpan.end;
  for (;;) {
    const [line, other] = /^[ \t]*(?:\r\n|\n)[ \t]*[#!][ \t]*([\w.-]+)[ \t]*[=:][^\r\n]*/.exec(text.slice(at)) ?? [];
    if (line === undefined || other === undefined || sharedLevels(other, key) < levels) return at;
    at += line.length;
  }
}

function sharedLevels(a: string, b: string): number {
  const [x, y] = [canonicalKey(a).split("."), canonicalKey(b).split(".")];
  let levels = 0;
  while (levels < x.length && x[levels] === y[levels]) levels++;
  return levels;
}

function separatorOf(text: string, entry: PropertiesEntry | undefined): string {
  if (entry === undefined) return "=";
  const written = text.slice(entry.keySpan.end, entry.valueSpan.start);
  return /^[ \t]*[=:][ \t]*$/.test(written) ? written : "=";
}

function insertYaml(text: string, key: string, value: string): TextEdit | undefined {
  const { documents, problems } = parseYaml(text);
  if (problems.some((problem) => !isResourceFilter(problem, text))) return undefined;
  const document = documents.find(({ root }) => !hasActivation(root));
  if (document === undefined && documents.length > 0) return undefined;
  const root = document?.root;
  const lineBreak = lineBreakOf(text);
  const step = indentStep(root, text);
  if (root === undefined) {
    return addLine(text, document?.span.end ?? text.length, nested(key.split("."), value, "", step, lineBreak));
  }
  return root.kind === "map" ? insertIntoMap(text, root, key.split("."), value, step) : undefined;
}

function insertIntoMap(text: string, map: YamlMap, path: readonly string[], value: string, step: string): TextEdit | undefined {
  const lineBreak = lineBreakOf(text);
  for (const entry of map.entries) {
    const levels = path.findIndex((_, index) => canonicalKey(path.slice(0, index + 1).join(".")) === canonicalKey(entry.key)) + 1;
    if (levels === 0) continue;
    const rest = path.slice(levels);
    if (rest.length === 0) return undefined;
    const indent = text.slice(lineStart(text, entry.keySpan.start), entry.keySpan.start);
    if (entry.value === undefined) {
      if (map.flow || !/^[ ]*$/.test(indent)) return undefined;
      const end = lineEnd(text, entry.keySpan.end);
      return insertAt(end, lineBreak + nested(rest, value, indent + step, step, lineBreak));
    }
    // An alias stands for text elsewhere, which others use as well.
    if (entry.value.kind !== "map" || entry.value.span.start < entry.keySpan.end) return undefined;
    return insertIntoMap(text, entry.value, rest, value, step);
  }
  const last = map.entries.at(-1);
  if (map.flow) return insertFlow(text, map, path, value);
  if (last === undefined) return undefined;
  const dotted = map.entries.findLast((entry) => sharedLevels(entry.key, path.join(".")) > 0 && entry.key.includes("."));
  const after = dotted ?? last;
  const blanks = text.slice(lineStart(text, after.keySpan.start), after.keySpan.start);
  if (!/^ *$/.test(blanks)) return undefined;
  const lines = dotted === undefined ? nested(path, value, blanks, step, lineBreak) : `${blanks}${path.join(".")}: ${value}`;
  const end = endOf(after);
  const apart = dotted === undefined && areApart(text, map) ? lineBreak : "";
  // A block scalar ends behind its line break.
  if (end > 0 && /[\r\n]/.test(text[end - 1] as string)) return insertAt(end, apart + lines + lineBreak);
  return insertAt(lineEnd(text, end), lineBreak + apart + lines);
}

/** Whether blank lines part most sections of a file. */
function areApart(text: string, { entries }: YamlMap): boolean {
  const further = entries.slice(1).filter(({ keySpan }) => lineStart(text, keySpan.start) === keySpan.start);
  const apart = further.filter(({ keySpan }, i) => /\n[ \t]*\r?\n/.test(text.slice(endOf(entries[i] as YamlEntry), keySpan.start)));
  return further.length > 0 && further.length === entries.length - 1 && apart.length * 2 > further.length;
}

function insertFlow(text: string, map: YamlMap, path: readonly string[], value: string): TextEdit | undefined {
  const inner = text.slice(map.span.start, map.span.end);
  if (/[\r\n]/.test(inner) || !inner.endsWith("}")) return undefined;
  const last = map.entries.at(-1);
  const at = last === undefined ? map.span.start + 1 : endOf(last);
  return insertAt(at, `${last === undefined ? "" : ", "}${path.join(".")}: ${value}`);
}

/** `a:`, `  b:`, `    c: value`, without a line break at the end. */
function nested(path: readonly string[], value: string, indent: string, step: string, lineBreak: string): string {
  return path.map((part, level) => `${indent}${step.repeat(level)}${part}:${level === path.length - 1 ? ` ${value}` : ""}`).join(lineBreak);
}

/** The indentation of the first level that has one; two spaces by default. */
function indentStep(root: YamlNode | undefined, text: string): string {
  if (root?.kind !== "map") return "  ";
  for (const { keySpan, value } of root.entries) {
    const inner = value?.kind === "map" && !value.flow && value.span.start > keySpan.end ? value.entries[0] : undefined;
    if (inner === undefined) continue;
    const columns = inner.keySpan.start - lineStart(text, inner.keySpan.start) - (keySpan.start - lineStart(text, keySpan.start));
    if (columns > 0 && columns <= 8) return " ".repeat(columns);
  }
  return "  ";
}

function hasActivation(root: YamlNode | undefined): boolean {
  if (root?.kind !== "map") return false;
  const keys = (map: YamlMap, prefix: string): boolean =>
    map.entries.some(({ key, value }) => {
      const full = canonicalKey(prefix === "" ? key : `${prefix}.${key}`);
      if (full === "spring.profiles" ? value?.kind !== "map" : full === "spring.config.activate.onprofile") return true;
      return value?.kind === "map" && /^spring(?:\.config(?:\.activate)?)?$/.test(full) && keys(value, full);
    });
  return keys(root, "");
}

/** The end of what is written for an entry; of an alias, its text is elsewhere. */
function endOf({ keySpan, value }: YamlEntry): number {
  return value === undefined || value.span.start < keySpan.end ? keySpan.end : lastOffset(value);
}

function lastOffset(node: YamlNode): number {
  if (node.kind === "scalar" || node.flow) return node.span.end;
  const last = node.kind === "map" ? node.entries.at(-1) : node.items.at(-1);
  if (last === undefined) return node.span.end;
  return "kind" in last ? Math.max(lastOffset(last), node.span.start) : Math.max(endOf(last), node.span.start);
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

/** The end of a line: what is inserted there starts the next one, behind a comment of this one. */
function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}
