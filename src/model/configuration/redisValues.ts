import { type CodeNode, childOf, childrenOf, unpackNodes } from "../../facts/java/code.ts";
import type { JavaFacts } from "../../facts/java/javaFacts.ts";

type ValueHint = "redis-plain-json" | "redis-json" | "redis-other-values" | "redis-untyped-finals" | "redis-typeless";

/** How a file that configures Redis caches has their values written; nothing where it leaves that to Java's own serialization. */
export function redisValueHints(java: JavaFacts): readonly ValueHint[] {
  if (!java.code.strings.includes("serializeValuesWith")) {
    // The first versions of the manager, before there were configurations, were given a template, whose serializer counts.
    const imports = (type: string): boolean => java.imports.some(({ name }) => name.endsWith(`.${type}`));
    return imports("RedisTemplate") && !imports("RedisCacheConfiguration") && java.code.strings.includes("RedisCacheManager")
      ? ["redis-other-values"]
      : [];
  }
  const nodes = java.types.flatMap(({ methods }) => methods.flatMap(({ body }) => (body < 0 ? [] : unpackNodes(java.code, body))));
  const isTypeless = makesTypelessMapper(java, nodes);
  const isTyped = makesTypedMapper(java);
  const json = !isTypeless && !isTyped ? "redis-other-values" : knowsTimes(java) ? "redis-json" : "redis-plain-json";
  const kinds = new Set(nodes.flatMap((node) => serializerOf(node, json) ?? []));
  // A serializer of another file, a bean for example.
  if (kinds.size === 0) return ["redis-other-values"];
  kinds.delete("jdk");
  const hints = [...kinds].flatMap((kind) => (kind === "jdk" ? [] : [kind]));
  if (hints.includes("redis-other-values") || !nodes.some(takesMapper)) return hints;
  if (isTypeless) return [...hints, "redis-typeless"];
  return isTyped && java.code.strings.includes("NON_FINAL") ? [...hints, "redis-untyped-finals"] : hints;
}

/** `new GenericJackson2JsonRedisSerializer(mapper)`, which leaves the mapper as it is. */
const takesMapper = (node: CodeNode): boolean =>
  node.kind === "new" && /\bGenericJackson2JsonRedisSerializer\b/.test(node.type) && childrenOf(node, "argument").length > 0;

/** Whether the mapper is made here, and nothing here has it write types: what is read is a map of names, whatever was written. */
const makesTypelessMapper = (java: JavaFacts, nodes: readonly CodeNode[]): boolean =>
  nodes.some(({ kind, type }) => kind === "new" && /^(?:[\w.]+\.)?(?:ObjectMapper|JsonMapper)$/.test(type)) &&
  !java.code.strings.some((text) => TYPES.test(text)) &&
  isOwnMapper(java);

const TYPES = /DefaultTyping|TypeResolver|TypeInfo|MixIn|registerSubtypes|AnnotationIntrospector/;

/** `own` is what a mapper that is handed over makes of the values. */
function serializerOf(node: CodeNode, own: ValueHint): ValueHint | "jdk" | undefined {
  if (node.kind === "new") {
    const type = node.type.replace(/<.*/s, "").replace(/^.*\./, "");
    if (!/Serializer$/.test(type) || type === "StringRedisSerializer") return undefined;
    if (type === "JdkSerializationRedisSerializer") return "jdk";
    if (type !== "GenericJackson2JsonRedisSerializer") return "redis-other-values";
    return childrenOf(node, "argument").length === 0 ? "redis-plain-json" : own;
  }
  if (node.kind !== "call" || childOf(node, "receiver")?.text !== "RedisSerializer") return undefined;
  if (node.text === "json") return "redis-plain-json";
  return node.text === "java" ? "jdk" : node.text === "string" ? undefined : "redis-other-values";
}

/** Whether the mapper that is made here may be given the module that writes `java.time`. */
const knowsTimes = ({ code, imports }: JavaFacts): boolean =>
  [...code.strings, ...imports.map(({ name }) => name)].some((text) => /module|configure\w*(?:Mapper|Jackson)/i.test(text));

/** Whether the mapper is made here, with types, and without the module that reads the names of constructors' parameters. */
const makesTypedMapper = (java: JavaFacts): boolean =>
  java.code.strings.some((text) => /^(?:activate|enable|set)DefaultTyping/.test(text)) && isOwnMapper(java);

/** Whether no mapper comes from elsewhere, and none learns the names of parameters. */
function isOwnMapper({ code, imports, types }: JavaFacts): boolean {
  if (code.strings.some((text) => /^(?:findAndRegisterModules|ParameterNamesModule|Jackson2ObjectMapperBuilder|copy)$/.test(text)))
    return false;
  if (imports.some(({ name }) => /Jackson2ObjectMapperBuilder$|ParameterNamesModule$/.test(name))) return false;
  const parts = types.flatMap(({ methods, fields }) => [...methods.flatMap(({ parameters }) => parameters), ...fields]);
  return !parts.some(({ type }) => /\b(?:ObjectMapper|JsonMapper)\b/.test(type));
}
