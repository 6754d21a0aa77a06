import type { GrammarNames } from "../../syntax/trees/flatTree.ts";
import { CodePacker } from "../packedCode.ts";
import { DART_FLAG as F, DART_KIND as K, DART_ROLE as R } from "./code.ts";
import { EXPRESSIONS } from "./expressions.ts";
import { parametersIn } from "./parameters.ts";
import { STATEMENTS } from "./statements.ts";
import { type DartTree, dartType } from "./tree.ts";

/** Deeper code than this is generated; what lies below is kept as one opaque node. */
const DEEPEST = 400;

/** Emits the code of a node of the grammar, in a role. */
export type Handler = (lowering: Lowering, node: number, role: number) => void;

/**
 * Lowers expressions and statements of one file into packed code. The grammar is flat: an expression is a run of siblings, a
 * primary and its selectors; a list's elements are runs in a row.
 */
export class Lowering {
  readonly tree: DartTree;
  readonly packer = new CodePacker();
  readonly #handlers: readonly (Handler | undefined)[];
  #depth = 0;

  constructor(tree: DartTree) {
    this.tree = tree;
    this.#handlers = handlersOf(tree.flat.language);
  }

  /** Every expression among the siblings from `from` up to `end`. */
  runs(from: number, end: number, role: number): void {
    const { tree } = this;
    let at = from;
    while (at < end) {
      const kind = tree.flat.kind[at] as number;
      at = tree.isComment(at) || tree.ids.operators.has(kind) ? tree.next(at) : this.run(at, end, role);
    }
  }

  /** The expression that starts at `head`; answers with the sibling behind it. */
  run(head: number, end: number, role: number): number {
    const { tree } = this;
    let tail = tree.next(head);
    let last = head;
    for (let at = tail; at < end; at = tree.next(at)) {
      if (tree.isComment(at)) continue;
      if (!tree.ids.tails.has(tree.flat.kind[at] as number)) break;
      last = at;
      tail = tree.next(at);
    }
    if (last === head) this.node(head, role);
    else this.#chain(head, tree.end(last), tail, role);
    return tail;
  }

  /** The expressions below a node. */
  inside(node: number, role: number): void {
    this.runs(node + 1, this.tree.next(node), role);
  }

  /** The runs whose primary the parent holds in `field`. */
  field(parent: number, field: number, role: number): void {
    const { tree } = this;
    const end = tree.next(parent);
    for (let at = parent + 1; at < end; ) {
      if (tree.flat.field[at] === field && !tree.isComment(at)) at = this.run(at, end, role);
      else at = tree.next(at);
    }
  }

  node(node: number, role: number): void {
    const handler = this.#handlers[this.tree.flat.kind[node] as number];
    if (this.#depth >= DEEPEST) {
      this.packer.close(this.open(node, K.other, role));
      return;
    }
    this.#depth++;
    if (handler === undefined) this.wrap(node, K.other, role);
    else handler(this, node, role);
    this.#depth--;
  }

  /** A node of our kind around the expressions below a node of the grammar. */
  wrap(node: number, kind: number, role: number, inner: number = R.none): number {
    const at = this.open(node, kind, role);
    this.inside(node, inner);
    this.packer.close(at);
    return at;
  }

  leaf(node: number, kind: number, role: number, text: string): void {
    const at = this.open(node, kind, role);
    this.packer.text(at, text);
    this.packer.close(at);
  }

  open(node: number, kind: number, role: number): number {
    return this.packer.open(kind, role, this.tree.start(node), this.tree.end(node));
  }

  name(at: number, node: number): void {
    this.packer.text(at, this.tree.text(node), this.tree.start(node));
  }

  /** The type that is written from the start of one node to the end of another. */
  type(at: number, first: number, last: number): void {
    if (first >= 0) this.packer.type(at, dartType(this.tree.between(this.tree.start(first), this.tree.end(last))));
  }

  /** Type arguments, without their brackets. */
  typeArguments(at: number, node: number): void {
    const written = dartType(this.tree.text(node));
    this.packer.type(at, written.startsWith("<") ? written.slice(1, -1) : written);
  }

  /** A call with the arguments below `node`. */
  call(node: number, types: number): void {
    const at = this.open(node, K.call, R.part);
    if (types >= 0) this.typeArguments(at, types);
    this.inside(node, R.argument);
    this.packer.close(at);
  }

  /** A closure's or function's parameters. */
  parameters(list: number): void {
    for (const parameter of parametersIn(this.tree, list)) {
      const at = this.packer.open(K.parameter, R.parameter, parameter.span.start, parameter.span.end);
      this.packer.text(at, parameter.name, parameter.nameStart);
      if (parameter.type !== undefined) this.packer.type(at, parameter.type);
      this.packer.close(at);
    }
  }

  /** The body of a closure or function that is open at `at`: a block, or the expression behind `=>`. */
  body(at: number, node: number): void {
    const { tree } = this;
    const first = tree.skipComments(node + 1, tree.next(node));
    const lead = tree.between(tree.start(node), first < tree.next(node) ? tree.start(first) : tree.end(node));
    if (/^\s*async/.test(lead)) this.packer.flag(at, F.async);
    if (/^\s*(?:async|sync)\s*\*/.test(lead)) this.packer.flag(at, F.generator);
    this.runs(node + 1, tree.next(node), R.body);
  }

