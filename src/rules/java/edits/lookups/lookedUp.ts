import type { JavaMethod, JavaParameter } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { simpleName, type Type } from "../../../../model/types/type.ts";
import { bareName, type TypeEntry } from "../../../../model/types/typeIndex.ts";
import { withCapital, withoutCapital } from "../../../../text/capitals.ts";
import { bringsAlong, carriedGraph } from "../fetching/carriedGraph.ts";
import type { WholeGraph } from "../fetching/wholeGraph.ts";
import { pluralOf } from "../plurals.ts";
import { type AddedMethod, isImplemented } from "../repositoryMethod.ts";

/** What a repository's method finds by one key, and how it is asked for many. */
export interface LookedUp {
  readonly entity: TypeEntry;
  /** The property that is looked up by, and its getter on the entity. */
  readonly property: string;
  readonly accessor: string;
  readonly key: Type;
  readonly result: "optional" | "one" | "list";
  /** The repository's method that answers for many keys, and its declaration where it must be added. */
  readonly bulk: string;
  readonly addTo: AddedMethod | undefined;
  /** Whether asking for no key at all is a statement that the database refuses: `IN ()`. */
  readonly needsKeys?: boolean;
  /** Whether it takes a collection, and not whatever can be iterated. */
  readonly needsCollection?: boolean;
}

/** What a call of a repository looks up by a key of this type; `lists` says whether its `findAllById` gives a list. */
export function lookedUpBy(model: Model, repository: TypeEntry, name: string, key: Type | undefined, lists: boolean): LookedUp | undefined {
  if (name !== "findById") return byProperty(model, repository, name);
  return lists && givesOptional(model, repository) ? byId(model, repository, key) : undefined;
}

/** Whether the repository leaves `findById` as Spring Data has it. */
const givesOptional = (model: Model, repository: TypeEntry): boolean =>
  model.types.methodsOf(repository, "findById").every(({ method }) => bareName(method.returns) === "Optional");

function byId(model: Model, repository: TypeEntry, given: Type | undefined): LookedUp | undefined {
  // The type of the identifier may be a variable of a superclass; the argument's is one that can be written here.
  const key = keyOf(given);
  const name = model.persistence.repository(repository.type.qualified)?.entity;
  const entity = name === undefined ? undefined : model.types.entryOf({ name, args: [], dimensions: 0 }, repository.file.file);
  if (entity === undefined || key === undefined) return undefined;
  for (const owner of model.types.lineage(entity)) {
    const id = owner.type.fields.find((field) => field.annotations.some((annotation) => /^(.*\.)?(Id|EmbeddedId)$/.test(annotation.name)));
    if (id === undefined) continue;
    const accessor = accessorOf(model, entity, id.name);
    const asked = accessor === undefined ? undefined : askedById(model, repository, entity, id.name, key);
    return accessor === undefined || asked === undefined
      ? undefined
      : { entity, property: id.name, accessor, key, result: "optional", ...asked };
  }
  return undefined;
}

/** `findAllById`, or, where that leaves out what `findById` brings along, a method with a graph. */
function askedById(
  model: Model,
  repository: TypeEntry,
  entity: TypeEntry,
  id: string,
  key: Type,
): Pick<LookedUp, "bulk" | "addTo" | "needsCollection"> | undefined {
  const graph = carriedGraph(model, repository, "findById");
  if (graph === undefined) return undefined;
  if (graph === "nothing" || bringsAlong(model, repository, "findAllById", graph)) return { bulk: "findAllById", addTo: undefined };
  const bulk = `findBy${withCapital(id)}In`;
  const addTo = methodFor(model, { repository, entity, bulk, graph, keys: [simpleName(key), id], imports: [key.name] });
  return addTo === undefined ? undefined : { bulk, addTo: addTo === "present" ? undefined : addTo, needsCollection: true };
}

interface Wanted {
  readonly repository: TypeEntry;
  readonly entity: TypeEntry;
  readonly bulk: string;
  readonly graph: WholeGraph | "nothing";
  /** The type of a key, and what it is called. */
  readonly keys: readonly [type: string, name: string];
  /** `@NonNull `, where the repository says so of its keys. */
  readonly promise?: string;
  readonly imports: readonly string[];
}

/** The method that a repository lacks; "present" where it has it already, undefined where that one is another. */
function methodFor(
  model: Model,
  { repository, entity, bulk, graph, keys, promise = "", imports }: Wanted,
): AddedMethod | "present" | undefined {
  const present = model.types.methodsOf(repository, bulk);
  if (present.length > 0) {
    const brings = graph === "nothing" || bringsAlong(model, repository, bulk, graph);
    return brings && present.every(({ method }) => isForList(method)) ? "present" : undefined;
  }
  if (isImplemented(model, repository)) return undefined;
  return {
    repository,
    declaration: `List<${entity.type.name}> ${bulk}(${promise}Collection<${keys[0]}> ${pluralOf(keys[1])});`,
    imports: ["java.util.Collection", "java.util.List", ...imports],
    ...(graph === "nothing" ? {} : { graph }),
  };
}

