import type { AnnotationValue, JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import { bareName } from "../types/typeIndex.ts";
import type { Trigger } from "./endpoint.ts";
import { type FrameworkCall, frameworkCall } from "./frameworkCalls.ts";

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

type OtherEntrance = FrameworkCall & Pick<Trigger, "graphQl">;

/** How a method is entered by a request or a message that no mapping or listener announces. */
export function otherEntrance(type: JavaType, method: JavaMethod): OtherEntrance | undefined {
  if (method.body < 0 || method.kind !== "method") return undefined;
  const graphQl = isFieldOfObject(type, method) ? "per object" : isGraphQl(type, method) ? "once" : undefined;
  if (graphQl !== undefined) return { kind: "endpoint", label: `GraphQL ${method.name === "get" ? type.name : method.name}`, graphQl };
  if (bareName(method.returns) === "RouterFunction") return { kind: "endpoint", label: `${type.name}.${method.name}` };
  // What Spring Cloud Stream binds to a topic.
  if (MESSAGE_FUNCTION.test(method.returns) && annotationNamed(method.annotations, "Bean") !== undefined)
    return { kind: "listener", label: `@Bean ${method.name}` };
  if (isServletOrFilter(method) || isAskedByPages(type, method))
    return { kind: "endpoint", label: `${type.name}.${method.name}`, beforeView: true };
  return frameworkCall(type, method);
}

/** What a servlet container runs at each request: servlets, filters, and interceptors of Spring, Shiro and JAX-RS, by what they are given. */
function isServletOrFilter({ name, parameters }: JavaMethod): boolean {
  const given = parameters.map(({ type }) => bareName(type)).join();
  return (
    (SERVLET_METHODS.test(name) && given === "HttpServletRequest,HttpServletResponse") ||
    (/^doFilter(?:Internal)?$/.test(name) && /^(?:Http)?ServletRequest,(?:Http)?ServletResponse,FilterChain$/.test(given)) ||
    (/^(?:pre|post)Handle$/.test(name) &&
      /^(?:Http)?ServletRequest,(?:Http)?ServletResponse(?:,Object|,Object,ModelAndView)?$/.test(given)) ||
    (name === "filter" && /^ContainerRequestContext(?:,ContainerResponseContext)?$/.test(given))
  );
}

const SERVLET_METHODS = /^(?:do(?:Get|Post|Put|Delete|Patch)|service|handleRequest(?:Internal)?)$/;

/** A bean that pages of Jakarta Faces name in their expressions: what it offers is asked while they are drawn, or run by their buttons. */
function isAskedByPages({ annotations }: JavaType, { modifiers, annotations: own }: JavaMethod): boolean {
  if (!modifiers.includes("public") || modifiers.includes("static")) return false;
  if (annotationNamed(own, "PostConstruct", "PreDestroy", "Produces") !== undefined) return false;
  if (annotationNamed(annotations, "ManagedBean") !== undefined || annotationNamed(annotations, "Model")?.values.length === 0) return true;
  return annotationNamed(annotations, "Named") !== undefined && annotationNamed(annotations, ...SCOPES_OF_PAGES) !== undefined;
}

/** Of one view, request, conversation or user. */
const SCOPES_OF_PAGES = ["ViewScoped", "RequestScoped", "ConversationScoped", "SessionScoped", "FlowScoped"] as const;

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
