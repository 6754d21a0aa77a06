import type { GrammarNames } from "../../syntax/trees/flatTree.ts";
import { CodePacker, CODE_KIND as K, CODE_ROLE as R } from "./code.ts";
import type { Handler } from "./handlers.ts";
import { EXPRESSIONS } from "./lowerExpressions.ts";
import { STATEMENTS } from "./lowerStatements.ts";
import { type JavaTree, typeText } from "./reader.ts";

/** Deeper code than this is generated; what lies below is kept as one opaque node. */
const DEEPEST = 400;

/** Lowers expressions and statements of one file into packed code. */
export class Lowering {
  readonly tree: JavaTree;
  readonly packer = new CodePacker();
  /** Told of local and anonymous declarations of types with a name, which are facts of their own. */
  readonly onLocalType: (node: number) => void;
  /** Expressions that give the element of a loop, `orders.get(i)`, and what the element is called. */
  readonly elements = new Map<number, string>();
  readonly #handlers: readonly (Handler | undefined)[];
  readonly field: Fields;
  #depth = 0;

  constructor(tree: JavaTree, onLocalType: (node: number) => void) {
    this.tree = tree;
    this.onLocalType = onLocalType;
    const tables = tablesOf(tree.flat.language);
    this.#handlers = tables.handlers;
    this.field = tables.fields;
  }

  lower(node: number, role: number): void {
    const element = this.elements.size === 0 ? undefined : this.elements.get(node);
    if (element !== undefined) {
      this.packer.text(this.leaf(node, K.name, role), element, this.tree.start(node));
      return;
    }
    const handler = this.#handlers[this.tree.flat.kind[node] as number];
    if (handler === undefined || this.#depth >= DEEPEST) {
      this.leaf(node, K.other, role, handler === undefined);
      return;
    }
    this.#depth++;
    handler(this, node, role);
    this.#depth--;
  }

  /** A node that we give no meaning to: its children are kept, or it is left opaque. */
  leaf(node: number, kind: number, role: number, withChildren = false): number {
    const at = this.open(node, kind, role);
    if (withChildren && this.#depth < DEEPEST) {
      this.#depth++;
      for (const child of this.tree.children(node)) this.lower(child, R.none);
      this.#depth--;
    }
    this.packer.close(at);
    return at;
  }

  open(node: number, kind: number, role: number): number {
    return this.packer.open(kind, role, this.tree.start(node), this.tree.end(node));
  }

  /** The field's node, when there is one, in the given role. */
  lowerField(node: number, field: number, role: number): void {
    const child = this.tree.field(node, field);
    if (child >= 0) this.lower(child, role);
  }

  lowerAll(nodes: readonly number[], role: number): void {
    for (const node of nodes) this.lower(node, role);
  }

  name(at: number, node: number): void {
    this.packer.text(at, this.tree.text(node), this.tree.start(node));
  }

  typeOf(at: number, node: number): void {
    if (node >= 0) this.packer.type(at, typeText(this.tree.text(node)));
  }
}

export interface Fields {
  readonly name: number;
  readonly type: number;
  readonly value: number;
  readonly body: number;
  readonly object: number;
  readonly arguments: number;
  readonly condition: number;
  readonly left: number;
  readonly right: number;
  readonly operator: number;
  readonly operand: number;
  readonly parameters: number;
  readonly declarator: number;
  readonly init: number;
  readonly update: number;
  readonly consequence: number;
  readonly alternative: number;
  readonly array: number;
  readonly index: number;
  readonly field: number;
  readonly resources: number;
  readonly pattern: number;
  readonly constructor_: number;
  readonly dimensions: number;
}

/** The tables of a grammar are made once for it; they depend on nothing else. */
const TABLES = new WeakMap<GrammarNames, { readonly handlers: readonly (Handler | undefined)[]; readonly fields: Fields }>();

function tablesOf(names: GrammarNames): { readonly handlers: readonly (Handler | undefined)[]; readonly fields: Fields } {
  let tables = TABLES.get(names);
  if (tables === undefined) {
    const handlers: (Handler | undefined)[] = [];
    for (const [kind, handler] of Object.entries({ ...EXPRESSIONS, ...STATEMENTS })) handlers[names.kindOf(kind)] = handler;
    const f = names.fieldOf;
    const fields: Fields = {
      name: f("name"),
      type: f("type"),
      value: f("value"),
      body: f("body"),
      object: f("object"),
      arguments: f("arguments"),
      condition: f("condition"),
      left: f("left"),
      right: f("right"),
      operator: f("operator"),
      operand: f("operand"),
      parameters: f("parameters"),
      declarator: f("declarator"),
      init: f("init"),
      update: f("update"),
      consequence: f("consequence"),
      alternative: f("alternative"),
      array: f("array"),
      index: f("index"),
      field: f("field"),
      resources: f("resources"),
      pattern: f("pattern"),
      constructor_: f("constructor"),
      dimensions: f("dimensions"),
    };
    TABLES.set(names, (tables = { handlers, fields }));
  }
  return tables;
}
