import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../../facts/java/code.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";

/** The expression whose elements a loop or lambda that starts here is run for. */
export function iteratedBy(call: CodeNode, start: number): CodeNode | undefined {
  for (const around of [call, ...ancestorsOf(call)]) {
    if (around.start !== start && around.nameStart !== start) continue;
    if (around.kind === "foreach") return childOf(around, "iterable");
    if (around.kind === "for" || around.kind === "while" || around.kind === "do") {
      const condition = childOf(around, "condition");
      return condition === undefined ? undefined : measured(condition);
    }
    // What a mapper is given, whose loop is generated.
    if (around === call && around.kind === "call") return childOf(around, "argument");
    if (around.kind === "lambda" || around.kind === "reference" || around.kind === "new") return receiverOfTaker(around);
  }
  return undefined;
}

/** Whether elements are groups that have been made of others: `lines.stream().collect(groupingBy(Line::shop)).forEach(…)`. */
export function isOfGroups(iterated: CodeNode, typer: Typer): boolean {
  let root = iterated;
  for (let on = childOf(root, "receiver"); root.kind === "call" && /^(?:entrySet|values|stream)$/.test(root.text) && on !== undefined; )
    [root, on] = [on, childOf(on, "receiver")];
  const declared = root.kind === "name" ? typer.declarationOf(root) : undefined;
  const made = declared?.kind === "local" ? childOf(declared, "value") : root;
  const collector = made?.kind === "call" && made.text === "collect" ? childOf(made, "argument") : undefined;
  return collector !== undefined && /^(?:groupingBy|partitioningBy)/.test(collector.text);
}

/** `orders` of `i < orders.size()`, and `it` of `it.hasNext()`, which says more than how many have been found: `found.size() < page`. */
function measured(condition: CodeNode): CodeNode | undefined {
  const asked = nodesOf(condition);
  const call = asked.find(({ text }) => text === "hasNext") ?? asked.find(({ text }) => /^(?:size|length)$/.test(text));
  return call === undefined ? undefined : childOf(call, "receiver");
}

/** `orders.stream()` of `orders.stream().map(o -> …)`, and of `orders.stream().collect(toMap(o -> …))`. */
function receiverOfTaker(lambda: CodeNode): CodeNode | undefined {
  for (const around of ancestorsOf(lambda)) {
    if (around.kind !== "call") return undefined;
    const on = childOf(around, "receiver");
    if (on !== undefined && on.kind !== "name") return on;
    if (on?.kind === "name" && !/^\p{Lu}/u.test(on.text)) return on;
  }
  return undefined;
}
