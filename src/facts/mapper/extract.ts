import { parseXml, plainText, type XmlElement } from "../../syntax/xml.ts";
import type { Span } from "../../text/positions.ts";
import type { Extracted } from "../fileFacts.ts";
import { syntaxProblems } from "../syntaxProblems.ts";
import type { MapperFacts, MapperStatement, NestedSelect, ResultMap } from "./mapperFacts.ts";

const KINDS: Readonly<Record<string, MapperStatement["kind"]>> = { select: "select", insert: "insert", update: "update", delete: "delete" };

/** How deep fragments may include each other. */
const DEEPEST = 8;

/**
 * Reads an XML mapper of MyBatis (mybatis.org/mybatis-3/sqlmap-xml.html), or its settings (configuration.html). Other XML has no namespace,
 * no statements and no settings.
 */
export function mapperFacts(text: string): Extracted<MapperFacts> {
  // Only files that say what they are: the parser is not for large data.
  if (!/<(?:mapper|setting)\b/.test(text)) return { facts: { namespace: "", statements: [], resultMaps: [] }, unparsed: [], problems: [] };
  const { root, problems } = parseXml(text);
  const namespace = root?.name === "mapper" ? (root.attributes["namespace"] ?? "") : "";
  const reader = namespace === "" ? undefined : new MapperReader(text, root as XmlElement, namespace);
  const cached = reader !== undefined && root?.children.some(({ name }) => name === "cache" || name === "cache-ref");
  const settings = root?.name === "configuration" ? settingsOf(root) : [];
  return {
    facts: {
      namespace,
      statements: reader?.statements() ?? [],
      resultMaps: reader?.resultMaps() ?? [],
      ...(cached && { cached }),
      ...(settings.length > 0 && { settings: Object.fromEntries(settings) }),
    },
    unparsed: [],
    problems: syntaxProblems(problems, text, "information"),
  };
}

/** `<settings><setting name="lazyLoadingEnabled" value="true"/></settings>`. */
const settingsOf = (configuration: XmlElement): readonly (readonly [string, string])[] =>
  configuration.children
    .flatMap(({ name, children }) => (name === "settings" ? children : []))
    .flatMap(({ attributes: { name, value } }) => (name === undefined || value === undefined ? [] : [[name, value.trim()] as const]));

/** A yes or no of a statement's own. */
const toldBy = (name: "useCache" | "flushCache", { attributes }: XmlElement): Partial<Record<"useCache" | "flushCache", boolean>> => {
  const value = attributes[name];
  return value === "true" || value === "false" ? { [name]: value === "true" } : {};
};

class MapperReader {
  readonly #text: string;
  readonly #root: XmlElement;
  readonly #namespace: string;
  readonly #fragments = new Map<string, XmlElement>();
  #dynamic = false;
  /** Optional parts are left out. */
  #sure = false;
  /** A part stands in another file: whatever is read, there may be more in it. */
  #parted = false;

  constructor(text: string, root: XmlElement, namespace: string) {
    this.#text = text;
    this.#root = root;
    this.#namespace = namespace;
    for (const element of root.children) {
      const { id } = element.attributes;
      if (element.name === "sql" && id !== undefined) this.#fragments.set(id, element);
    }
  }

