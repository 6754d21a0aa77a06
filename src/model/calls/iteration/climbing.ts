import { type CodeNode, childOf, nodesOf } from "../../../facts/java/code.ts";

/** `while (parent != null) parent = folders.parentOf(parent.getId());`: one round for each level. */
export function climbedBy(loop: CodeNode, condition: CodeNode): string | undefined {
  const asked =
    condition.kind === "binary" && condition.text === "!=" && isNullCheck(condition)
      ? condition.children.find(({ kind }) => kind === "name")
      : condition.kind === "call" && condition.text === "isPresent"
        ? childOf(condition, "receiver")
        : undefined;
  if (asked?.kind !== "name") return undefined;
  const name = asked.text;
  const climbs = nodesOf(loop).some((node) => {
    const value =
      node.kind === "assign" && node.text === "=" && childOf(node, "target")?.text === name ? childOf(node, "value") : undefined;
    if (value === undefined) return false;
    const inner = nodesOf(value);
    const goesOn = inner.some(({ kind, text }) => kind === "name" && text === name);
    return goesOn && inner.some(({ kind, text }) => (kind === "call" || kind === "name") && ABOVE.test(text));
  });
  return climbs ? name : undefined;
}

const isNullCheck = ({ children }: CodeNode): boolean => children.some(({ kind, type }) => kind === "literal" && type === "null");

const ABOVE = /parent|ancestor|superior|manager|predecessor|previous/i;
