import { type CodeNode, childOf } from "../../facts/java/code.ts";
import type { Typer } from "./typing/typer.ts";

/** Every node of a body, in source order, with their types. */
interface Code {
  readonly nodes: readonly CodeNode[];
  readonly typer: Pick<Typer, "declarationOf">;
}

/** The names that mean a local variable or parameter, its declaration left out. */
export function usesOf({ nodes, typer }: Code, declaration: CodeNode): readonly CodeNode[] {
  return nodes.filter((node) => node.kind === "name" && node.text === declaration.text && typer.declarationOf(node) === declaration);
}

/** What a local variable holds all the time: undefined for one that is set again, and for one that is no local. */
export function heldBy(code: Code, local: CodeNode): CodeNode | undefined {
  if (local.kind !== "local" || usesOf(code, local).some((use) => use.role === "target")) return undefined;
  return childOf(local, "value");
}
