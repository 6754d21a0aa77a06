import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";

/** An expression in a few words, for a message. */
export function describe(node: CodeNode): string {
  const text = words(node);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

function words(node: CodeNode): string {
  const on = childOf(node, "receiver");
  switch (node.kind) {
    case "name":
      return node.text;
    case "literal":
      return node.type === "String" ? `"${node.text}"` : node.text;
    case "this":
      return "this";
    case "field":
      return on === undefined || on.kind === "this" ? node.text : `${words(on)}.${node.text}`;
    case "call": {
      const args = childrenOf(node, "argument").length === 0 ? "()" : "(…)";
      return on === undefined || on.kind === "this" ? `${node.text}${args}` : `${words(on)}.${node.text}${args}`;
    }
    case "new":
      return `new ${node.type}`;
    case "cast": {
      const value = childOf(node, "value");
      return value === undefined ? node.type : words(value);
    }
    default:
      return "the elements";
  }
}
