import type { CodeNode } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "./callGraph.ts";
import type { CallSite } from "./callSites.ts";
import { usesOf } from "./locals.ts";
import type { Typer } from "./typing/typer.ts";

/** A method's body, unpacked when it is first looked at. */
export class BodyCode {
  readonly #calls: CallGraph;
  readonly #method: MethodNode;
  #code: { readonly nodes: readonly CodeNode[]; readonly typer: Typer } | undefined;

  constructor(calls: CallGraph, method: MethodNode) {
    this.#calls = calls;
    this.#method = method;
  }

  /** Every node of the body, in source order. */
  get nodes(): readonly CodeNode[] {
    return this.#unpacked().nodes;
  }

  get typer(): Typer {
    return this.#unpacked().typer;
  }

  /** The call or method reference of a site. */
  callOf(site: CallSite): CodeNode | undefined {
    return this.nodes[site.order];
  }

  /** The names that mean a local variable or parameter, its declaration left out. */
  usesOf(declaration: CodeNode): readonly CodeNode[] {
    return usesOf(this, declaration);
  }

  /**
   * Where the value of an expression goes: the expression itself, or, where a local variable is set to it once, every use of the
   * variable. Empty for a variable that is set again.
   */
  valuesOf(expression: CodeNode): readonly CodeNode[] {
    const local = expression.parent;
    if (local?.kind !== "local" || expression.role !== "value") return [expression];
    const uses = this.usesOf(local);
    return uses.some((use) => use.role === "target" || /^(\+\+|--)$/.test(use.parent?.kind === "unary" ? use.parent.text : "")) ? [] : uses;
  }

  #unpacked() {
    if (this.#code === undefined) {
      const { nodes, typer } = this.#calls.codeOf(this.#method);
      this.#code = { nodes, typer };
    }
    return this.#code;
  }
}
