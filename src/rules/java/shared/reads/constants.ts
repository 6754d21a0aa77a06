import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";

/** `"overdue"`, `OVERDUE`, `Setting.OVERDUE`, `Setting.OVERDUE.getKey()`. */
export function isConstant(key: CodeNode, code: BodyCode): boolean {
  if (key.kind === "literal") return true;
  if (key.kind === "call") {
    const on = childOf(key, "receiver");
    return on !== undefined && childrenOf(key, "argument").length === 0 && isConstant(on, code);
  }
  const isNamedSo = /^\p{Lu}[\p{Lu}\d_]*$/u.test(key.text);
  return isNamedSo && (key.kind === "field" || (key.kind === "name" && code.typer.declarationOf(key) === undefined));
}
