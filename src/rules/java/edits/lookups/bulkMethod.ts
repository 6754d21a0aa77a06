import type { JavaMethod } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { boxed } from "../../../../model/types/type.ts";
import { bareName, type TypeEntry } from "../../../../model/types/typeIndex.ts";
import { bringsAlong } from "../fetching/carriedGraph.ts";
import type { WholeGraph } from "../fetching/wholeGraph.ts";
import { pluralOf } from "../plurals.ts";
import { type AddedMethod, isImplemented } from "../repositoryMethod.ts";

/** A method that finds the rows of many keys. */
export interface BulkMethod {
  readonly repository: TypeEntry;
  readonly entity: TypeEntry;
  readonly name: string;
  readonly graph: WholeGraph | "nothing";
  /** Of the method for one key; the one at `position` becomes a collection. */
  readonly parameters: readonly BulkParameter[];
  readonly position: number;
  readonly imports: readonly string[];
}

export interface BulkParameter {
  readonly type: string;
  readonly name: string;
  /** `@NonNull `, where the repository says so of its keys. */
  readonly promise?: string;
}

/** The method that a repository lacks; "present" where it has it already, undefined where that one is another. */
export function bulkMethodFor(model: Model, bulk: BulkMethod): AddedMethod | "present" | undefined {
  const { repository, entity, name, graph, parameters, position, imports } = bulk;
  const present = model.types.methodsOf(repository, name);
  if (present.length > 0) {
    const brings = graph === "nothing" || bringsAlong(model, repository, name, graph, parameters.length);
    return brings && present.every(({ method }) => isFor(method, bulk)) ? "present" : undefined;
  }
  if (isImplemented(model, repository)) return undefined;
  const written = parameters.map(({ type, name: one, promise = "" }, i) =>
    i === position ? `${promise}Collection<${boxed(type)}> ${pluralOf(one)}` : `${promise}${type} ${one}`,
  );
  return {
    repository,
    declaration: `List<${entity.type.name}> ${name}(${written.join(", ")});`,
    imports: ["java.util.Collection", "java.util.List", ...imports],
    ...(graph === "nothing" ? {} : { graph }),
  };
}

/** Whether a method takes a list of keys where the other takes one, the rest as the other does, and gives a collection. */
function isFor({ parameters, returns }: JavaMethod, { parameters: wanted, position }: BulkMethod): boolean {
  const isTaken = ({ type }: BulkParameter, i: number): boolean => {
    const given = parameters[i]?.type ?? "";
    return i === position ? /^(?:List|Collection|Iterable)$/.test(bareName(given)) : given === type;
  };
  return wanted.length === parameters.length && wanted.every(isTaken) && /^(?:List|Set|Collection)$/.test(bareName(returns));
}
