import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import { type EntityValue, oneOf } from "./entityValue.ts";

/** What a local variable is given after its declaration. */
interface Filling {
  readonly how: "assigned" | "added" | "addedAll" | "put" | "grouped";
  /** The expression, or the reference that is given the elements: `found.forEach(all::add)`. */
  readonly value: CodeNode;
}

/** What locals hold that are assigned to, or filled, in other statements than their declarations. */
export class FilledLocals {
  readonly #byLocal = new Map<CodeNode, Filling[]>();

  constructor(nodes: readonly CodeNode[], typer: Typer) {
    for (const node of nodes) {
      const filled = node.kind === "assign" ? assigned(node) : node.kind === "reference" ? referred(node) : added(node);
      if (filled === undefined) continue;
      const local = typer.declarationOf(filled.local);
      if (local?.kind !== "local") continue;
      const known = this.#byLocal.get(local);
      if (known === undefined) this.#byLocal.set(local, [filled]);
      else known.push(filled);
    }
  }

  /** What a local is given last before a use, by a statement that always runs before it. */
  assignedBefore(use: CodeNode, local: CodeNode): CodeNode | undefined {
    const fillings = this.#byLocal.get(local)?.filter(({ how }) => how === "assigned") ?? [];
    const around = fillings.length === 0 ? undefined : new Set(ancestorsOf(use));
    return fillings.findLast(({ value: { parent } }) => {
      const block = parent?.parent;
      return parent !== undefined && parent.end <= use.start && block?.kind === "block" && around?.has(block) === true;
    })?.value;
  }

  /** What the fillings that can be followed give; `of` and `given` tell what an expression and what a reference's element is. */
  of(
    local: CodeNode,
    of: (node: CodeNode) => EntityValue | undefined,
    given: (reference: CodeNode) => EntityValue | undefined,
  ): EntityValue | undefined {
    const fillings = this.#byLocal.get(local) ?? [];
    return oneOf(
      fillings.map(({ how, value: node }) => {
        const value = node.kind === "reference" ? given(node) : of(node);
        return value === undefined ? undefined : heldAfter(how, value, local, node);
      }),
    );
  }
}

function heldAfter(how: Filling["how"], value: EntityValue, local: CodeNode, node: CodeNode): EntityValue | undefined {
  if (how === "assigned") return value.many || value.each === undefined || loopAround(node) === loopAround(local) ? value : undefined;
  if (value.held !== undefined) return undefined;
  if (how === "addedAll") return value.many ? (value.each === undefined ? value : { ...value, gathered: true }) : undefined;
  if (how === "put" && value.many) return { ...value, held: "groups" };
  // One entity that is added by itself is not one of many.
  if (value.many || value.each === undefined) return undefined;
  const all = { ...value, many: true, gathered: true as const };
  return how === "added" ? all : { ...all, held: how === "put" ? "map" : "groups" };
}

/** What is assigned in a loop is another value after it. */
function loopAround(node: CodeNode): CodeNode | undefined {
  for (let around = node.parent; around !== undefined; around = around.parent)
    if (/^(?:for|foreach|while|do|lambda)$/.test(around.kind)) return around;
  return undefined;
}

type Filled = Filling & { readonly local: CodeNode };

function assigned(node: CodeNode): Filled | undefined {
  const local = childOf(node, "target");
  const value = childOf(node, "value");
  return node.text === "=" && local?.kind === "name" && value !== undefined ? { how: "assigned", value, local } : undefined;
}

function referred(node: CodeNode): Filled | undefined {
  const local = childOf(node, "receiver");
  return node.text === "add" && local?.kind === "name" ? { how: "added", value: node, local } : undefined;
}

const HOW: Readonly<Record<string, Filling["how"]>> = { add: "added", addAll: "addedAll", put: "put" };

/** `all.add(x)`, `all.addAll(some)`, `byCode.put(code, x)`, `byCode.computeIfAbsent(code, k -> new ArrayList<>()).add(x)`. */
function added(node: CodeNode): Filled | undefined {
  if (node.kind !== "call" || !Object.hasOwn(HOW, node.text)) return undefined;
  const how = HOW[node.text];
  const on = childOf(node, "receiver");
  const value = childrenOf(node, "argument").at(-1);
  if (how === undefined || value === undefined) return undefined;
  if (on?.kind === "name") return { how, value, local: on };
  const map = how === "added" && on?.kind === "call" && on.text === "computeIfAbsent" ? childOf(on, "receiver") : undefined;
  return map?.kind === "name" ? { how: "grouped", value, local: map } : undefined;
}
