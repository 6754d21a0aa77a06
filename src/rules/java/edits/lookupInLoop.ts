import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../model/calls/callSites.ts";
import type { Typer } from "../../../model/calls/typing/typer.ts";
import { isRepository } from "../../../model/calls/work.ts";
import type { Model } from "../../../model/model.ts";
import { simpleName, type Type } from "../../../model/types/type.ts";
import { bareName, type TypeEntry } from "../../../model/types/typeIndex.ts";
import { withCapital, withoutCapital } from "../../../text/capitals.ts";

/** One lookup in a loop, understood well enough to be rewritten. */
export interface Lookup {
  readonly call: CodeNode;
  readonly loop: CodeNode;
  /** The expression that is iterated; its value is a collection. */
  readonly iterable: CodeNode;
  readonly argument: CodeNode;
  readonly entity: TypeEntry;
  /** The property that is looked up by, and its getter on the entity. */
  readonly property: string;
  readonly accessor: string;
  readonly key: Type;
  readonly result: "optional" | "one" | "list";
  /** The repository's method that answers for many keys, and its declaration where it must be added. */
  readonly bulk: string;
  readonly addTo: { readonly repository: TypeEntry; readonly declaration: string } | undefined;
}

const COLLECTION: ReadonlySet<string> = new Set(["Collection", "Page", "Slice"]);
/** Repositories whose `findAllById` gives a list; that of the others gives an Iterable. */
const LISTING: ReadonlySet<string> = new Set(["JpaRepository", "ListCrudRepository", "MongoRepository"]);

/** The lookup of a call, where a loop over a collection asks for one key of each element. */
export function lookupAt(model: Model, method: MethodNode, site: CallSite): Lookup | undefined {
  if (site.work?.kind !== "read" || site.iterations.length !== 1) return undefined;
  const { nodes, typer } = model.calls.codeOf(method);
  const call = nodes[site.order];
  const lookup = call === undefined ? undefined : understand(model, method, call, typer);
  return lookup?.loop.start === site.iterations[0]?.at.start ? lookup : undefined;
}

function understand(model: Model, method: MethodNode, call: CodeNode, typer: Typer): Lookup | undefined {
  const loop = [...ancestorsOf(call)].find((around) => around.kind === "foreach" || around.kind === "lambda");
  const receiver = childOf(call, "receiver");
  const [argument, ...more] = childrenOf(call, "argument");
  if (
    call.kind !== "call" ||
    // Who drops the answer wants none.
    call.statement ||
    loop?.kind !== "foreach" ||
    loop.parent?.kind !== "block" ||
    receiver?.kind !== "name" ||
    argument === undefined ||
    more.length > 0
  )
    return undefined;
  const iterable = childOf(loop, "iterable");
  if (
    iterable === undefined ||
    !repeatable(iterable) ||
    !typer.isA(typer.typeOf(iterable), COLLECTION) ||
    !dependsOnlyOn(argument, loop.text, typer)
  )
    return undefined;
  const near = method.declared.owner.file.file;
  const repository = model.types.entryOf(typer.typeOf(receiver), near);
  if (repository === undefined || !isRepository(model.types, repository)) return undefined;
  if (changesRows(loop, receiver) || isEnteredAgain(method, loop) || (isLong(argument) && isConditional(call, loop))) return undefined;
  if (call.text === "findById" && !typer.isA(typer.typeOf(receiver), LISTING)) return undefined;
  const found = call.text === "findById" ? byId(model, repository, typer, call, argument) : byProperty(model, repository, call.text);
  return found === undefined ? undefined : { call, loop, iterable, argument, ...found };
}

/** Whether the loop writes what it looks up: what an earlier round has saved or deleted, a later one would not see. */
function changesRows(loop: CodeNode, repository: CodeNode): boolean {
  return nodesOf(loop).some(
    (node) =>
      node.kind === "call" &&
      childOf(node, "receiver")?.text === repository.text &&
      /^(?:save|delete|remove|insert|update)/.test(node.text),
  );
}

/** Whether the loop calls its own method, which would ask again for each element all the same. */
function isEnteredAgain({ key, sites }: MethodNode, { start, end }: CodeNode): boolean {
  return sites.some(({ targets, at }) => targets.includes(key) && at.start > start && at.end <= end);
}

/** Behind the first getter there may be nothing. */
function isLong(argument: CodeNode): boolean {
  const on = childOf(argument, "receiver");
  return on !== undefined && childOf(on, "receiver") !== undefined;
}

/** Whether the call is not made in every round: what it would ask for may not be there in the others. */
function isConditional(call: CodeNode, loop: CodeNode): boolean {
  for (const around of ancestorsOf(call)) {
    if (around === loop) break;
    if (
      /^(?:if|conditional|switch|case|lambda|try|catch)$/.test(around.kind) ||
      (around.kind === "binary" && /^(?:&&|\|\|)$/.test(around.text))
    )
      return true;
  }
  return nodesOf(loop).some(({ kind }) => /^(?:continue|break|return|throw)$/.test(kind));
}

type Found = Omit<Lookup, "call" | "loop" | "iterable" | "argument">;

