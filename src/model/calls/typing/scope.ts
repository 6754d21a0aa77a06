import { ancestorsOf, type CodeNode, childOf } from "../../../facts/java/code.ts";

/** A local variable, a parameter of a lambda or method in a body, a loop variable, a caught exception, a pattern's binding. */
export interface Variable {
  readonly name: string;
  /** As written; "" or "var" when it must be inferred. */
  readonly type: string;
  readonly node: CodeNode;
  readonly from: number;
  readonly to: number;
}

/** The variables that one body declares; the body is looked through when the first is asked for. */
export class Scope {
  readonly #nodes: readonly CodeNode[];
  #byName: ReadonlyMap<string, readonly Variable[]> | undefined;
  #setAgain: ReadonlySet<CodeNode> | undefined;

  constructor(nodes: readonly CodeNode[]) {
    this.#nodes = nodes;
  }

  /** The variable that a name means at an offset: the one declared last whose extent holds it. */
  variable(name: string, at: number): Variable | undefined {
    const candidates = (this.#byName ??= variablesIn(this.#nodes)).get(name);
    if (candidates === undefined) return undefined;
    for (let i = candidates.length - 1; i >= 0; i--) {
      const candidate = candidates[i] as Variable;
      if (candidate.from <= at && at < candidate.to) return candidate;
    }
    return undefined;
  }

  /** Whether a variable is given another value than that of its declaration. */
  isSetAgain(declaration: CodeNode): boolean {
    this.#setAgain ??= new Set(
      this.#nodes.flatMap((node) => {
        const target = node.kind === "name" && node.role === "target" ? this.variable(node.text, node.start) : undefined;
        return target === undefined ? [] : [target.node];
      }),
    );
    return this.#setAgain.has(declaration);
  }
}

function variablesIn(nodes: readonly CodeNode[]): ReadonlyMap<string, readonly Variable[]> {
  const byName = new Map<string, Variable[]>();
  for (const node of nodes) {
    if (node.text === "" || !DECLARES.has(node.kind)) continue;
    const [from, to] = extentOf(node);
    const variable: Variable = { name: node.text, type: node.type, node, from, to };
    const same = byName.get(node.text);
    if (same === undefined) byName.set(node.text, [variable]);
    else same.push(variable);
  }
  return byName;
}

const DECLARES: ReadonlySet<string> = new Set(["local", "parameter", "foreach", "catch", "instanceof"]);

function extentOf(node: CodeNode): readonly [number, number] {
  switch (node.kind) {
    case "foreach": {
      const body = childOf(node, "body");
      return body === undefined ? [node.start, node.end] : [body.start, body.end];
    }
    case "catch":
      return [node.start, node.end];
    case "parameter":
      return [node.start, node.parent?.end ?? node.end];
    case "local":
      return node.parent?.kind === "instanceof" ? extentOf(node.parent) : [node.start, node.parent?.end ?? Number.MAX_SAFE_INTEGER];
    case "instanceof": {
      // A binding may hold behind its statement: `if (!(x instanceof Y y)) return;`.
      for (const around of ancestorsOf(node)) if (around.kind === "block" || around.kind === "lambda") return [node.start, around.end];
      return [node.start, Number.MAX_SAFE_INTEGER];
    }
    default:
      return [node.start, node.parent?.end ?? Number.MAX_SAFE_INTEGER];
  }
}
