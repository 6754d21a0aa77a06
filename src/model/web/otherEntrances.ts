import type { JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import { annotationNamed } from "../types/constants.ts";
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
export function otherEntrance(type: JavaType, method: JavaMethod): Pick<Trigger, "kind" | "label"> | undefined {
  if (method.body < 0 || method.kind !== "method") return undefined;
  if (isGraphQl(type, method)) return { kind: "endpoint", label: `GraphQL ${method.name === "get" ? type.name : method.name}` };
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
