import type { Span } from "../text/positions.ts";

export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly in it, entities resolved, trimmed. */
  readonly text: string;
  /** Where that text stands; the start tag where there is none. */
  readonly textSpan: Span;
  readonly span: Span;
  /** Between the start tag and the end tag; empty where there is no end tag of its own. */
  readonly bodySpan: Span;
}

export interface XmlText {
  readonly root: XmlElement | undefined;
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly start: number;
  readonly tagEnd: number;
  text: string;
  textStart: number;
  textEnd: number;
}

const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<[?!][^>]*>?|<\/\s*([^\s>]*)\s*>?|<([^\s/>!?]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|</g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * A small reader for build files and mappers: elements, attributes, texts and their places; no DTDs, no namespaces. An end tag without its
 * start, and elements that stay open, are problems; the rest is read.
 */
export function parseXml(text: string): XmlText {
  const problems: { span: Span; message: string }[] = [];
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let before = 0;
  const close = (end: number, bodyEnd = end): void => {
    const element = finished(open.pop() as OpenElement, end, bodyEnd);
    const outer = open.at(-1);
    if (outer !== undefined) outer.children.push(element);
    else root ??= element;
  };
  for (const match of text.matchAll(TOKEN)) {
    const [whole, cdata, endName, name, attributes, empty] = match;
    const at = match.index;
    const span = { start: at, end: at + whole.length };
    const inner = open.at(-1);
    if (inner !== undefined) addText(inner, resolved(text.slice(before, at)), before, text);
    before = span.end;
    if (cdata !== undefined && inner !== undefined) addText(inner, cdata, at, text);
    else if (name !== undefined) {
      open.push({
        name: localName(name),
        attributes: attributesIn(attributes ?? ""),
        children: [],
        start: at,
        tagEnd: span.end,
        text: "",
        textStart: -1,
        textEnd: -1,
      });
      if (empty === "/") close(span.end);
    } else if (endName !== undefined) {
      const index = open.findLastIndex((element) => element.name === localName(endName));
      if (index < 0) problems.push({ span, message: `</${endName}> ends nothing` });
      else {
        while (open.length > index + 1) {
          problems.push({ span, message: `<${open.at(-1)?.name}> is not closed before </${endName}>` });
          close(at);
        }
        close(span.end, span.start);
      }
    } else if (whole === "<") problems.push({ span, message: "A tag is not complete" });
  }
  if (open.length > 0) {
    const end = { start: Math.max(0, text.length - 1), end: text.length };
    problems.push({ span: end, message: `<${open.at(-1)?.name}> is not closed` });
    while (open.length > 0) close(text.length);
  }
  return { root, problems };
}

/** The first child element of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

function finished(element: OpenElement, end: number, bodyEnd: number): XmlElement {
  const { name, attributes, children, start, tagEnd, text, textStart, textEnd } = element;
  const textSpan = textStart < 0 ? { start, end: tagEnd } : { start: textStart, end: textEnd };
  return { name, attributes, children, text: text.trim(), textSpan, span: { start, end }, bodySpan: { start: tagEnd, end: bodyEnd } };
}

function addText(element: OpenElement, added: string, from: number, source: string): void {
  if (added.trim() === "") return;
  let start = from;
  while (/\s/.test(source[start] as string)) start++;
  if (element.textStart < 0) element.textStart = start;
  element.textEnd = start + added.trim().length;
  element.text += added;
}

function attributesIn(source: string): Readonly<Record<string, string>> {
  if (source.trim() === "") return {};
  return Object.fromEntries([...source.matchAll(ATTRIBUTE)].map((match) => [match[1] as string, resolved(match[2] ?? match[3] ?? "")]));
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Text as a reader of XML sees it: comments left out, sections of character data and entities resolved. */
export function plainText(source: string): string {
  return source
    .split(/(<!\[CDATA\[[\s\S]*?(?:\]\]>|$))/)
    .map((part) =>
      part.startsWith("<![CDATA[") ? part.slice(9).replace(/\]\]>$/, "") : resolved(part.replace(/<!--[\s\S]*?(?:-->|$)/g, " ")),
    )
    .join("");
}

function resolved(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
