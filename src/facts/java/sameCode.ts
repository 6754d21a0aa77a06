import type { CodeNode } from "./code.ts";

/** Whether two expressions are written the same, white space and comments aside. */
export function sameCode(a: CodeNode, b: CodeNode): boolean {
  return (
    a.kind === b.kind &&
    a.role === b.role &&
    a.text === b.text &&
    a.type === b.type &&
    a.children.length === b.children.length &&
    a.children.every((child, i) => sameCode(child, b.children[i] as CodeNode))
  );
}
