import { type CodeNode, childOf, childrenOf, unpackNodes } from "../../facts/java/code.ts";
import type { JavaFacts } from "../../facts/java/javaFacts.ts";

type ValueHint = "redis-plain-json" | "redis-json" | "redis-other-values" | "redis-untyped-finals";

/** How a file that configures Redis caches has their values written; nothing where it leaves that to Java's own serialization. */
export function redisValueHints(java: JavaFacts): readonly ValueHint[] {
  if (!java.code.strings.includes("serializeValuesWith")) {
    // The first versions of the manager were given a template, whose serializer counts.
    return java.imports.some(({ name }) => /\.RedisTemplate$/.test(name)) && java.code.strings.includes("RedisCacheManager")
      ? ["redis-other-values"]
      : [];
  }
  const nodes = java.types.flatMap(({ methods }) => methods.flatMap(({ body }) => (body < 0 ? [] : unpackNodes(java.code, body))));
  const kinds = new Set(nodes.flatMap((node) => serializerOf(node, java) ?? []));
  // A serializer of another file, a bean for example.
  if (kinds.size === 0) return ["redis-other-values"];
  kinds.delete("jdk");
  const hints = [...kinds].flatMap((kind) => (kind === "jdk" ? [] : [kind]));
  const untyped = !hints.includes("redis-other-values") && makesMapper(java) && java.code.strings.includes("NON_FINAL");
  return untyped ? [...hints, "redis-untyped-finals"] : hints;
}

function serializerOf(node: CodeNode, java: JavaFacts): ValueHint | "jdk" | undefined {
  if (node.kind === "new") {
    const type = node.type.replace(/<.*/s, "").replace(/^.*\./, "");
    if (!/Serializer$/.test(type) || type === "StringRedisSerializer") return undefined;
    if (type === "JdkSerializationRedisSerializer") return "jdk";
    if (type !== "GenericJackson2JsonRedisSerializer") return "redis-other-values";
    if (childrenOf(node, "argument").length === 0) return "redis-plain-json";
    return !makesMapper(java) ? "redis-other-values" : knowsTimes(java) ? "redis-json" : "redis-plain-json";
  }
  if (node.kind !== "call" || childOf(node, "receiver")?.text !== "RedisSerializer") return undefined;
  if (node.text === "json") return "redis-plain-json";
  return node.text === "java" ? "jdk" : node.text === "string" ? undefined : "redis-other-values";
}

/** Whether the mapper that is made here may be given the module that writes `java.time`. */
const knowsTimes = ({ code, imports }: JavaFacts): boolean =>
  [...code.strings, ...imports.map(({ name }) => name)].some((text) => /module|configure\w*(?:Mapper|Jackson)/i.test(text));

/** Whether the mapper is made here, with types, and without the module that reads the names of constructors' parameters. */
function makesMapper({ code, imports, types }: JavaFacts): boolean {
  const { strings } = code;
  if (!strings.some((text) => /^(?:activate|enable|set)DefaultTyping/.test(text))) return false;
  if (strings.some((text) => /^(?:findAndRegisterModules|ParameterNamesModule|Jackson2ObjectMapperBuilder|copy)$/.test(text))) return false;
  if (imports.some(({ name }) => /Jackson2ObjectMapperBuilder$|ParameterNamesModule$/.test(name))) return false;
  const parts = types.flatMap(({ methods, fields }) => [...methods.flatMap(({ parameters }) => parameters), ...fields]);
  return !parts.some(({ type }) => /\b(?:ObjectMapper|JsonMapper)\b/.test(type));
}
