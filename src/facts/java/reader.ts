import { ERROR_KIND, type FlatTree, type GrammarNames } from "../../syntax/trees/flatTree.ts";

/** A flat Java tree with the questions that the extractors ask of it. */
export class JavaTree {
  readonly flat: FlatTree;
  readonly #names: GrammarNames;
  readonly #comment: readonly [number, number];

  constructor(flat: FlatTree) {
    this.flat = flat;
    this.#names = flat.language;
    this.#comment = [flat.language.kindOf("line_comment"), flat.language.kindOf("block_comment")];
  }

  kind(node: number): string {
    const kind = this.flat.kind[node] as number;
    return kind === ERROR_KIND ? "ERROR" : (this.#names.kinds[kind] as string);
  }

  start(node: number): number {
    return this.flat.start[node] as number;
  }

  end(node: number): number {
    return this.flat.end[node] as number;
  }

  span(node: number): { start: number; end: number } {
    return { start: this.start(node), end: this.end(node) };
  }

  text(node: number): string {
    return this.flat.text.slice(this.start(node), this.end(node));
  }

  /** The named children, comments left out. */
  children(node: number): number[] {
    const { next, kind } = this.flat;
    const children: number[] = [];
    const end = next[node] as number;
    for (let child = node + 1; child < end; child = next[child] as number) {
      if (kind[child] !== this.#comment[0] && kind[child] !== this.#comment[1]) children.push(child);
    }
    return children;
  }

  /** The child in a field, or -1. */
  field(node: number, field: number): number {
    const { next, field: fields } = this.flat;
    const end = next[node] as number;
    for (let child = node + 1; child < end; child = next[child] as number) if (fields[child] === field) return child;
    return -1;
  }

  fieldsOf(node: number, field: number): number[] {
    return this.children(node).filter((child) => this.flat.field[child] === field);
  }

  /** The first child of a kind, or -1. */
  child(node: number, kind: string): number {
    return this.children(node).find((child) => this.kind(child) === kind) ?? -1;
  }

  hasChildren(node: number): boolean {
    return (this.flat.next[node] as number) > node + 1;
  }
}

/** A type as written, in one spelling: no comments, no annotations, no line breaks. */
export function typeText(source: string): string {
  let text = source;
  if (text.includes("/")) text = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n\r]*/g, " ");
  if (text.includes("@")) text = text.replace(/@[\w.]+(\([^)]*\))?\s*/g, "");
  if (/\s/.test(text))
    text = text
      .replace(/\s+/g, " ")
      .replace(/ ?([<>,.[\]]) ?/g, "$1")
      .trim();
  return text.replaceAll(",", ", ");
}

/** The value of a string literal or text block, escapes resolved (JLS 3.10.5–3.10.7). */
export function stringValue(source: string): string {
  if (!source.startsWith('"""')) return unescaped(source.slice(1, -1));
  const lines = source
    .slice(source.indexOf("\n") + 1, -3)
    .replaceAll("\r\n", "\n")
    .split("\n");
  const margin = Math.min(
    ...lines.filter((line, i) => line.trim() !== "" || i === lines.length - 1).map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0),
  );
  return unescaped(lines.map((line) => line.slice(margin).replace(/[ \t]+$/, "")).join("\n"));
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", s: " ", "\n": "" };

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(u+[0-9a-fA-F]{4}|[0-7]{1,3}|[\s\S])/g, (_, code: string) => {
    if (code.startsWith("u") && code.length > 4) return String.fromCharCode(Number.parseInt(code.replace(/^u+/, ""), 16));
    if (/^[0-7]+$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return ESCAPES[code] ?? code;
  });
}
