import { CODE_KIND as K } from "./code.ts";
import type { Handler } from "./handlers.ts";

/** A parameter of a lambda or of a method of an anonymous class. */
export const parameter: Handler = (l, node, role) => {
  const at = l.open(node, K.parameter, role);
  let name = l.tree.field(node, l.field.name);
  let type = l.tree.field(node, l.field.type);
  if (l.tree.kind(node) === "spread_parameter") {
    const declarator = l.tree.child(node, "variable_declarator");
    name = declarator >= 0 ? l.tree.field(declarator, l.field.name) : -1;
    type = l.tree.children(node).find((child) => l.tree.kind(child) !== "modifiers") ?? -1;
  }
  // `(a, b) -> …` parses as typed parameters without a name in some versions of the grammar.
  if (name >= 0 && l.tree.end(name) === l.tree.start(name) && type >= 0) l.name(at, type);
  else if (name >= 0) {
    l.name(at, name);
    l.typeOf(at, type);
  }
  l.packer.close(at);
};
