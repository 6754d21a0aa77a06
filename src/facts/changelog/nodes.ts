import { parseXml, type XmlElement } from "../../syntax/xml.ts";
import { parseYaml, type YamlEntry, type YamlMap, type YamlNode, type YamlText } from "../../syntax/yaml.ts";
import type { Span } from "../../text/positions.ts";

/** An element of a change log, the same for XML, YAML and JSON. */
export interface ChangeNode {
  readonly name: string;
  /** The name, where it stands. */
  readonly at: Span;
  readonly span: Span;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly children: readonly ChangeNode[];
  /** Text in it, offset by offset as it stands in the file: entities, markers of CDATA and comments are blanks. */
  readonly body: { readonly text: string; readonly start: number } | undefined;
}

export interface Attribute {
  readonly text: string;
  /** The value. */
  readonly at: Span;
}

export interface Changelog {
  /** What stands in `databaseChangeLog`; undefined in files that are none. */
  readonly nodes: readonly ChangeNode[] | undefined;
  /** `objectQuotingStrategy`. */
  readonly quoting?: string | undefined;
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

export function changelogIn(file: string, text: string): Changelog {
  if (!/databaseChangeLog/.test(text)) return { nodes: undefined, problems: [] };
  return file.endsWith(".xml") ? fromXml(text) : fromYaml(text);
}

function fromXml(text: string): Changelog {
  const { root, problems } = parseXml(text);
  if (root?.name !== "databaseChangeLog") return { nodes: undefined, problems: [] };
  const quoting = root.attributes["objectQuotingStrategy"];
  return { nodes: root.children.map((child) => xmlNode(child, text)), quoting, problems };
}

const XML_ATTRIBUTE = /([^\s=<]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function xmlNode(element: XmlElement, text: string): ChangeNode {
  const { name, span, bodySpan } = element;
  const attributes = new Map<string, Attribute>();
  for (const match of text.slice(span.start, bodySpan.start).matchAll(XML_ATTRIBUTE)) {
    const [whole, key = "", double, single] = match;
    const value = double ?? single ?? "";
    const end = span.start + match.index + whole.length - 1;
    attributes.set(key, { text: element.attributes[key] ?? value, at: { start: end - value.length, end } });
  }
  const at = span.start + 1 + text.slice(span.start + 1).indexOf(name);
  const body = element.text === "" ? undefined : { text: blanked(text, bodySpan, element), start: bodySpan.start };
  return {
    name,
    at: { start: at, end: at + name.length },
    span,
    attributes,
    children: element.children.map((child) => xmlNode(child, text)),
    body,
  };
}

/** The text between the tags at its offsets: what is not text is blank. */
function blanked(text: string, { start, end }: Span, element: XmlElement): string {
  let body = text.slice(start, end);
  for (const child of element.children)
    body =
      body.slice(0, child.span.start - start) +
      blank(body.slice(child.span.start - start, child.span.end - start)) +
      body.slice(child.span.end - start);
  return body
    .split(/(<!\[CDATA\[[\s\S]*?(?:\]\]>|$))/)
    .map((part) =>
      part.startsWith("<![CDATA[")
        ? " ".repeat(9) + part.slice(9).replace(/\]\]>$/, "   ")
        : part.replace(/<!--[\s\S]*?(?:-->|$)/g, blank).replace(ESCAPED, (run) => unescaped(run).padStart(run.length)),
    )
    .join("");
}

/** Entities with the operators that they are a part of: `&gt;=` stays one operator. */
const ESCAPED = /[<>=!|&]*(?:&(?:lt|gt|amp|quot|apos);[<>=!|]*)+/g;

const unescaped = (run: string): string => run.replace(/&(lt|gt|amp|quot|apos);/g, (_, key: string) => ENTITIES[key] ?? "");

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");

function fromYaml(text: string): Changelog {
  const { documents, problems } = tolerantYaml(text);
  const root = documents[0]?.root;
  const log = root?.kind === "map" ? root.entries.find(({ key }) => key === "databaseChangeLog")?.value : undefined;
  if (log === undefined) return { nodes: undefined, problems: [] };
  const nodes = new YamlReader(text).children(log, 0);
  const quoting = nodes.find(({ name }) => name === "objectQuotingStrategy")?.body?.text;
  return { nodes, quoting, problems };
}

/**
 * Liquibase's reader lets what stands in braces begin at any column, YAML asks for more than the element around it. Where a text does
 * not parse, its braces are read as if they stood on one line: every offset stays.
 */
