import { type Alias, isAlias, isMap, isScalar, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import type { Span } from "../text/positions.ts";
import { type ReadYaml, readYaml } from "./yamlRepair.ts";

/** A YAML text: plain trees with offsets of the text. What did not parse is a problem; the rest is there. */
export interface YamlText {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

export interface YamlDocument {
  readonly root: YamlNode | undefined;
  readonly span: Span;
}

export interface YamlProblem {
  readonly span: Span;
  readonly message: string;
  readonly code: string;
}

export type YamlNode = YamlScalar | YamlMap | YamlList;

export interface YamlScalar {
  readonly kind: "scalar";
  readonly span: Span;
  /** As YAML 1.2's core schema reads it. */
  readonly value: string | number | boolean | null;
  /** Without quotes, escapes resolved: "0.10" stays "0.10". */
  readonly text: string;
}

export interface YamlMap {
  readonly kind: "map";
  readonly span: Span;
  readonly flow: boolean;
  readonly entries: readonly YamlEntry[];
}

export interface YamlList {
  readonly kind: "list";
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** Undefined for a key without a value. */
  readonly value: YamlNode | undefined;
}

/** How deep a tree may get: what lies below is left out, with a problem. */
const MAX_DEPTH = 100;

/**
 * Reads all documents of a text. Never throws. Spans count the byte order mark, which YAML does not see. Merge keys are
 * merged; an alias stands for the very node of its anchor, so a walk of the tree must bound what it visits.
 */
export function parseYaml(text: string): YamlText {
  const bom = text.startsWith("\ufeff") ? 1 : 0;
  const whole = { start: 0, end: text.length };
  if (nestsTooDeep(text)) return { documents: [], problems: [{ span: whole, message: TOO_DEEP, code: "UNREADABLE" }] };
  try {
    const read = readYaml(text.slice(bom));
    const reader = new TreeReader(bom, text.length, read);
    const documents = read.documents.map((document) => ({
      root: reader.document(document.contents),
      span: { start: document.range[0] + bom, end: document.range[2] + bom },
    }));
    for (const error of read.errors) reader.problem(error.pos, error.message, error.code);
    return { documents, problems: reader.problems.sort((a, b) => a.span.start - b.span.start) };
  } catch (error) {
    const message = error instanceof RangeError ? TOO_DEEP : `YAML: ${String(error)}`;
    return { documents: [], problems: [{ span: whole, message, code: "UNREADABLE" }] };
  }
}

const DEEPEST = 400;
const TOO_DEEP = "The file is nested too deep to be read";

/**
 * The library parses by recursion, and a stack that overflows inside a regular expression ends the whole process instead of
 * throwing. Brackets in quoted text count as well: hundreds of open ones mean no configuration.
 */
function nestsTooDeep(text: string): boolean {
  let brackets = 0;
  let indicators = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === OPEN_BRACKET || unit === OPEN_BRACE) brackets++;
    else if ((unit === CLOSE_BRACKET || unit === CLOSE_BRACE) && brackets > 0) brackets--;
    else if ((unit === DASH || unit === QUESTION || unit === COLON) && isBlank(text.charCodeAt(i + 1))) indicators++;
    else if (!isBlank(unit)) indicators = 0;
    if (brackets > DEEPEST || indicators > DEEPEST) return true;
  }
  return new RegExp(`^ {${DEEPEST},}\\S`, "m").test(text);
}

const isBlank = (unit: number): boolean => unit === 32 || unit === 9;
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE, DASH, QUESTION, COLON] = [91, 93, 123, 125, 45, 63, 58];

class TreeReader {
  readonly problems: YamlProblem[] = [];
  readonly #shift: number;
  readonly #length: number;
  readonly #read: ReadYaml;
  #anchors = new Map<string, YamlNode>();

  constructor(shift: number, length: number, read: ReadYaml) {
    this.#read = read;
    this.#shift = shift;
    this.#length = length;
  }

  document(contents: ParsedNode | null): YamlNode | undefined {
    this.#anchors = new Map();
    return this.#node(contents, 0);
  }

  problem(pos: readonly [number, number], message: string, code: string): void {
    const { start, end } = this.#span(pos);
    // The library points behind the end where something is missing there.
    this.problems.push({ span: { start: Math.min(start, this.#length), end: Math.min(end, this.#length) }, message, code });
  }

  #span(range: readonly number[]): Span {
    return { start: (range[0] as number) + this.#shift, end: (range[1] as number) + this.#shift };
  }

  #node(node: ParsedNode | null, depth: number): YamlNode | undefined {
    if (node === null) return undefined;
    if (isAlias(node)) return this.#anchors.get(node.source);
    const read = this.#plain(node, depth);
    if (read !== undefined && node.anchor !== undefined) this.#anchors.set(node.anchor, read);
    return read;
  }

  #plain(node: Exclude<ParsedNode, Alias.Parsed>, depth: number): YamlNode | undefined {
    const span = this.#span(node.range);
    if (isScalar(node)) {
      if (isMissing(node)) return undefined;
      const scalar = this.#read.scalarOf(node);
      return { kind: "scalar", span, value: coreValue(scalar), text: scalar.source };
    }
    if (depth === MAX_DEPTH) {
      this.problem([node.range[0], node.range[1]], `What is nested deeper than ${MAX_DEPTH} levels is not read`, "TOO_DEEP");
      return undefined;
    }
    const flow = node.flow === true;
    if (isMap(node)) return { kind: "map", span, flow, entries: this.#entries(node, depth) };
    const items = node.items.flatMap((item) => this.#node(item, depth + 1) ?? []);
    return { kind: "list", span, flow, items };
  }

  #entries(map: YAMLMap.Parsed, depth: number): readonly YamlEntry[] {
    const entries = new Map<string, YamlEntry>();
    const merged: YamlEntry[] = [];
    for (const pair of map.items) {
      if (!isScalar(pair.key)) continue;
      const key = pair.key.source;
      const keySpan = this.#span(pair.key.range);
      const value = this.#node(pair.value, depth + 1);
      if (key === "<<" && value !== undefined && value.kind !== "scalar") {
        for (const from of value.kind === "map" ? [value] : value.items) if (from.kind === "map") merged.push(...from.entries);
        continue;
      }
      if (entries.has(key))
        this.problems.push({ span: keySpan, message: `The key "${key}" is here twice; the last one counts`, code: "DUPLICATE_KEY" });
      entries.set(key, { key, keySpan, value });
    }
    for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    return [...entries.values()];
  }
}

/** `key:` with nothing behind it. A written `null` or `~` is a value. */
function isMissing(node: Scalar.Parsed): boolean {
  return node.value === null && node.source === "" && node.range[0] === node.range[1];
}

function coreValue({ value, source }: Scalar.Parsed): YamlScalar["value"] {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null ? value : source;
}
