import { type DartNode, nodesIn } from "./code.ts";

/** The field, local or function that an expression starts at, and what follows: `f` of `f`, `f.a()` and `this.f?.b`. */
export interface Root {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The parts behind it. */
  readonly rest: readonly DartNode[];
}

export function rootOf(node: DartNode): Root | undefined {
  if (node.kind === "name") return { name: node.text, start: node.start, end: node.end, rest: [] };
  if (node.kind !== "chain") return undefined;
  const [head, ...rest] = node.children;
  if (head?.kind === "name") return { name: head.text, start: head.start, end: head.end, rest };
  const [property, ...behind] = rest;
  if (head?.kind !== "this" || property?.kind !== "property") return undefined;
  return { name: property.text, start: head.start, end: property.end, rest: behind };
}

/** The nodes of some subtrees by their text: for those who look for several names in one body. */
export class NameIndex {
  readonly #byText = new Map<string, DartNode[]>();

  constructor(roots: Iterable<DartNode>) {
    for (const root of roots) {
      for (const node of nodesIn(root)) {
        if (node.text === "") continue;
        const same = this.#byText.get(node.text);
        if (same === undefined) this.#byText.set(node.text, [node]);
        else same.push(node);
      }
    }
  }

  /** In source order. */
  get(text: string): readonly DartNode[] {
    return this.#byText.get(text) ?? [];
  }

  /** The expressions whose root has the name: the whole chain of `f.a()`, `this.f`, and `f` alone. */
  rootedAt(name: string): readonly DartNode[] {
    return this.get(name).flatMap((node) => {
      const chain = node.parent?.kind === "chain" ? node.parent : undefined;
      if (node.kind === "name") return node.role === "head" && chain !== undefined ? [chain] : [node];
      return node.kind === "property" && chain?.children[0]?.kind === "this" && chain.children[1] === node ? [chain] : [];
    });
  }
}

/** The outermost node around one. */
export function rootAbove(node: DartNode): DartNode {
  let at = node;
  while (at.parent !== undefined) at = at.parent;
  return at;
}

/** The parts of a chain without null assertions, cascades left out. */
export function partsOf(node: DartNode): readonly DartNode[] {
  return node.kind === "chain" ? node.children.slice(1).filter((part) => part.kind !== "bang" && part.kind !== "cascade") : [];
}

/** A call of a type's constructor, as far as its spelling tells: `A(…)`, `p.A<T>(…)`, `A.named(…)`, cascades allowed behind it. */
export interface Creation {
  readonly type: string;
  /** "" for the unnamed one. */
  readonly constructorName: string;
  readonly call: DartNode;
  readonly node: DartNode;
}

export function creationOf(node: DartNode): Creation | undefined {
  if (node.kind !== "chain") return undefined;
  const head = node.children[0];
  const parts = partsOf(node);
  const call = parts.at(-1);
  if (head?.kind !== "name" || call?.kind !== "call") return undefined;
  const names = [head, ...parts.slice(0, -1)];
  if (names.length > 3 || names.some((part) => part.kind !== "name" && part.kind !== "property")) return undefined;
  const at = names.findIndex((part) => isTypeName(part.text));
  if (at < 0 || at > 1 || names.length - at > 2) return undefined;
  return { type: (names[at] as DartNode).text, constructorName: names[at + 1]?.text ?? "", call, node };
}

/** `_Foo`, `Foo`: what Dart's style reserves for types. Shouted names are constants. */
export function isTypeName(name: string): boolean {
  return /^[_$]*[A-Z]/.test(name) && !/^[_$]*[A-Z][A-Z0-9_]+$/.test(name);
}

/** The value of a call's named argument. */
export function namedArgument(call: DartNode, name: string): DartNode | undefined {
  return call.children.find((argument) => argument.kind === "named" && argument.text === name)?.children[0];
}

export function positionalArguments(call: DartNode): readonly DartNode[] {
  return call.children.filter((argument) => argument.kind !== "named");
}

/** The call that an argument is passed to, and the name under which. */
export interface Passed {
  readonly call: DartNode;
  /** The chain that the call is a part of. */
  readonly chain: DartNode;
  /** The method or constructor called: the property or head in front of the call. */
  readonly callee: string;
  /** undefined for a positional argument. */
  readonly name: string | undefined;
}

export function passedTo(argument: DartNode): Passed | undefined {
  const named = argument.parent?.kind === "named" ? argument.parent : undefined;
  const call = named === undefined ? argument.parent : named.parent;
  if (call?.kind !== "call" || call.parent === undefined) return undefined;
  const siblings = call.parent.children;
  const before = siblings.slice(0, siblings.indexOf(call)).filter((part) => part.kind === "property" || part.kind === "name");
  // `widget.builder.call(context)` is `widget.builder(context)`.
  const callee = before.at(-1)?.text === "call" ? (before.at(-2) ?? before.at(-1)) : before.at(-1);
  return { call, chain: call.parent, callee: callee?.text ?? "", name: named?.text };
}

/** Past what changes nothing about which object a value is: `await`, casts. */
export function bareValue(node: DartNode): DartNode {
  let at = node;
  while ((at.kind === "await" || at.kind === "cast") && at.children[0] !== undefined) at = at.children[0];
  return at;
}