/**
 * `findByOwner(x)`, `findPetsByOwnerOrderByDay(x)`: one property, no other condition; what stands before `By` is the reader's, but for
 * words that leave rows out (https://docs.spring.io/spring-data/jpa/reference/repositories/query-keywords-reference.html).
 */
const BY_PROPERTY = /^((?:find|get|read|query|search)(\p{Lu}\w*?)??)By(\p{Lu}\w*?)(OrderBy\p{Lu}\w*)?$/u;
const LEAVES_OUT = /Distinct|^(?:First|Top)(?:\d|\p{Lu}|$)/u;

function byProperty(model: Model, repository: TypeEntry, name: string): LookedUp | undefined {
  const [, verb, subject = "", property, order = ""] = BY_PROPERTY.exec(name) ?? [];
  const [declared] = model.types.methodsOf(repository, name);
  const [parameter] = declared?.method.parameters ?? [];
  if (property === undefined || LEAVES_OUT.test(subject) || declared === undefined) return undefined;
  if (parameter === undefined || declared.method.parameters.length !== 1) return undefined;
  const returns = model.types.resolve(declared.method.returns, { file: declared.owner.file, type: declared.owner.type });
  const shape = returns === undefined ? undefined : shapeOf(model, returns, repository);
  if (shape === undefined) return undefined;
  const field = withoutCapital(property);
  const accessor = accessorOf(model, shape.entity, field);
  const key = keyOf(model.types.resolve(parameter.type, { file: declared.owner.file, type: declared.owner.type }));
  // Two sessions have two objects for one row, which no map takes for the same.
  if (accessor === undefined || key === undefined || model.persistence.entity(key.name) !== undefined) return undefined;
  if (order !== "" && shape.result !== "list") return undefined;
  const usual = `findBy${property}In${order}`;
  const alike = `${verb}By${property}In${order}`;
  const present = [usual, alike].find((bulk) => model.types.methodsOf(repository, bulk).length > 0);
  const bulk = present ?? (shape.result === "list" && subject !== "" && subject !== "All" ? alike : usual);
  const graph = carriedGraph(model, repository, name);
  if (graph === undefined) return undefined;
  const keys = [boxed(parameter.type), field] as const;
  const promise = declared.owner.type === repository.type ? promiseOf(parameter) : "";
  const addTo = methodFor(model, { repository, entity: shape.entity, bulk, graph, keys, promise, imports: [] });
  if (addTo === undefined) return undefined;
  return {
    entity: shape.entity,
    property: field,
    accessor,
    key,
    result: shape.result,
    bulk,
    addTo: addTo === "present" ? undefined : addTo,
    needsCollection: true,
  };
}

function promiseOf({ annotations }: JavaParameter): string {
  const found = annotationNamed(annotations, "NonNull", "Nonnull", "NotNull");
  return found === undefined ? "" : `@${found.name} `;
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
): { readonly entity: TypeEntry; readonly result: LookedUp["result"] } | undefined {
  const direct = model.types.entryOf(returns, near.file.file);
  if (direct !== undefined) return { entity: direct, result: "one" };
  const inner = model.types.entryOf(returns.args[0], near.file.file);
  const name = simpleName(returns);
  if (inner === undefined || returns.args.length !== 1) return undefined;
  if (name === "Optional") return { entity: inner, result: "optional" };
  return name === "List" ? { entity: inner, result: "list" } : undefined;
}

/** The getter of a property as a method reference would name it; Lombok's and a record's are there without a declaration. */
export function accessorOf(model: Model, entity: TypeEntry, property: string): string | undefined {
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
export function keyOf(type: Type | undefined): Type | undefined {
  if (type === undefined || type.dimensions > 0 || type.args.length > 0) return undefined;
  const name = boxed(type.name);
  return name.includes(".") || /^(?:String|Long|Integer|Short|Byte|Character|Boolean)$/.test(name) ? { ...type, name } : undefined;
}

/** Whether two types are known, and the same key of a map: a number of another type is another key. */
export function isSameKey(one: Type | undefined, other: Type | undefined): boolean {
  if (one === undefined || other === undefined || one.dimensions + other.dimensions > 0) return false;
  return boxed(simpleName(one)) === boxed(simpleName(other));
}