function byId(model: Model, repository: TypeEntry, typer: Typer, call: CodeNode, argument: CodeNode): Found | undefined {
  // The type of the identifier may be a variable of a superclass; the argument's is one that can be written here.
  const key = keyOf(typer.typeOf(argument));
  const result = typer.typeOf(call);
  const entity = result === undefined ? undefined : model.types.entryOf(result.args[0], repository.file.file);
  if (result === undefined || simpleName(result) !== "Optional" || entity === undefined || key === undefined) return undefined;
  for (const owner of model.types.lineage(entity)) {
    const id = owner.type.fields.find((field) => field.annotations.some((annotation) => /^(.*\.)?(Id|EmbeddedId)$/.test(annotation.name)));
    if (id === undefined) continue;
    const accessor = accessorOf(model, entity, id.name);
    return accessor === undefined
      ? undefined
      : { entity, property: id.name, accessor, key, result: "optional", bulk: "findAllById", addTo: undefined };
  }
  return undefined;
}

/** `findByOwner(x)`: one property, no other condition. */
function byProperty(model: Model, repository: TypeEntry, name: string): Found | undefined {
  const property = /^(?:find|get|read)(?:All)?By(\p{Lu}\w*)$/u.exec(name)?.[1];
  const [declared] = model.types.methodsOf(repository, name);
  const [parameter] = declared?.method.parameters ?? [];
  if (property === undefined || declared === undefined || parameter === undefined || declared.method.parameters.length !== 1)
    return undefined;
  if (declared.method.annotations.some((annotation) => /Query$/.test(annotation.name))) return undefined;
  const returns = model.types.resolve(declared.method.returns, { file: declared.owner.file, type: declared.owner.type });
  const shape = returns === undefined ? undefined : shapeOf(model, returns, repository);
  if (shape === undefined) return undefined;
  const field = withoutCapital(property);
  const accessor = accessorOf(model, shape.entity, field);
  const key = keyOf(model.types.resolve(parameter.type, { file: declared.owner.file, type: declared.owner.type }));
  if (accessor === undefined || key === undefined) return undefined;
  const bulk = `findBy${property}In`;
  const present = model.types.methodsOf(repository, bulk);
  if (present.some(({ method }) => !isForList(method))) return undefined;
  const exists = present.length > 0;
  const declaration = `List<${shape.entity.type.name}> ${bulk}(Collection<${boxed(parameter.type)}> ${field}s);`;
  return {
    entity: shape.entity,
    property: field,
    accessor,
    key,
    result: shape.result,
    bulk,
    addTo: exists ? undefined : { repository, declaration },
  };
}

/** Whether a method takes a list of keys, and nothing else, and gives a collection. */
function isForList({ parameters, returns }: JavaMethod): boolean {
  const [keys, ...more] = parameters;
  const takes = keys !== undefined && more.length === 0 && /^(?:List|Collection|Iterable)$/.test(bareName(keys.type));
  return takes && /^(?:List|Set|Collection)$/.test(bareName(returns));
}

function shapeOf(
  model: Model,
  returns: Type,
  near: TypeEntry,
): { readonly entity: TypeEntry; readonly result: Lookup["result"] } | undefined {
  const direct = model.types.entryOf(returns, near.file.file);
  if (direct !== undefined) return { entity: direct, result: "one" };
  const inner = model.types.entryOf(returns.args[0], near.file.file);
  const name = simpleName(returns);
  if (inner === undefined || returns.args.length !== 1) return undefined;
  if (name === "Optional") return { entity: inner, result: "optional" };
  return name === "List" ? { entity: inner, result: "list" } : undefined;
}

/** The getter of a property as a method reference would name it; Lombok's and a record's are there without a declaration. */
function accessorOf(model: Model, entity: TypeEntry, property: string): string | undefined {
  const getter = `get${withCapital(property)}`;
  if (model.types.methodsOf(entity, getter).some(({ method }) => method.parameters.length === 0)) return getter;
  const found = model.types.fieldOf(entity, property);
  if (found === undefined) return undefined;
  if (found.owner.type.kind === "record") return property;
  const lombok = [...found.owner.type.annotations, ...found.field.annotations].some((annotation) =>
    /^(.*\.)?(Getter|Data|Value)$/.test(annotation.name),
  );
  return lombok ? getter : undefined;
}

/** Names and getter calls: evaluating them a second time before the loop costs nothing and changes nothing. */
function repeatable(node: CodeNode): boolean {
  if (node.kind === "name" || node.kind === "this") return true;
  const on = childOf(node, "receiver");
  if (node.kind === "field") return on !== undefined && repeatable(on);
  return (
    node.kind === "call" &&
    /^(get|is)\p{Lu}/u.test(node.text) &&
    childrenOf(node, "argument").length === 0 &&
    (on === undefined || repeatable(on))
  );
}

/** A chain of getters that starts at the loop's element. */
function dependsOnlyOn(node: CodeNode, element: string, typer: Typer): boolean {
  if (node.kind === "name") return node.text === element && typer.declarationOf(node)?.kind === "foreach";
  const on = childOf(node, "receiver");
  return (
    (node.kind === "call" || node.kind === "field") &&
    on !== undefined &&
    childrenOf(node, "argument").length === 0 &&
    dependsOnlyOn(on, element, typer)
  );
}

const BOXES: Readonly<Record<string, string>> = {
  int: "Integer",
  long: "Long",
  short: "Short",
  byte: "Byte",
  boolean: "Boolean",
  char: "Character",
  double: "Double",
  float: "Float",
};
const boxed = (type: string): string => BOXES[type] ?? type;

/** A type that a map's key can be declared with: a whole one, whose name says where it comes from or needs no import. */
function keyOf(type: Type | undefined): Type | undefined {
  if (type === undefined || type.dimensions > 0 || type.args.length > 0) return undefined;
  const name = boxed(type.name);
  return name.includes(".") || /^(?:String|Long|Integer|Short|Byte|Character|Boolean)$/.test(name) ? { ...type, name } : undefined;
}
