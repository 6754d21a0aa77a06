import { type CodeNode, childOf } from "../../../facts/java/code.ts";
import { withCapital } from "../../../text/capitals.ts";
import { simpleName, type Type, typeNamed } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { Expressions } from "./callees.ts";

/**
 * The entity that an expression of Querydsl means: `QOwner.owner`, `owner` of a static import, a variable of type `QOwner`. Query types
 * are generated and unseen; their names tell the entity.
 */
export function queryTypeEntity(node: CodeNode, at: Expressions, types: TypeIndex): Type | undefined {
  const queryType = queryTypeOf(node, at);
  if (queryType === undefined) return undefined;
  const name = simpleName(queryType);
  if (!/^Q\p{Lu}/u.test(name)) return undefined;
  // A name that no import explains: both types are of this package.
  const entity =
    queryType.name === name ? at.resolve(name.slice(1)) : typeNamed(`${queryType.name.slice(0, -name.length)}${name.slice(1)}`);
  return types.entryOf(entity, at.entry.file.file) === undefined ? undefined : entity;
}

function queryTypeOf(node: CodeNode, at: Expressions): Type | undefined {
  const type = at.typeOf(node);
  if (type !== undefined) return type;
  if (node.kind === "name") {
    const owner = importedFrom(node.text, at);
    return owner === undefined ? undefined : typeNamed(owner);
  }
  const on = node.kind === "field" ? childOf(node, "receiver") : undefined;
  return on === undefined ? undefined : at.namedType(on);
}

/** The type that a static import takes a name from; of several wildcards, the one whose entity has this name. */
function importedFrom(name: string, { entry }: Expressions): string | undefined {
  for (const imported of entry.file.java.imports) {
    if (!imported.isStatic) continue;
    const border = imported.name.lastIndexOf(".");
    if (!imported.wildcard && imported.name.slice(border + 1) === name) return imported.name.slice(0, border);
    if (imported.wildcard && imported.name.slice(border + 1) === `Q${withCapital(name)}`) return imported.name;
  }
  return undefined;
}