function tolerantYaml(text: string): YamlText {
  const strict = parseYaml(text);
  if (strict.problems.length === 0) return strict;
  const joined = parseYaml(withJoinedFlows(text));
  return joined.problems.length < strict.problems.length ? joined : strict;
}

function withJoinedFlows(text: string): string {
  let depth = 0;
  return text.replace(/"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|(?<=\s)#[^\r\n]*|[{}[\]\r\n]/g, (token) => {
    if (token === "{" || token === "[") depth++;
    else if ((token === "}" || token === "]") && depth > 0) depth--;
    return depth > 0 && /^[\r\n#]/.test(token) ? " ".repeat(token.length) : token;
  });
}

/** How deep elements may lie in each other: aliases may hold themselves. */
const DEEPEST = 12;

class YamlReader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The elements that a map or a list of maps holds. */
  children(node: YamlNode, depth: number): ChangeNode[] {
    if (depth > DEEPEST) return [];
    const maps =
      node.kind === "list" ? node.items.filter((item): item is YamlMap => item.kind === "map") : node.kind === "map" ? [node] : [];
    return maps.flatMap(({ entries }) => entries.flatMap((entry) => this.#node(entry, depth)));
  }

  #node({ key, keySpan, value }: YamlEntry, depth: number): ChangeNode {
    const whole = value === undefined || value.span.start < keySpan.end ? keySpan.end : value.span.end;
    const end = keySpan.start + this.#text.slice(keySpan.start, whole).trimEnd().length;
    const own = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
    const attributes = new Map<string, Attribute>();
    for (const map of own) {
      if (map.kind !== "map") continue;
      for (const entry of map.entries) {
        const text = scalarText(entry.value);
        if (text !== undefined) attributes.set(entry.key, { text, at: entry.value?.span ?? entry.keySpan });
      }
    }
    const [only, ...more] = own;
    const sql = only?.kind === "scalar" && more.length === 0 ? only : this.#sqlOf(own);
    // Where changes are listed, `sql: ALTER …` is one of them, as well as `sql: { sql: … }`.
    const isChange = (child: ChangeNode): boolean => (key === "changeSet" || key === "changes") && child.name === "sql";
    return {
      name: key,
      at: keySpan,
      span: { start: keySpan.start, end },
      attributes,
      children:
        value === undefined
          ? []
          : this.children(value, depth + 1).filter((child) => !attributes.has(child.name) || child.children.length > 0 || isChange(child)),
      body: sql?.kind === "scalar" ? this.#bodyOf(sql.span, sql.text) : undefined,
    };
  }

  #sqlOf(own: readonly YamlNode[]): YamlNode | undefined {
    for (const map of own) {
      const entry =
        map.kind === "map" ? map.entries.find(({ key }) => key === "sql" || key === "procedureBody" || key === "selectQuery") : undefined;
      if (entry?.value !== undefined) return entry.value;
    }
    return undefined;
  }

  /** The scalar as it is written where that is what it means; else what it means, from where it begins. */
  #bodyOf(span: Span, meant: string): { readonly text: string; readonly start: number } {
    const written = this.#text.slice(span.start, span.end);
    const header = /^[|>][-+\d]*[^\r\n]*/.exec(written);
    if (header !== null) return { text: blank(header[0]) + written.slice(header[0].length), start: span.start };
    const at = written.indexOf(meant);
    return { text: meant, start: span.start + Math.max(0, at) };
  }
}

/** A scalar, or a list of scalars: the names of columns are written both ways. */
function scalarText(value: YamlNode | undefined): string | undefined {
  if (value?.kind === "scalar") return value.text;
  if (value?.kind !== "list" || value.items.length === 0) return undefined;
  const texts = value.items.flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
  return texts.length === value.items.length ? texts.join(", ") : undefined;
}

export const attribute = (node: ChangeNode | undefined, name: string): string | undefined => node?.attributes.get(name)?.text;
export const childNode = (node: ChangeNode | undefined, name: string): ChangeNode | undefined =>
  node?.children.find((child) => child.name === name);

/** The children of a name, also where YAML lists them under another: `columns: - column: …`. */
export function listed(node: ChangeNode, name: string, list: string): readonly ChangeNode[] {
  return node.children.flatMap((child) => (child.name === name ? [child] : child.name === list ? elementsOf(child, name) : []));
}

/** Liquibase takes `columns: { name: … }` for the one column, too. */
const elementsOf = (list: ChangeNode, name: string): readonly ChangeNode[] =>
  list.attributes.has("name") ? [list] : list.children.filter((one) => one.name === name);
