import { ancestorsOf, type CodeNode, childOf } from "../../facts/java/code.ts";
import type { Typer } from "../calls/typing/typer.ts";

/**
 * Whether code stands in what a TransactionTemplate executes, or a helper that says so: `transactions.execute(status -> …)`,
 * `runInNewTransaction(() -> …)`.
 */
export function insideTemplate(node: CodeNode, typer: Typer): boolean {
  for (const around of ancestorsOf(node)) {
    if (around.kind !== "lambda" || around.parent?.kind !== "call") continue;
    if (IN_TRANSACTION.test(around.parent.text)) return true;
    if (!around.parent.text.startsWith("execute")) continue;
    const on = childOf(around.parent, "receiver");
    const type = on === undefined ? undefined : typer.typeOf(on);
    if (type === undefined ? /transaction/i.test(on?.text ?? "") : /Transaction/.test(type.name)) return true;
  }
  return false;
}

/** Not `afterTransaction`, `runWithoutTransaction`. */
const IN_TRANSACTION =
  /^(?:(?:run|do|execute|call|perform|apply|with)(?:In|With)?|in)(?:A|New|ReadOnly|Nested|Separate)*(?:Transaction|Tx)(?:al|WithResult|WithoutResult)?$/i;
