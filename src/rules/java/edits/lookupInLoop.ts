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
import { pluralOf } from "./plurals.ts";

/** One lookup in a loop, understood well enough to be rewritten. */
export interface Lookup extends Round {
  /** The call, or the method reference that stands for it. */
  readonly call: CodeNode;
  /** What is looked up by; undefined for a method reference, which takes the element itself. */
  readonly argument: CodeNode | undefined;
  /** The same in terms of the element alone, where a local of the loop holds it. */
  readonly fromElement: CodeNode | undefined;
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

/** What runs once for each element of a collection. */
export interface Round {
  /** A loop, the lambda of a stream's step, or the method reference in its place. */
  readonly loop: CodeNode;
  /** The statement that the whole is, or stands in. */
  readonly statement: CodeNode;
  /** The expression that is iterated; its value is a collection. */
  readonly iterable: CodeNode;
  /** The element's name; undefined for a method reference. */
  readonly element: string | undefined;
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

/** The loop or the step of a stream around a call. */
function roundOf(call: CodeNode, typer: Typer): Round | undefined {
  const loop = call.kind === "reference" ? call : [...ancestorsOf(call)].find(({ kind }) => kind === "foreach" || kind === "lambda");
  if (loop?.kind !== "foreach") return loop === undefined ? undefined : stepOf(loop, typer);
  const iterable = childOf(loop, "iterable");
  return iterable === undefined || loop.parent?.kind !== "block" ? undefined : { loop, statement: loop, iterable, element: loop.text };
}

/** Steps that run their function for each element; those that may stop before the last would not have fromElement for all. */
const EACH = /^(?:map|mapTo(?:Int|Long|Double)|flatMap|filter|peek|forEach)$/;
const STOPS = /^(?:findFirst|findAny|anyMatch|allMatch|noneMatch|limit|takeWhile|iterator)$/;
/** Steps that hand on the collection's own elements. */
const SAME = /^(?:sorted|distinct|sequential)$/;

/** `all.stream().map(one -> …)`, `all.forEach(one -> …)`, `page.map(one -> …)`, in a statement that begins with it. */
function stepOf(functional: CodeNode, typer: Typer): Round | undefined {
  const step = functional.parent;
  if (step?.kind !== "call" || functional.role !== "argument" || !EACH.test(step.text)) return undefined;
  const parameters = childrenOf(functional, "parameter");
  if (functional.kind === "lambda" && parameters.length !== 1) return undefined;
  let iterable = childOf(step, "receiver");
  while (iterable?.kind === "call" && SAME.test(iterable.text)) iterable = childOf(iterable, "receiver");
  if (iterable?.kind === "call" && iterable.text === "stream") iterable = childOf(iterable, "receiver");
  else if (step.text !== "forEach" && !typer.isA(iterable && typer.typeOf(iterable), PAGE)) return undefined;
  if (iterable === undefined) return undefined;
  for (let statement = step as CodeNode; statement.parent !== undefined; statement = statement.parent) {
    if (statement.parent.kind === "block") return { loop: functional, statement, iterable, element: parameters[0]?.text };
    // What stands in a branch, or in a function that others run, does not begin with the statement.
    if (!/^(?:call|local|return|assign|new|cast)$/.test(statement.parent.kind)) return undefined;
    if (statement.parent.kind === "call" && statement.role === "receiver" && STOPS.test(statement.parent.text)) return undefined;
  }
  return undefined;
}

const PAGE: ReadonlySet<string> = new Set(["Page", "Slice"]);

function understand(model: Model, method: MethodNode, call: CodeNode, typer: Typer): Lookup | undefined {
  const round = roundOf(call, typer);
  const receiver = childOf(call, "receiver");
  const [argument, ...more] = childrenOf(call, "argument");
  if (
    // Who drops the answer wants none.
    call.statement ||
    round === undefined ||
    receiver?.kind !== "name" ||
    (argument === undefined) !== (call.kind === "reference") ||
    more.length > 0
  )
    return undefined;
  const { loop, statement, iterable } = round;
  const type = typer.typeOf(iterable);
  const fromElement = argument && ofElement(argument, loop, typer);
  if (!repeatable(iterable) || !typer.isA(type, COLLECTION) || (argument !== undefined && fromElement === undefined)) return undefined;
  const near = method.declared.owner.file.file;
  const repository = model.types.entryOf(typer.typeOf(receiver), near);
  if (repository === undefined || !isRepository(model.types, repository)) return undefined;
  if (changesRows(statement, receiver) || isEnteredAgain(method, statement)) return undefined;
  if (fromElement !== undefined && isLong(fromElement) && isConditional(call, loop)) return undefined;
  if (call.text === "findById" && !(typer.isA(typer.typeOf(receiver), LISTING) && givesOptional(model, repository))) return undefined;
  const key = argument === undefined ? typer.elementOf(type) : typer.typeOf(argument);
  const found = call.text === "findById" ? byId(model, repository, key) : byProperty(model, repository, call.text);
  return found === undefined ? undefined : { call, ...round, argument, fromElement, ...found };
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

/** Whether the repository leaves `findById` as Spring Data has it. */
const givesOptional = (model: Model, repository: TypeEntry): boolean =>
  model.types.methodsOf(repository, "findById").every(({ method }) => bareName(method.returns) === "Optional");

type Found = Omit<Lookup, keyof Round | "call" | "argument" | "fromElement">;

function byId(model: Model, repository: TypeEntry, given: Type | undefined): Found | undefined {
  // The type of the identifier may be a variable of a superclass; the argument's is one that can be written here.
  const key = keyOf(given);
  const name = model.persistence.repository(repository.type.qualified)?.entity;
  const entity = name === undefined ? undefined : model.types.entryOf({ name, args: [], dimensions: 0 }, repository.file.file);
  if (entity === undefined || key === undefined) return undefined;
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

/** `findByOwner(x)`, `findByOwnerOrderByDay(x)`: one property, no other condition. */
function byProperty(model: Model, repository: TypeEntry, name: string): Found | undefined {
  const [, property, order = ""] = /^(?:find|get|read)(?:All)?By(\p{Lu}\w*?)(OrderBy\p{Lu}\w*)?$/u.exec(name) ?? [];
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
  // Two sessions have two objects for one row, which no map takes for the same.
  if (accessor === undefined || key === undefined || model.persistence.entity(key.name) !== undefined) return undefined;
  if (order !== "" && shape.result !== "list") return undefined;
  const bulk = `findBy${property}In${order}`;
  const present = model.types.methodsOf(repository, bulk);
  if (present.some(({ method }) => !isForList(method))) return undefined;
  const exists = present.length > 0;
  const declaration = `List<${shape.entity.type.name}> ${bulk}(Collection<${boxed(parameter.type)}> ${pluralOf(field)});`;
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

/** A chain of getters that starts at the loop's element, or what a local of the loop holds of that kind. */
function ofElement(node: CodeNode, loop: CodeNode, typer: Typer): CodeNode | undefined {
  if (dependsOnlyOn(node, loop, typer)) return node;
  const local = node.kind === "name" ? typer.declarationOf(node) : undefined;
  const value = local?.kind === "local" ? childOf(local, "value") : undefined;
  const isOther = nodesOf(loop).some((one) => one.kind === "assign" && childOf(one, "target")?.text === node.text);
  return value === undefined || isOther || !dependsOnlyOn(value, loop, typer) ? undefined : value;
}

/** A chain of getters that starts at the loop's element. */
function dependsOnlyOn(node: CodeNode, loop: CodeNode, typer: Typer): boolean {
  if (node.kind === "name") {
    const declaration = typer.declarationOf(node);
    return declaration !== undefined && (declaration === loop || declaration.parent === loop);
  }
  const on = childOf(node, "receiver");
  return (
    (node.kind === "call" || node.kind === "field") &&
    on !== undefined &&
    childrenOf(node, "argument").length === 0 &&
    dependsOnlyOn(on, loop, typer)
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
