import type { CacheUse } from "../../model/caching/readUses.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { boxed } from "../../model/types/type.ts";
import { bareName, type TypeEntry } from "../../model/types/typeIndex.ts";
import { defineRule } from "../rule.ts";
import { cacheNames } from "./shared/caches/cacheNames.ts";
import { usesInEffect } from "./shared/caches/cachingOff.ts";

export const cacheKeyNeverMatches = defineRule({
  id: "java/cache-key-never-matches",
  title: "A cache key that no other call can have",
  language: "java",
  certainty: "proven",
  cost: "every call misses and leaves one more entry behind, or the old value stays for good",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html#cache-annotations-cacheable-default-key",
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html#cache-spel-context",
  ],
  messages: {
    other: "{{label}} touches {{cache}} by {{own}}, {{reader}} reads it by {{theirs}}",
    identity: "{{type}} is the key of {{cache}} and has no equals: no call finds another's entry",
  },

  check({ file, model, report }) {
    const uses = usesInEffect(model, file.file);
    if (uses.length === 0 || model.configuration.codeSettles("own-cache-keys", file.file)) return;
    for (const use of uses) {
      if (use.kind === "read") {
        const type = identityKey(model, use, file.file);
        if (type !== undefined) report({ at: use.at, message: "identity", data: { type, cache: cacheNames(use) } });
        continue;
      }
      if (use.allEntries) continue;
      const own = shapeOf(model, use);
      for (const cache of own === undefined ? [] : use.names) {
        const readers = model.cacheUses.usesOf(cache).filter(({ kind }) => kind === "read");
        const shapes = readers.map((reader) => shapeOf(model, reader));
        const [first] = readers;
        if (first === undefined || own === undefined || shapes.some((shape) => shape === undefined || mayBe(own, shape))) continue;
        report({
          at: use.at,
          message: "other",
          data: { label: use.label, cache, own, reader: first.label, theirs: shapes[0] as string },
          related: readers.map(({ at, label }) => ({ at, message: `${label} reads ${cache}` })),
        });
      }
    }
  },
});

/** A parameter may be the text that others write down, and texts that are put together may begin alike. */
function mayBe(own: string, theirs: string): boolean {
  if (own === theirs || (own === "String" && theirs.startsWith("'"))) return true;
  if ((isOwnType(own) && !isConcrete(theirs) && isTypeName(theirs)) || (isOwnType(theirs) && !isConcrete(own) && isTypeName(own)))
    return true;
  const [a, b] = [beginningOf(own), beginningOf(theirs)];
  if (a === undefined || b === undefined) return a?.isWhole === false && theirs === "String";
  return (b.text.startsWith(a.text) && !a.isWhole) || (a.text.startsWith(b.text) && !b.isWhole);
}

/** `'user:'` of "'user:' + …", which goes on, and of "'user:'", which does not. */
function beginningOf(shape: string): { readonly text: string; readonly isWhole: boolean } | undefined {
  const found = /^'([^']*)'( \+ …)?$/.exec(shape);
  return found === null ? undefined : { text: found[1] as string, isWhole: found[2] === undefined };
}

