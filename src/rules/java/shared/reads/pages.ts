import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import { bareName } from "../../../../model/types/typeIndex.ts";

/** Whether a type's name, as written or qualified, is that of a request for a page. */
export const isPageableType = (type: string): boolean => /^Page(?:able|Request)$/.test(bareName(type));

/** Whether an expression is a request for a page: by its type, or made by `PageRequest.of(…)`. */
export function isPageable(code: BodyCode, expression: CodeNode): boolean {
  const type = code.typer.typeOf(expression);
  if (type !== undefined) return isPageableType(type.name);
  let root = expression;
  for (let on = childOf(root, "receiver"); on !== undefined; on = childOf(root, "receiver")) root = on;
  return root !== expression && root.kind === "name" && isPageableType(root.text);
}