  /** `field = value` of a constructor's initializers; answers with its index. */
  fieldInitializer(node: number): number {
    const { tree } = this;
    const at = this.open(node, K.assign, R.none);
    this.packer.text(at, "=");
    const children = tree.children(node).filter((child) => !tree.ids.operators.has(tree.flat.kind[child] as number));
    const name = children.findIndex((child) => tree.is(child, tree.ids.identifier));
    if (name >= 0) this.node(children[name] as number, R.target);
    const value = children[name + 1];
    if (value !== undefined) this.runs(value, tree.next(node), R.value);
    this.packer.close(at);
    return at;
  }

  /** `super.named(…)`, `this(…)` and assertions of a constructor's initializers. */
  superCall(entry: number): void {
    const { tree } = this;
    const holder = tree.child(entry, "redirection") >= 0 ? tree.child(entry, "redirection") : entry;
    const children = tree.children(holder);
    const head = children[0];
    const list = children.find((child) => tree.is(child, tree.ids.arguments));
    if (head === undefined) return;
    if (list === undefined) {
      this.node(head, R.none);
      return;
    }
    const at = this.packer.open(K.chain, R.none, tree.start(head), tree.end(entry));
    this.node(head, R.head);
    this.call(list, -1);
    this.packer.close(at);
  }

  #chain(head: number, end: number, tailEnd: number, role: number): void {
    this.#depth++;
    const at = this.packer.open(K.chain, role, this.tree.start(head), end);
    this.chainInto(head, tailEnd);
    this.packer.close(at);
    this.#depth--;
  }

  /** A head and its parts, into a chain that is open. */
  chainInto(head: number, tailEnd: number): void {
    const headAt = this.packer.size;
    this.node(head, R.head);
    this.partsOf(this.tree.next(head), tailEnd, headAt);
  }

  partsOf(from: number, end: number, headAt = -1): void {
    const { tree } = this;
    for (let tail = from; tail < end; tail = tree.next(tail)) {
      const types = tree.is(tail, tree.ids.selector) && tree.hasChildren(tail) && tree.is(tail + 1, tree.ids.typeArguments);
      if (!types) this.#part(tail, 0);
      else if (headAt >= 0) this.typeArguments(headAt, tail + 1);
    }
  }

  #part(node: number, flags: number): void {
    const { tree, packer } = this;
    const { ids } = tree;
    const kind = tree.flat.kind[node] as number;
    if (kind === ids.selector) {
      if (!tree.hasChildren(node)) packer.close(this.open(node, K.bang, R.part));
      else for (const child of tree.children(node)) this.#part(child, flags);
    } else if (kind === ids.unconditional || kind === ids.conditional || kind === ids.cascadeSelector) {
      const aware = flags | (kind === ids.conditional ? F.nullAware : 0);
      for (const child of tree.children(node)) {
        if (tree.is(child, ids.indexSelector)) {
          const at = this.open(node, K.index, R.part);
          packer.flag(at, aware);
          this.inside(child, R.argument);
          packer.close(at);
        } else if (tree.is(child, ids.identifier)) {
          const at = this.open(node, K.property, R.part);
          packer.flag(at, aware);
          this.name(at, child);
          packer.close(at);
        }
      }
    } else if (kind === ids.argumentPart) {
      const types = tree.children(node).find((child) => tree.is(child, ids.typeArguments)) ?? -1;
      const at = this.open(node, K.call, R.part);
      if (types >= 0) this.typeArguments(at, types);
      for (const child of tree.children(node)) if (tree.is(child, ids.arguments)) this.inside(child, R.argument);
      packer.close(at);
    } else if (kind === ids.cascade) this.#cascade(node);
  }

  #cascade(node: number): void {
    const { tree, packer } = this;
    const at = this.open(node, K.cascade, R.part);
    if (tree.flat.text.startsWith("?", tree.start(node))) packer.flag(at, F.nullAware);
    const end = tree.next(node);
    let last = node + 1;
    for (let child = node + 1; child < end; ) {
      const kind = tree.flat.kind[child] as number;
      if (tree.isComment(child)) child = tree.next(child);
      else if (kind === tree.ids.cascadeSelector || tree.ids.tails.has(kind)) {
        this.#part(child, 0);
        last = child;
        child = tree.next(child);
      } else {
        packer.text(at, tree.between(tree.end(last), tree.start(child)).trim());
        child = this.run(child, end, R.value);
      }
    }
    packer.close(at);
  }
}

/** The handlers of a grammar are looked up once for it. */
const HANDLERS = new WeakMap<GrammarNames, readonly (Handler | undefined)[]>();

function handlersOf(names: GrammarNames): readonly (Handler | undefined)[] {
  let handlers = HANDLERS.get(names);
  if (handlers === undefined) {
    const byId: (Handler | undefined)[] = [];
    for (const [kind, handler] of Object.entries({ ...EXPRESSIONS, ...STATEMENTS })) byId[names.kindOf(kind)] = handler;
    HANDLERS.set(names, (handlers = byId));
  }
  return handlers;
}