  statements(): readonly MapperStatement[] {
    return this.#root.children.flatMap((element) => {
      const kind = KINDS[element.name];
      const { id, resultMap } = element.attributes;
      if (kind === undefined || id === undefined) return [];
      this.#dynamic = false;
      const sql = this.#flat(element, 0).replace(/\s+/g, " ").trim();
      const dynamic = this.#dynamic;
      const always = dynamic ? this.#always(element) : undefined;
      const span = this.#valueSpan(element, "id", id);
      const caches = { ...toldBy("useCache", element), ...toldBy("flushCache", element) };
      return [{ id, kind, sql, dynamic, ...(always !== undefined && { always }), ...caches, span, ...(resultMap && { resultMap }) }];
    });
  }

  /** Undefined where a part of it is not known. */
  #always(element: XmlElement): string | undefined {
    this.#sure = true;
    this.#parted = false;
    const sql = this.#flat(element, 0).replace(/\s+/g, " ").trim();
    this.#sure = false;
    return this.#parted ? undefined : sql;
  }

  resultMaps(): readonly ResultMap[] {
    return this.#root.children.flatMap((element) => {
      const { id, extends: above } = element.attributes;
      if (element.name !== "resultMap" || id === undefined) return [];
      const nested = this.#nestedIn(element);
      return nested.length === 0 && above === undefined ? [] : [{ id, nested, ...(above && { extends: above }) }];
    });
  }

  /** Those of parts that are joined, too: they come with the same row. */
  #nestedIn(element: XmlElement): readonly NestedSelect[] {
    return element.children.flatMap((child) => {
      const { property = "", select, fetchType } = child.attributes;
      const isPart = child.name === "association" || child.name === "collection";
      if (!isPart || select === undefined) return this.#nestedIn(child);
      const kind = child.name === "collection" ? "collection" : "association";
      return [{ kind, property, select, lazy: fetchType === "lazy", span: this.#valueSpan(child, "select", select) } as const];
    });
  }

  /** Text and dynamic elements in the order in which they stand. */
  #flat(element: XmlElement, depth: number): string {
    let sql = "";
    let at = element.bodySpan.start;
    for (const child of element.children) {
      sql += plainText(this.#text.slice(at, child.span.start)) + this.#part(child, depth);
      at = child.span.end;
    }
    return sql + plainText(this.#text.slice(at, element.bodySpan.end));
  }

  #part(element: XmlElement, depth: number): string {
    const { attributes } = element;
    switch (element.name) {
      case "include":
        return this.#included(attributes["refid"] ?? "", depth);
      case "where": {
        const conditions = withoutLead(this.#flat(element, depth), /^(?:\s*(?:and|or)\b)+/i);
        return conditions.trim() === "" ? " " : ` WHERE ${conditions} `;
      }
      case "set":
        // Something is set, whatever it is.
        return ` SET ${this.#flat(element, depth).replace(/,\s*$/, " ").trim() || "_set = 1"} `;
      case "trim": {
        const inside = this.#trimmed(element, depth);
        return inside.trim() === "" ? " " : ` ${attributes["prefix"] ?? ""} ${inside} ${attributes["suffix"] ?? ""} `;
      }
      case "foreach":
        // One list of values is what `IN` takes; several statements or rows are more.
        if (attributes["open"] === undefined) this.#dynamic = true;
        if (attributes["open"] === undefined && this.#sure) return " ";
        return ` ${attributes["open"] ?? ""}${this.#flat(element, depth)}${attributes["close"] ?? ""} `;
      case "selectKey":
      case "bind":
        return " ";
      case "otherwise":
        this.#dynamic = true;
        return this.#sure ? this.#left(element, depth) : " ";
      case "choose": {
        this.#dynamic = true;
        if (this.#sure) return this.#left(element, depth);
        const [first] = element.children;
        return first === undefined ? " " : ` ${this.#flat(first, depth)} `;
      }
      default:
        this.#dynamic = true;
        if (this.#sure) return this.#left(element, depth);
        return ` ${this.#flat(element, depth)} `;
    }
  }

  /** An optional part is left out; behind OR it takes back what is asked before it. */
  #left(element: XmlElement, depth: number): string {
    if (/^\s*or\b/i.test(this.#flat(element, depth))) this.#parted = true;
    return " ";
  }

  #included(id: string, depth: number): string {
    const own = id.startsWith(`${this.#namespace}.`) ? id.slice(this.#namespace.length + 1) : id;
    const fragment = this.#fragments.get(own);
    if (fragment === undefined || depth >= DEEPEST) {
      this.#dynamic = true;
      this.#parted = true;
      return " ";
    }
    return ` ${this.#flat(fragment, depth + 1)} `;
  }

  #trimmed(element: XmlElement, depth: number): string {
    const { attributes } = element;
    const words = (list: string | undefined): string =>
      (list ?? "")
        .split("|")
        .map((word) => word.trim())
        .filter((word) => word !== "")
        .map((word) => word.replace(/[^\w\s]/g, "\\$&"))
        .join("|");
    let sql = this.#flat(element, depth);
    const [lead, tail] = [words(attributes["prefixOverrides"]), words(attributes["suffixOverrides"])];
    if (lead !== "") sql = withoutLead(sql, new RegExp(`^(?:\\s*(?:${lead}))+`, "i"));
    return tail === "" ? sql : sql.replace(new RegExp(`(?:${tail})\\s*$`, "i"), " ");
  }

  /** Where the value of an attribute stands. */
  #valueSpan(element: XmlElement, name: "id" | "select", value: string): Span {
    const { start, end } = element.span;
    const tagEnd = element.bodySpan.start > start ? element.bodySpan.start : end;
    const at = (name === "id" ? /\bid\s*=\s*["']/ : /\bselect\s*=\s*["']/).exec(this.#text.slice(start, tagEnd));
    const from = at === null ? start : start + at.index + at[0].length;
    return { start: from, end: at === null ? tagEnd : from + value.length };
  }
}

const withoutLead = (sql: string, lead: RegExp): string => sql.replace(lead, " ");