/** `#board + '-' + #page` and `'user:' + #id` are texts; an empty one may be a number's own. */
const CONCATENATION = /^\s*(?:'[^']+'|#\w+(?:\.\w+(?:\(\))?)*)(?:\s*\+\s*(?:'[^']+'|#\w+(?:\.\w+(?:\(\))?)*))+\s*$/;

/**
 * What a key is: the type of one value, the types of several, "nothing" of none, a text, or how it begins; undefined where that is not
 * known.
 */
function shapeOf(model: Model, use: CacheUse): string | undefined {
  const { key, parameters, ownKeys } = use;
  if (ownKeys) return undefined;
  if (key === undefined) {
    const types = parameters.map(({ type }) => boxed(bareName(type)));
    if (parameters.some(({ type }) => !isConcrete(boxed(type)) && !isOwnValue(model, use, type))) return undefined;
    return types.length === 0 ? "nothing" : types.length === 1 ? types[0] : `(${types.join(", ")})`;
  }
  const text = /^\s*'([^']*)'\s*$/.exec(key);
  if (text !== null) return `'${text[1]}'`;
  if (CONCATENATION.test(key) && key.includes("'")) {
    const [front] = /^'[^']*'/.exec(key.trim()) ?? [];
    return front === undefined ? "String" : `${front} + …`;
  }
  const path = /^\s*#(\w+)(?:\.(\w+)(?:\(\))?)?\s*$/.exec(key);
  if (path === null) return undefined;
  const [, name = "", property] = path;
  const index = /^[ap](\d+)$/.exec(name)?.[1];
  const parameter =
    parameters.find((candidate) => candidate.name === name) ?? (index === undefined ? undefined : parameters[Number(index)]);
  if (parameter === undefined) return undefined;
  const type = property === undefined ? parameter.type : propertyOf(model, use, parameter.type, property);
  if (type === undefined) return undefined;
  return isConcrete(boxed(type)) || isOwnValue(model, use, type) ? boxed(type) : undefined;
}

/** A class of the workspace: what Java's own values are, it never equals. Of two of its own, one may extend the other. */
function isOwnValue(model: Model, use: CacheUse, type: string): boolean {
  const entry = /[[<]/.test(type) ? undefined : declaredAt(model, use, type);
  return entry !== undefined && (entry.type.kind === "class" || entry.type.kind === "record" || entry.type.kind === "enum");
}

function propertyOf(model: Model, use: CacheUse, type: string, property: string): string | undefined {
  const entry = declaredAt(model, use, type);
  const name = property.replace(/^(?:get|is)(\p{Lu})/u, (_, first: string) => first.toLowerCase());
  const found = entry === undefined ? undefined : model.types.fieldOf(entry, name);
  return found?.field.type;
}

/** The declaration of a type that a method of the workspace names. */
function declaredAt(model: Model, { method, at }: CacheUse, type: string): TypeEntry | undefined {
  const owner = model.types.declared(method.slice(0, method.indexOf("#")), at.file);
  if (owner === undefined) return undefined;
  return model.types.entryOf(model.types.resolve(type, { file: owner.file, type: owner.type }), at.file);
}

/** Values of other types may be equal all the same: a Serializable, a type variable, an interface. */
const isConcrete = (type: string): boolean =>
  /^(?:Long|Integer|Short|Boolean|Character|String|UUID|LocalDate|Instant)$/.test(type) || /(?:Id|DTO|Dto|Request)$/.test(type);

const isTypeName = (shape: string): boolean => /^\p{Lu}\w*$/u.test(shape);
const isOwnType = (shape: string): boolean => isTypeName(shape) && !isConcrete(shape);

/** The type of a parameter that makes the key and is compared by identity. */
function identityKey(model: Model, use: CacheUse, file: string): string | undefined {
  if (use.ownKeys || use.key !== undefined) return undefined;
  for (const { type } of use.parameters) {
    const entry = declaredAt(model, use, type);
    if (entry === undefined || entry.type.kind !== "class" || entry.type.modifiers.includes("abstract")) continue;
    const lineage = model.types.lineage(entry);
    const compares = lineage.some(
      ({ type: above }) =>
        above.methods.some(({ name }) => name === "equals") ||
        annotationNamed(above.annotations, "Data", "Value", "EqualsAndHashCode", "AutoValue") !== undefined,
    );
    // A supertype of a library may compare by value.
    const known = lineage.every(
      ({ type: above }) =>
        above.superclass === undefined ||
        model.types.declared(model.types.resolveName(above.superclass, { file: entry.file, type: above }), file) !== undefined,
    );
    if (!compares && known) return entry.type.name;
  }
  return undefined;
}
