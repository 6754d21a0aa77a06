import type { JavaFile } from "../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf, mentions, stringsNamed } from "../../facts/java/code.ts";
import type { Typer } from "../calls/typing/typer.ts";
import { simpleName } from "../types/type.ts";

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

/** The functions in a body that the types of their receivers are known to run in a transaction of their own. */
export const transactionsOpened = (nodes: readonly CodeNode[], typer: Typer): readonly CodeNode[] =>
  nodes.filter(({ kind, role, parent }) => {
    const on = kind === "lambda" && role === "argument" && parent?.kind === "call" ? childOf(parent, "receiver") : undefined;
    const type = on === undefined ? undefined : typer.typeOf(on);
    return type !== undefined && OPENS[simpleName(type)]?.test(parent?.text ?? "") === true;
  });

const TEMPLATE = /^execute(?:WithoutResult)?$/;
const OPENS: Readonly<Record<string, RegExp>> = {
  TransactionTemplate: TEMPLATE,
  TransactionOperations: TEMPLATE,
  Jdbi: /^(?:in|use)Transaction$/,
  DSLContext: /^transaction(?:Result)?$/,
};

/** Cheap: whether a body calls what could open a transaction. */
export function mayOpenTransactions({ java: { code } }: JavaFile, body: number): boolean {
  const named = stringsNamed(code, OPENING);
  return named !== undefined && mentions(code, body, named);
}

const OPENING = ["execute", "executeWithoutResult", "inTransaction", "useTransaction", "transaction", "transactionResult"];
