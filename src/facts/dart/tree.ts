import { ERROR_KIND, type FlatTree, type GrammarNames } from "../../syntax/trees/flatTree.ts";

/** A flat Dart tree with the questions that the extractors ask of it. */
export class DartTree {
  readonly flat: FlatTree;
  readonly ids: DartIds;
  readonly #names: GrammarNames;

  constructor(flat: FlatTree) {
    this.flat = flat;
    this.#names = flat.language;
    this.ids = idsOf(flat.language);
  }

  kind(node: number): string {
    const kind = this.flat.kind[node] as number;
    return kind === ERROR_KIND ? "ERROR" : (this.#names.kinds[kind] as string);
  }

  is(node: number, kind: number): boolean {
    return this.flat.kind[node] === kind;
  }

  start(node: number): number {
    return this.flat.start[node] as number;
  }

  end(node: number): number {
    return this.flat.end[node] as number;
  }

  next(node: number): number {
    return this.flat.next[node] as number;
  }

  span(node: number): { start: number; end: number } {
    return { start: this.start(node), end: this.end(node) };
  }

  text(node: number): string {
    return this.flat.text.slice(this.start(node), this.end(node));
  }

  /** The source between two nodes, or from a node's start to its first child. */
  between(from: number, to: number): string {
    return this.flat.text.slice(from, to);
  }

  isComment(node: number): boolean {
    const kind = this.flat.kind[node] as number;
    return kind === this.ids.comment || kind === this.ids.documentation;
  }

  /** The first node at or behind `node` that is no comment, at most `end`. */
  skipComments(node: number, end: number): number {
    let at = node;
    while (at < end && this.isComment(at)) at = this.next(at);
    return at;
  }

  /** The named children, comments left out. */
  children(node: number): number[] {
    const children: number[] = [];
    const end = this.next(node);
    for (let child = node + 1; child < end; child = this.next(child)) if (!this.isComment(child)) children.push(child);
    return children;
  }

  /** The first child of a kind, or -1. */
  child(node: number, kind: string): number {
    return this.children(node).find((child) => this.kind(child) === kind) ?? -1;
  }

  /** The first child in a field, or -1. */
  field(node: number, field: number): number {
    const end = this.next(node);
    for (let child = node + 1; child < end; child = this.next(child)) if (this.flat.field[child] === field) return child;
    return -1;
  }

  hasChildren(node: number): boolean {
    return this.next(node) > node + 1;
  }
}

/** The numbers of what is asked for most. */
export interface DartIds {
  readonly comment: number;
  readonly documentation: number;
  readonly tails: ReadonlySet<number>;
  readonly selector: number;
  readonly argumentPart: number;
  readonly arguments: number;
  readonly typeArguments: number;
  readonly unconditional: number;
  readonly conditional: number;
  readonly indexSelector: number;
  readonly cascade: number;
  readonly cascadeSelector: number;
  readonly identifier: number;
  readonly types: ReadonlySet<number>;
  readonly patterns: ReadonlySet<number>;
  readonly operators: ReadonlySet<number>;
  readonly field: Readonly<
    Record<
      "name" | "body" | "value" | "condition" | "consequence" | "alternative" | "init" | "update" | "left" | "right" | "key" | "parameters",
      number
    >
  >;
}

/** Numbers belong to a grammar; they are looked up once for it. */
const IDS = new WeakMap<GrammarNames, DartIds>();

function idsOf(names: GrammarNames): DartIds {
  let ids = IDS.get(names);
  if (ids === undefined) {
    const k = names.kindOf;
    const f = names.fieldOf;
    const all = (test: (name: string) => boolean) =>
      new Set(names.kinds.flatMap((name, id) => (name !== undefined && test(name) ? [id] : [])));
    ids = {
      comment: k("comment"),
      documentation: k("documentation_comment"),
      tails: new Set(
        ["selector", "cascade_section", "unconditional_assignable_selector", "conditional_assignable_selector", "argument_part"].map(k),
      ),
      selector: k("selector"),
      argumentPart: k("argument_part"),
      arguments: k("arguments"),
      typeArguments: k("type_arguments"),
      unconditional: k("unconditional_assignable_selector"),
      conditional: k("conditional_assignable_selector"),
      indexSelector: k("index_selector"),
      cascade: k("cascade_section"),
      cascadeSelector: k("cascade_selector"),
      identifier: k("identifier"),
      types: new Set(["type_identifier", "type_arguments", "nullable_type", "function_type", "record_type", "void_type"].map(k)),
      patterns: all((name) => name.endsWith("_pattern")),
      operators: all((name) => name.endsWith("_operator") || name.endsWith("_builtin") || name === "inferred_type"),
      field: {
        name: f("name"),
        body: f("body"),
        value: f("value"),
        condition: f("condition"),
        consequence: f("consequence"),
        alternative: f("alternative"),
        init: f("init"),
        update: f("update"),
        left: f("left"),
        right: f("right"),
        key: f("key"),
        parameters: f("parameters"),
      },
    };
    IDS.set(names, ids);
  }
  return ids;
}

/** A type as written, in one spelling: no comments, no annotations, no white space that means nothing. */
export function dartType(source: string): string {
  let text = source;
  if (text.includes("/")) text = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n\r]*/g, " ");
  if (/\s/.test(text))
    text = text
      .replace(/\s+/g, " ")
      .replace(/ ?([<>,.?()[\]{}]) ?/g, "$1")
      .trim();
  return text.replaceAll(",", ", ");
}
