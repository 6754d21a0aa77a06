import { childOf, mentions, stringsNamed } from "../../../facts/java/code.ts";
import type { JavaFacts, JavaType } from "../../../facts/java/javaFacts.ts";
import { withCapital } from "../../../text/capitals.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { mayBeMapping } from "../../calls/mapStruct.ts";
import { annotationNamed } from "../../types/constants.ts";
import type { BodyTest } from "./bodySearch.ts";
import { isOrExtends } from "./collectionChanges.ts";

/** Bodies that read a collection of an entity, and methods whose unseen bodies may: those that MapStruct writes. */
export const collectionReads: BodyTest = {
  mayHold: ({ java }, entity, attribute) =>
    java.types.some(mayMap) || stringsNamed(java.code, namesOf(java, entity, attribute)) !== undefined,
  holds: (calls, method, entity, attribute) => mayBeMapping(method.declared) || readsIn(calls, method, entity, attribute),
};

const mayMap = ({ kind, annotations, typeParameters }: JavaType): boolean =>
  annotationNamed(annotations, "Mapper") !== undefined || (kind === "interface" && typeParameters.length > 1);

/** The getter, and the attribute itself where a file declares the entity. */
const namesOf = ({ types }: JavaFacts, entity: string, attribute: string): readonly string[] => [
  `get${withCapital(attribute)}`,
  ...(types.some(({ name }) => name === entity) ? [attribute] : []),
];

/** Whether a body reads a collection that an entity holds: by its getter, or in a method of the entity that is more than an accessor. */
function readsIn(calls: CallGraph, method: MethodNode, entity: string, attribute: string): boolean {
  const { owner, method: declared } = method.declared;
  const isOwn = owner.type.name === entity;
  const getter = `get${withCapital(attribute)}`;
  if (isOwn && (declared.kind === "constructor" || declared.name === getter || declared.name === `set${withCapital(attribute)}`))
    return false;
  const packed = owner.file.java.code;
  const named = stringsNamed(packed, isOwn ? [getter, attribute] : [getter]);
  if (named === undefined || !mentions(packed, declared.body, named)) return false;
  const { nodes, typer } = calls.codeOf(method);
  return nodes.some((node) => {
    if (isOwn && node.text === attribute) return node.kind === "name" || node.kind === "field";
    if ((node.kind !== "call" && node.kind !== "reference") || node.text !== getter) return false;
    const on = childOf(node, "receiver");
    const type = on === undefined ? undefined : typer.typeOf(on);
    return on === undefined ? isOwn : type === undefined || isOrExtends(type, entity, typer);
  });
}
