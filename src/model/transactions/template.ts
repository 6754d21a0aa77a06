import { ancestorsOf, type CodeNode, childOf } from "../../facts/java/code.ts";
import type { Typer } from "../calls/typer.ts";

/** Whether code stands in what a TransactionTemplate executes: `transactions.execute(status -> …)`. */
export function insideTemplate(node: CodeNode, typer: Typer): boolean {
  for (const around of ancestorsOf(node)) {
    if (around.kind !== "lambda" || around.parent?.kind !== "call" || !/^execute/.test(around.parent.text)) continue;
    const on = childOf(around.parent, "receiver");
    const type = on === undefined ? undefined : typer.typeOf(on);
    if (type === undefined ? /transaction/i.test(on?.text ?? "") : /Transaction/.test(type.name)) return true;
  }
  return false;
}
