import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../facts/java/code.ts";

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
