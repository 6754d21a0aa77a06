import type { Model } from "../../../../model/model.ts";
import { simpleName, type Type } from "../../../../model/types/type.ts";
import { bareName, type TypeEntry } from "../../../../model/types/typeIndex.ts";
import { withCapital } from "../../../../text/capitals.ts";
import { bringsAlong, carriedGraph } from "../fetching/carriedGraph.ts";
import type { AddedMethod } from "../repositoryMethod.ts";
import { bulkMethodFor } from "./bulkMethod.ts";
import { derivedLookup } from "./derivedLookup.ts";
import { identifierOf, keyOf } from "./keys.ts";

/** What a repository's method finds by one key, and how it is asked for many. */
export interface LookedUp {
  readonly entity: TypeEntry;
  /** What the rows are found by: "id", "orderId". */
  readonly property: string;
  /** The getters that lead from a row to its key: `["getOrder", "getId"]`. */
  readonly accessors: readonly string[];
  /** The getter of the key where what is looked up by is an entity. */
  readonly identifier?: string;
  readonly key: Type;
  /** What the method for one key gives: a row, a list of them, or whether there is one. */
  readonly result: "optional" | "one" | "list" | "exists";
  /** The repository's method that answers for many keys, and its declaration where it must be added. */
  readonly bulk: string;
  readonly addTo: AddedMethod | undefined;
  /** Whether asking for no key at all is a statement that the database refuses: `IN ()`. */
  readonly needsKeys?: boolean;
  /** Whether it takes a collection, and not whatever can be iterated. */
  readonly needsCollection?: boolean;
}

/** Which of a call's arguments is the key. */
export interface Arguments {
  readonly position: number;
  readonly count: number;
}

/** A call of a repository's method that may be a lookup. */
export interface Asked extends Arguments {
  readonly name: string;
  /** The type of what stands in the key's place. */
  readonly key: Type | undefined;
  /** Whether the repository's `findAllById` gives a list. */
  readonly lists: boolean;
}

/** What a call of a repository looks up. */
export function lookedUpBy(model: Model, repository: TypeEntry, asked: Asked): LookedUp | undefined {
  const result = BY_ID[asked.name];
  if (result === undefined) return derivedLookup(model, repository, asked.name, asked);
  return asked.lists && asked.count === 1 && givesOptional(model, repository) ? byId(model, repository, asked.key, result) : undefined;
}

const BY_ID: Readonly<Record<string, "optional" | "exists">> = { findById: "optional", existsById: "exists" };

/** Whether the repository leaves `findById` as Spring Data has it. */
const givesOptional = (model: Model, repository: TypeEntry): boolean =>
  model.types.methodsOf(repository, "findById").every(({ method }) => bareName(method.returns) === "Optional");

function byId(model: Model, repository: TypeEntry, given: Type | undefined, result: LookedUp["result"]): LookedUp | undefined {
  // The type of the identifier may be a variable of a superclass; the argument's is one that can be written here.
  const key = keyOf(given);
  const name = model.persistence.repository(repository.type.qualified)?.entity;
  const entity = name === undefined ? undefined : model.types.entryOf({ name, args: [], dimensions: 0 }, repository.file.file);
  const id = entity === undefined ? undefined : identifierOf(model, entity);
  if (entity === undefined || key === undefined || id === undefined) return undefined;
  const asked = askedById(model, repository, entity, id.name, key);
  return asked && { entity, property: id.name, accessors: [id.accessor], key, result, ...asked };
}

/** `findAllById`, or, where that leaves out what `findById` brings along, a method with a graph. */
function askedById(
  model: Model,
  repository: TypeEntry,
  entity: TypeEntry,
  id: string,
  key: Type,
): Pick<LookedUp, "bulk" | "addTo" | "needsCollection"> | undefined {
  const graph = carriedGraph(model, repository, "findById", 1);
  if (graph === undefined) return undefined;
  if (graph === "nothing" || bringsAlong(model, repository, "findAllById", graph, 1)) return { bulk: "findAllById", addTo: undefined };
  const bulk = `findBy${withCapital(id)}In`;
  const addTo = bulkMethodFor(model, {
    repository,
    entity,
    name: bulk,
    graph,
    parameters: [{ type: simpleName(key), name: id }],
    position: 0,
    imports: [key.name],
  });
  return addTo === undefined ? undefined : { bulk, addTo: addTo === "present" ? undefined : addTo, needsCollection: true };
}
