import type { JavaMethod } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { eagerGaps, groupsByDefault, isGrouped } from "../../../../model/persistence/loading/fetchGaps.ts";
import { fetches, inheritedSelection, type Selection } from "../../../../model/persistence/repositories/selection.ts";
import { annotationNamed, annotationValue } from "../../../../model/types/constants.ts";
import { bareName, type TypeEntry } from "../../../../model/types/typeIndex.ts";
import { leadsToFew } from "../../shared/mapping/smallTables.ts";
import { comesInOneStatement, isNameable } from "./fetchPlan.ts";
import { type WholeGraph, wholeGraph } from "./wholeGraph.ts";

/**
 * What comes along with the one row that a repository's method finds by its parameters, and has to come with many of them: an entity
 * graph, JOIN FETCH, and EAGER associations, which Hibernate joins for `find` and asks for one by one behind a query
 * (https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching). "nothing" where
 * a plain query brings as much; undefined where no graph can bring it, or the method does more than find its row.
 */
export function carriedGraph(model: Model, repository: TypeEntry, name: string, parameters: number): WholeGraph | "nothing" | undefined {
  const all = model.types.methodsOf(repository, name);
  const declared = all.find(({ method }) => method.parameters.length === parameters) ?? all[0];
  if (declared !== undefined && !declared.method.annotations.every((one) => HARMLESS.test(bareName(one.name)) || isCarried(one.name, name)))
    return undefined;
  const many = manyOf(model, repository, name, parameters);
  if (declared?.method.annotations.some((one) => isCarried(one.name, name))) {
    const own = model.persistence.selection(repository.type.qualified, name, parameters);
    return own === undefined || many === undefined ? undefined : graphOfOne(model, own, many, declared.method);
  }
  // Behind a query EAGER associations are asked for one by one, for one row as for many.
  return name === "findById" && many !== undefined ? eagerGraph(model, many, repository.file.file) : "nothing";
}

/** Whether the rows of a method that is there bring what has to come. */
export function bringsAlong(model: Model, repository: TypeEntry, name: string, graph: WholeGraph, parameters: number): boolean {
  const selection = model.persistence.selection(repository.type.qualified, name, parameters);
  return selection !== undefined && graph.paths.every((path) => fetches(selection, path));
}

/** What says nothing of the rows and how they are read; a lock, a cache or a right is one more thing that the method does. */
const HARMLESS =
  /^(?:Override|SuppressWarnings|Deprecated|Nullable|NonNull|Nonnull|NotNull|CheckForNull|Transactional|RestResource|Timed|Observed|QueryHints|Meta)$/;

const isCarried = (annotation: string, name: string): boolean =>
  /^EntityGraph$/.test(bareName(annotation)) || (name === "findById" && bareName(annotation) === "Query");

/** The rows of a repository as a query for many keys brings them by itself. */
function manyOf(model: Model, { type }: TypeEntry, name: string, parameters: number): Selection | undefined {
  const repository = model.persistence.repository(type.qualified);
  const entity = model.persistence.selection(type.qualified, name, parameters)?.entity ?? repository?.entity;
  const all = repository === undefined ? undefined : inheritedSelection(repository, "findAllById", false);
  return all === undefined || entity === undefined ? undefined : { ...all, entity };
}

/** `SELECT o FROM Order o LEFT JOIN FETCH o.lines WHERE o.id = :id`, and nothing else that it asks. */
const BY_KEY_ALONE =
  /^\s*select\s+(?:distinct\s+)?(\w+)\s+from\s+\w+(?:\s+as)?\s+\1(?:\s+left\s+(?:outer\s+)?join\s+fetch\s+\1(?:\.\w+)+(?:\s+(?:as\s+)?(?!left\b|where\b)\w+)?)*\s+where\s+\1\.\w+\s*=\s*(?::\w+|\?\d?)\s*$/i;

function graphOfOne(model: Model, own: Selection, many: Selection, { annotations }: JavaMethod): WholeGraph | undefined {
  const query = annotationNamed(annotations, "Query");
  const text = annotationValue(query, "value");
  if (query !== undefined && (text?.kind !== "text" || own.source === "native" || !BY_KEY_ALONE.test(text.text))) return undefined;
  const paths = own.fetched.filter((path) => !own.fetched.some((other) => other.startsWith(`${path}.`)));
  if (paths.length === 0 || !comesInOneStatement(model, many, paths)) return undefined;
  return { paths, isWhole: own.graph === "fetch" };
}

function eagerGraph(model: Model, many: Selection, near: string): WholeGraph | "nothing" | undefined {
  if (groupsByDefault(model.configuration, near)) return "nothing";
  const gaps = eagerGaps(model.persistence, many).filter((gap) => !isGrouped(gap) && !leadsToFew(model, gap, near));
  if (gaps.length === 0) return "nothing";
  const paths = gaps.map(({ path }) => path);
  const isOne = comesInOneStatement(model, many, paths) && gaps.every((gap) => isNameable(model, many, gap));
  return isOne ? wholeGraph(model, many.entity, paths, true) : undefined;
}
