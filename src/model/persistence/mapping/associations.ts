import type { JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import { annotationNamed, annotationValue, constantTexts } from "../../types/constants.ts";
import { bareName, type NameContext, type TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute, Entity } from "./entity.ts";

/** What a mapping says of collections, of loading and of values, besides tables and columns. */
export function associationTraits(
  annotations: readonly JavaAnnotation[],
  declaredType: string,
): Pick<Attribute, "container" | "ordered" | "cascades" | "removes" | "grouped" | "hidden" | "stamped"> {
  return {
    container: containerOf(declaredType),
    ordered: annotationNamed(annotations, "OrderColumn", "ListIndexBase", "CollectionId") !== undefined,
    ...(isCascaded(annotations, SAVED) && { cascades: true as const }),
    ...((isCascaded(annotations, REMOVED) || removesOrphans(annotations)) && { removes: true as const }),
    grouped: annotationNamed(annotations, "BatchSize", "Cache") !== undefined || isSubselect(annotations),
    hidden: annotationNamed(annotations, "JsonIgnore", "JsonBackReference", "JsonIgnoreType") !== undefined,
    ...(annotationNamed(annotations, "CreationTimestamp", "CreatedDate") !== undefined && { stamped: true as const }),
  };
}

/**
 * What Hibernate's own annotations say of loading, in front of what JPA's say: `@LazyCollection(FALSE)`, `@LazyToOne(NO_PROXY)`, and
 * `@Fetch(JOIN)`, which loads at once and joins only for `find`.
 */
export function hibernateFetch(annotations: readonly JavaAnnotation[]): Attribute["fetch"] | undefined {
  const named = (annotation: string): string => {
    const value = annotationValue(annotationNamed(annotations, annotation), "value");
    return value?.kind === "reference" ? value.name.slice(value.name.lastIndexOf(".") + 1) : "";
  };
  if (named("Fetch") === "JOIN") return "eager";
  const laziness = named("LazyCollection") || named("LazyToOne");
  return laziness === "" ? undefined : laziness === "FALSE" ? "eager" : "lazy";
}

/** `cascade = ALL`, PERSIST or MERGE, and Hibernate's own `@Cascade(SAVE_UPDATE)`. */
const SAVED = /(?:^|\.)(?:ALL|PERSIST|MERGE|SAVE_UPDATE)$/;
const REMOVED = /(?:^|\.)(?:ALL|REMOVE|DELETE|DELETE_ORPHAN)$/;

function isCascaded(annotations: readonly JavaAnnotation[], wanted: RegExp): boolean {
  const association = annotationNamed(annotations, "OneToMany", "ManyToOne", "OneToOne", "ManyToMany");
  const own = annotationValue(annotationNamed(annotations, "Cascade"), "value");
  return [annotationValue(association, "cascade"), own].some((value) => {
    const kinds = value?.kind === "array" ? value.values : value === undefined ? [] : [value];
    return kinds.some((kind) => kind.kind === "reference" && wanted.test(kind.name));
  });
}

function removesOrphans(annotations: readonly JavaAnnotation[]): boolean {
  const value = annotationValue(annotationNamed(annotations, "OneToMany", "OneToOne"), "orphanRemoval");
  return value?.kind === "boolean" && value.value;
}

function containerOf(type: string): Attribute["container"] {
  const name = bareName(type);
  if (/Map$/.test(name)) return "map";
  if (/Set$/.test(name)) return "set";
  // Hibernate takes a Collection for a bag, as it does a List without an order column.
  return /List$|^Collection$|^Iterable$/.test(name) ? "list" : undefined;
}

function isSubselect(annotations: readonly JavaAnnotation[]): boolean {
  const mode = annotationValue(annotationNamed(annotations, "Fetch"), "value");
  return mode?.kind === "reference" && mode.name.endsWith("SUBSELECT");
}

/** What an entity class says of loading and of JSON as a whole. */
export function entityTraits(
  annotations: readonly JavaAnnotation[],
  context: NameContext,
  types: TypeIndex,
): Pick<Entity, "grouped" | "cached" | "graphs" | "hiddenInJson"> {
  const ignored = annotationValue(annotationNamed(annotations, "JsonIgnoreProperties"), "value");
  return {
    grouped: annotationNamed(annotations, "BatchSize") !== undefined,
    cached: annotationNamed(annotations, "Cache", "Cacheable") !== undefined,
    graphs: namedGraphs(annotations, context, types),
    hiddenInJson: ignored === undefined ? [] : constantTexts(ignored, context, types),
  };
}

/** The attribute paths of `@NamedEntityGraph`s, subgraphs put in. */
function namedGraphs(
  annotations: readonly JavaAnnotation[],
  context: NameContext,
  types: TypeIndex,
): Readonly<Record<string, readonly string[]>> {
  const graphs: Record<string, readonly string[]> = {};
  const declared = annotations.flatMap((annotation) => {
    if (annotationNamed([annotation], "NamedEntityGraph") !== undefined) return [annotation];
    return annotationNamed([annotation], "NamedEntityGraphs") === undefined ? [] : annotationsIn(annotation, "value");
  });
  for (const graph of declared) {
    const nameValue = annotationValue(graph, "name");
    const [name = context.type?.name ?? ""] = nameValue === undefined ? [] : constantTexts(nameValue, context, types);
    const subgraphs = [...annotationsIn(graph, "subgraphs"), ...annotationsIn(graph, "subclassSubgraphs")];
    graphs[name] = nodesUnder(graph, "", subgraphs, context, types, 0);
  }
  return graphs;
}

/** Subgraphs may refer to each other in a circle. */
const DEEPEST = 6;

function nodesUnder(
  graph: JavaAnnotation,
  prefix: string,
  subgraphs: readonly JavaAnnotation[],
  context: NameContext,
  types: TypeIndex,
  depth: number,
): readonly string[] {
  if (depth > DEEPEST) return [];
  const text = (annotation: JavaAnnotation, argument: string): string | undefined => {
    const value = annotationValue(annotation, argument);
    return value === undefined ? undefined : constantTexts(value, context, types)[0];
  };
  return annotationsIn(graph, "attributeNodes").flatMap((node) => {
    const name = text(node, "value");
    if (name === undefined) return [];
    const path = prefix + name;
    const wanted = text(node, "subgraph");
    const below = subgraphs.filter((subgraph) => wanted !== undefined && text(subgraph, "name") === wanted);
    return [path, ...below.flatMap((subgraph) => nodesUnder(subgraph, `${path}.`, subgraphs, context, types, depth + 1))];
  });
}

function annotationsIn(annotation: JavaAnnotation, argument: string): readonly JavaAnnotation[] {
  const value = annotationValue(annotation, argument);
  const values = value === undefined ? [] : value.kind === "array" ? value.values : [value];
  return values.flatMap((one) => (one.kind === "annotation" ? [one.annotation] : []));
}
