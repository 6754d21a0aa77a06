import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import { simpleName } from "../../../../model/types/type.ts";

/**
 * The properties, "ShopId", that an Example of MyBatis Generator holds against one value where a call is given it:
 * `example.createCriteria().andShopIdEqualTo(id)`. Empty where the call is given none, or its criteria come from elsewhere.
 */
export function heldByExample(code: BodyCode, call: CodeNode): ReadonlySet<string> {
  const [given] = childrenOf(call, "argument");
  const type = given?.kind === "name" ? code.typer.typeOf(given) : undefined;
  if (given === undefined || type === undefined || !/Example$/.test(simpleName(type))) return new Set();
  const before = code.nodes.filter(({ kind, start }) => kind === "call" && start < call.start);
  const emptied = before.findLast((one) => one.text === "clear" && childOf(one, "receiver")?.text === given.text);
  return new Set(
    before
      .filter((one) => one.start > (emptied?.start ?? -1) && madeOf(code, one) === given.text && !isConstant(childOf(one, "argument")))
      .flatMap(({ text }) => /^and(\w+)EqualTo$/.exec(text)?.[1] ?? [])
      .filter((property) => !/(?:Not|ThanOr)$/.test(property)),
  );
}

/** `andDeletedEqualTo(false)`, `andStateEqualTo(OPEN)`, which tell many rows from many others. */
const isConstant = (value: CodeNode | undefined): boolean =>
  value === undefined || value.kind === "literal" || /^\p{Lu}[\p{Lu}\d_]*$/u.test(value.text);

/** The variable that a chain of calls starts from, by way of one that holds its criteria. */
function madeOf(code: BodyCode, call: CodeNode): string | undefined {
  let at: CodeNode | undefined = call;
  while (at?.kind === "call") at = childOf(at, "receiver");
  if (at?.kind !== "name") return undefined;
  const declared = code.typer.declarationOf(at);
  const value = declared?.kind === "local" ? childOf(declared, "value") : undefined;
  return value?.kind === "call" && /^(?:createCriteria|or)$/.test(value.text) ? childOf(value, "receiver")?.text : at.text;
}
