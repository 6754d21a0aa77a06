import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";

/** A local variable, a parameter of a lambda or method in a body, a loop variable, a caught exception, a pattern's binding. */
export interface Variable {
  readonly name: string;
  /** As written; "" or "var" when it must be inferred. */
  readonly type: string;
  readonly node: CodeNode;
  readonly from: number;
  readonly to: number;
}

/** The variables that one body declares. */
export class Scope {
  readonly #byName = new Map<string, Variable[]>();

  constructor(body: CodeNode) {
    for (const node of nodesOf(body)) {
      if (node.text === "" || !DECLARES.has(node.kind)) continue;
      const [from, to] = extentOf(node);
      const variable: Variable = { name: node.text, type: node.type, node, from, to };
      const same = this.#byName.get(node.text);
      if (same === undefined) this.#byName.set(node.text, [variable]);
      else same.push(variable);
    }
  }

  /** The variable that a name means at an offset: the one declared last whose extent holds it. */
  variable(name: string, at: number): Variable | undefined {
    const candidates = this.#byName.get(name);
    if (candidates === undefined) return undefined;
    for (let i = candidates.length - 1; i >= 0; i--) {
      const candidate = candidates[i] as Variable;
      if (candidate.from <= at && at < candidate.to) return candidate;
    }
    return undefined;
  }
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
    case "instanceof": {
      // A binding may hold behind its statement: `if (!(x instanceof Y y)) return;`.
      for (const around of ancestorsOf(node)) if (around.kind === "block" || around.kind === "lambda") return [node.start, around.end];
      return [node.start, Number.MAX_SAFE_INTEGER];
    }
    default:
      return [node.start, node.parent?.end ?? Number.MAX_SAFE_INTEGER];
  }
}
