import { type CodeNode, childOf, mentions, type PackedCode, stringsNamed } from "../../../facts/java/code.ts";
import type { AnnotationValue, JavaAnnotation, JavaMethod } from "../../../facts/java/javaFacts.ts";
import { withCapital } from "../../../text/capitals.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { isTestFile } from "../../schema/sets/settings.ts";
import type { TypeEntry } from "../../types/typeIndex.ts";
import type { BodyTest } from "../repositories/bodySearch.ts";
import { isOrExtends } from "../repositories/collectionChanges.ts";

/**
 * Methods of other classes that may read a collection of an entity: by its getter or field, by its name in a query, a graph, a
 * specification or the name of a method, or as a property of a projection. What tests read is not read where rows are many.
 */
export const collectionLoads: BodyTest = {
  mayHold: ({ file }) => !isTestFile(file),
  holds: (calls, method, entity, attribute) => {
    const { owner, method: declared } = method.declared;
    // Graphs of the entity itself are read with its mapping.
    if (isTestFile(owner.file.file) || owner.type.name === entity) return false;
    const getter = `get${withCapital(attribute)}`;
    if (isNamedInAnnotations([...owner.type.annotations, ...declared.annotations], attribute)) return true;
    if (declared.body >= 0) return readsIn(calls, method, entity, attribute);
    return declared.name === getter || new RegExp(`By\\w*${withCapital(attribute)}`).test(declared.name);
  },
};

/** Bodies of other classes that call a method of an entity by its name. */
export const callsOfOwn: BodyTest = {
  mayHold: ({ file, java }, _entity, name) => !isTestFile(file) && stringsNamed(java.code, [name]) !== undefined,
  holds: (calls, method, entity, name) => {
    const { owner, method: declared } = method.declared;
    const packed = owner.file.java.code;
    const named = isTestFile(owner.file.file) || owner.type.name === entity ? undefined : stringsNamed(packed, [name]);
    if (named === undefined || !mentions(packed, declared.body, named)) return false;
    const { nodes, typer } = calls.codeOf(method);
    return nodes.some((node) => {
      if ((node.kind !== "call" && node.kind !== "reference") || node.text !== name) return false;
      const on = childOf(node, "receiver");
      const type = on === undefined ? undefined : (typer.typeOf(on) ?? typer.namedType(on));
      // An unqualified call is one of the class around it, or of one above.
      return on === undefined ? isOrExtends(typer.own(), entity, typer) : type === undefined || isOrExtends(type, entity, typer);
    });
  },
};

/** The methods of an entity itself that read a collection, by itself or through each other; its accessors and constructors left out. */
export function ownReaders(calls: CallGraph, { file, type }: TypeEntry, attribute: string): readonly JavaMethod[] {
  const found = new Map<string, JavaMethod>();
  const methods = calls.methodsIn(file.file).filter(({ declared: { owner, method } }) => {
    return owner.type.qualified === type.qualified && method.kind !== "constructor" && method.body >= 0;
  });
  const names = new Set([`get${withCapital(attribute)}`]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const node of methods) {
      const { method } = node.declared;
      if (found.has(node.key) || names.has(method.name) || method.name === `set${withCapital(attribute)}`) continue;
      if (![...names].some((name) => readsIn(calls, node, type.name, attribute, name))) continue;
      found.set(node.key, method);
      names.add(method.name);
      grown = true;
    }
  }
  return [...found.values()];
}

/** Paths of requests have the names of collections, and so has what leaves them out. */
const READS_NONE =
  /^(?:Request|Get|Post|Put|Patch|Delete|Message)Mapping$|^(?:Operation|Tag|Table|JoinTable|JoinColumn|Column|PreAuthorize|ToString|EqualsAndHashCode|JsonIgnoreProperties|JsonPropertyOrder|Api\w*)$/;

const isNamedInAnnotations = (annotations: readonly JavaAnnotation[], attribute: string): boolean =>
  annotations.some((one) => !READS_NONE.test(one.name) && one.values.some(({ value }) => namesPath(value, attribute)));

function namesPath(value: AnnotationValue, attribute: string): boolean {
  switch (value.kind) {
    case "text":
      return isPath(value.text, attribute);
    case "array":
      return value.values.some((one) => namesPath(one, attribute));
    case "concatenation":
      return value.parts.some((one) => namesPath(one, attribute));
    case "annotation":
      return isNamedInAnnotations([value.annotation], attribute);
    default:
      return false;
  }
}

/** `pets`, `owner.pets`, `join fetch o.pets p`. */
const isPath = (text: string, attribute: string): boolean =>
  text === attribute || (text.includes(attribute) && new RegExp(`(?:\\.${attribute}\\b|^${attribute}\\.)`).test(text));

/** `reader` is the getter, or another method of the entity that reads it. */
function readsIn(
  calls: CallGraph,
  method: MethodNode,
  entity: string,
  attribute: string,
  reader = `get${withCapital(attribute)}`,
): boolean {
  const { owner, method: declared } = method.declared;
  const isOwn = owner.type.name === entity;
  const packed = owner.file.java.code;
  const named = stringsNaming(packed, attribute, reader);
  if (named === undefined || !mentions(packed, declared.body, named)) return false;
  const { nodes, typer } = calls.codeOf(method);
  const mayBe = (on: CodeNode | undefined): boolean => {
    if (on === undefined) return isOwn;
    const type = typer.typeOf(on);
    return type === undefined || isOrExtends(type, entity, typer);
  };
  return nodes.some((node) => {
    if (node.kind === "literal") return node.type === "String" && isPath(node.text, attribute) && !isHarmless(node, attribute);
    if (node.text === constantOf(attribute)) return node.kind === "field" && childOf(node, "receiver")?.text === `${entity}_`;
    if (node.kind === "call" || node.kind === "reference") return node.text === reader && mayBe(childOf(node, "receiver"));
    if (node.text !== attribute || node.role === "target") return false;
    if (node.kind === "field") return mayBe(childOf(node, "receiver"));
    return (
      node.kind === "name" &&
      isOwn &&
      typer.declarationOf(node) === undefined &&
      !declared.parameters.some(({ name }) => name === attribute)
    );
  });
}

/** Names of what is written, logged or cached (`Owner.class.getName() + ".pets"`), none of an attribute. */
const isHarmless = ({ parent, role, text }: CodeNode, attribute: string): boolean =>
  (parent?.kind === "binary" && text === `.${attribute}` && childOf(parent, "left")?.text === "getName") ||
  (role === "argument" &&
    parent?.kind === "call" &&
    /^(?:put|addAttribute|addObject|of|entry|info|debug|warn|error|trace|equals)$/.test(parent.text));

const constantOf = (attribute: string): string => attribute.replace(/(?<=[a-z\d])(?=\p{Lu})/gu, "_").toUpperCase();

const NAMED = new WeakMap<PackedCode, Map<string, Uint8Array | undefined>>();

/** The strings of a file that may name an attribute, or what reads it. */
function stringsNaming(code: PackedCode, attribute: string, reader: string): Uint8Array | undefined {
  const known = NAMED.get(code) ?? new Map<string, Uint8Array | undefined>();
  NAMED.set(code, known);
  const key = `${attribute} ${reader}`;
  if (!known.has(key)) {
    const texts = code.strings.filter((text) => text.length > attribute.length && isPath(text, attribute));
    known.set(key, stringsNamed(code, [reader, attribute, constantOf(attribute), ...texts]));
  }
  return known.get(key);
}
