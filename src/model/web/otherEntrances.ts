import type { AnnotationValue, JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import { bareName } from "../types/typeIndex.ts";
import type { Trigger } from "./endpoint.ts";

/** Annotations of methods that fields of GraphQL run: Spring for GraphQL, DGS, SPQR. */
const GRAPHQL_FIELDS = [
  "QueryMapping",
  "MutationMapping",
  "SubscriptionMapping",
  "SchemaMapping",
  "BatchMapping",
  "DgsQuery",
  "DgsMutation",
  "DgsSubscription",
  "DgsData",
  "GraphQLQuery",
  "GraphQLMutation",
] as const;

/** How a method is entered by a request or a message that no mapping or listener announces. */
export function otherEntrance(type: JavaType, method: JavaMethod): Pick<Trigger, "kind" | "label" | "graphQl"> | undefined {
  if (method.body < 0 || method.kind !== "method") return undefined;
  const graphQl = isFieldOfObject(type, method) ? "per object" : isGraphQl(type, method) ? "once" : undefined;
  if (graphQl !== undefined) return { kind: "endpoint", label: `GraphQL ${method.name === "get" ? type.name : method.name}`, graphQl };
  if (bareName(method.returns) === "RouterFunction") return { kind: "endpoint", label: `${type.name}.${method.name}` };
  // What Spring Cloud Stream binds to a topic.
  if (MESSAGE_FUNCTION.test(method.returns) && annotationNamed(method.annotations, "Bean") !== undefined)
    return { kind: "listener", label: `@Bean ${method.name}` };
  return undefined;
}

const MESSAGE_FUNCTION = /^(?:java\.util\.function\.)?(?:Consumer|Function)<(?:Flux<)?(?:Message|KStream)</;

function isGraphQl({ interfaces }: JavaType, method: JavaMethod): boolean {
  if (annotationNamed(method.annotations, ...GRAPHQL_FIELDS) !== undefined) return true;
  const [first, ...more] = method.parameters;
  if (method.name === "get" && more.length === 0 && first !== undefined && bareName(first.type) === "DataFetchingEnvironment")
    return interfaces.some((name) => bareName(name) === "DataFetcher");
  return (
    method.modifiers.includes("public") &&
    !method.modifiers.includes("static") &&
    interfaces.some((name) => /^GraphQL(?:Query|Mutation)Resolver$/.test(bareName(name)))
  );
}

/** Whether a field belongs to the objects that other fields give: it runs once for each of them. */
function isFieldOfObject(type: JavaType, method: JavaMethod): boolean {
  const spring = annotationNamed(method.annotations, "SchemaMapping");
  if (spring !== undefined) {
    const around = annotationNamed(type.annotations, "SchemaMapping");
    return !isOfRoot(annotationValue(spring, "typeName") ?? annotationValue(around, "typeName"));
  }
  const dgs = annotationNamed(method.annotations, "DgsData");
  if (dgs !== undefined) return !isOfRoot(annotationValue(dgs, "parentType"));
  const resolved = /^GraphQLResolver<(.+)>$/;
  const parents = type.interfaces.flatMap((name) => resolved.exec(name.replace(/^(?:\w+\.)+/, ""))?.[1] ?? []);
  const [first] = method.parameters;
  return (
    first !== undefined &&
    !method.modifiers.some((modifier) => modifier === "private" || modifier === "static") &&
    parents.some((parent) => parent === first.type)
  );
}

/** "Query", `DgsConstants.QUERY.TYPE_NAME`. */
function isOfRoot(value: AnnotationValue | undefined): boolean {
  if (value?.kind === "text") return /^(?:Query|Mutation|Subscription)$/.test(value.text);
  return value?.kind === "reference" && /(?:^|[._])(?:query|mutation|subscription)(?:[._]|$)/i.test(value.name);
}
