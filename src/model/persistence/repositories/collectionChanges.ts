import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, mentions, stringsNamed } from "../../../facts/java/code.ts";
import type { JavaParameter } from "../../../facts/java/javaFacts.ts";
import { withCapital } from "../../../text/capitals.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../calls/callGraph.ts";
import { usesOf } from "../../calls/locals.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import { simpleName, type Type } from "../../types/type.ts";
import type { BodyTest } from "./bodySearch.ts";

const MUTATORS: ReadonlySet<string> = new Set(
  "add addAll addFirst addLast remove removeAll removeIf removeFirst removeLast retainAll clear set replaceAll sort".split(" "),
);
/** They fill an object that is there with what another one holds. */
const FILLS: ReadonlySet<string> = new Set(["copyProperties", "map", "updateValue", "merge"]);
const FILLED_BY_FRAMEWORKS = /^(?:RequestBody|MappingTarget|ModelAttribute|RequestPart)$/;

/** Bodies that change a collection of an entity. */
export const collectionChanges: BodyTest = {
  mayHold(file, entity, attribute) {
    const { code, types } = file.java;
    const capital = withCapital(attribute);
    const accessors = [`get${capital}`, `set${capital}`, ...(types.some(({ name }) => name === entity) ? [attribute] : [])];
    return (
      stringsNamed(code, accessors) !== undefined ||
      filledIn(file).has(entity) ||
      (stringsNamed(code, [entity]) !== undefined && stringsNamed(code, [...FILLS]) !== undefined)
    );
  },
  holds: changesIn,
};

const filled = new WeakMap<JavaFile, ReadonlySet<string>>();

/** The types of parameters that a framework fills, as a file names them. */
function filledIn(file: JavaFile): ReadonlySet<string> {
  const known = filled.get(file);
  if (known !== undefined) return known;
  const parameters = file.java.types.flatMap(({ methods }) => methods).flatMap((method) => method.parameters);
  const found = new Set(parameters.filter(isFilled).map(({ type }) => type));
  filled.set(file, found);
  return found;
}

const isFilled = ({ annotations }: JavaParameter): boolean => annotations.some(({ name }) => FILLED_BY_FRAMEWORKS.test(name));

/**
 * Whether application code changes the elements of a collection that an entity holds: by a method of the collection, by a setter, or by
 * something that fills whole objects.
 */
function changesIn(calls: CallGraph, method: MethodNode, entity: string, attribute: string): boolean {
  const { owner, method: declared } = method.declared;
  if (declared.parameters.some((parameter) => parameter.type === entity && isFilled(parameter))) return true;
  const capital = withCapital(attribute);
  const isOwn = owner.type.name === entity;
  const accessors = [`get${capital}`, `set${capital}`, ...(isOwn ? [attribute] : [])];
  const packed = owner.file.java.code;
  const named = stringsNamed(packed, [...accessors, ...(packed.strings.includes(entity) ? FILLS : [])]);
  if (named === undefined || !mentions(packed, declared.body, named)) return false;
  const code = calls.codeOf(method);
  const { nodes, typer } = code;
  const mayBe = (node: CodeNode | undefined): boolean => {
    const type = node === undefined ? undefined : typer.typeOf(node);
    return type === undefined || isOrExtends(type, entity, typer);
  };
  return nodes.some((node) => {
    if (node.kind === "call") {
      const on = childOf(node, "receiver");
      if (node.text === `set${capital}`)
        return (on === undefined ? isOwn && declared.kind !== "constructor" : mayBe(on)) && !isNew(on, typer);
      if (node.text === `get${capital}`) return (on === undefined ? isOwn : mayBe(on)) && !isNew(on, typer) && isChanged(node, code);
      if (!FILLS.has(node.text)) return false;
      return childrenOf(node, "argument").some((given) => {
        const type = typer.typeOf(given);
        return type !== undefined && simpleName(type) === entity && given.kind !== "class" && !isNew(given, typer);
      });
    }
    if (!isOwn || declared.kind === "constructor" || node.text !== attribute || (node.kind !== "name" && node.kind !== "field"))
      return false;
    if (node.kind === "name" && (typer.declarationOf(node) !== undefined || declared.parameters.some(({ name }) => name === attribute)))
      return false;
    // Setters are judged by who calls them.
    return (node.role === "target" && declared.name !== `set${capital}`) || isChanged(node, code);
  });
}

/** A type variable may stand for it. */
export const isOrExtends = (type: Type, entity: string, typer: Typer): boolean =>
  simpleName(type) === entity || /^\p{Lu}{1,2}$/u.test(type.name) || typer.isA(type, new Set([entity]));

/** An object that is made here has no rows yet. */
function isNew(node: CodeNode | undefined, typer: Typer): boolean {
  const declared = node?.kind === "name" ? typer.declarationOf(node) : undefined;
  return declared?.kind === "local" && childOf(declared, "value")?.kind === "new";
}

/** A method of the collection that changes it, called on it or on a variable that it is put into; a method that is named for it. */
function isChanged(collection: CodeNode, code: MethodCode): boolean {
  const { parent, role } = collection;
  if (parent?.kind === "call") return isChangedBy(parent, role);
  if (parent?.kind !== "local" || role !== "value") return false;
  return usesOf(code, parent).some((use) => use.parent?.kind === "call" && isChangedBy(use.parent, use.role));
}

const isChangedBy = (call: CodeNode, role: CodeNode["role"]): boolean =>
  role === "receiver"
    ? MUTATORS.has(call.text)
    : role === "argument" && /^(?:add|remove|update|merge|replace|clear|sort|shuffle|sync|set|fill|apply)/i.test(call.text);
