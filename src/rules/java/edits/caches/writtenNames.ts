import type { AnnotationValue } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { constantText } from "../../../../model/types/constants.ts";
import type { TypeEntry } from "../../../../model/types/typeIndex.ts";

/** A name as code writes it: `"owners"`, or the project's own constant. */
export interface WrittenName {
  readonly text: string;
  /** Qualified names that it needs. */
  readonly imports: readonly string[];
}

/** The name of a cache as the annotations that read it write it, where a class sees the same constant. */
export function writtenName(model: Model, cache: string, from: TypeEntry): WrittenName {
  for (const { kind, method } of model.cacheUses.usesOf(cache)) {
    const declared = kind === "read" ? model.calls.method(method)?.declared : undefined;
    const values = declared?.method.annotations.flatMap(({ values }) => values.flatMap(({ value }) => referencesIn(value))) ?? [];
    for (const name of values) {
      if (declared === undefined || constantText({ kind: "reference", name }, declared.owner, model.types) !== cache) continue;
      const seen = seenFrom(model, name, declared.owner, from);
      if (seen !== undefined) return seen;
    }
  }
  return { text: `"${cache}"`, imports: [] };
}

const referencesIn = (value: AnnotationValue): readonly string[] =>
  value.kind === "array" ? value.values.flatMap(referencesIn) : value.kind === "reference" ? [value.name] : [];

/** `CacheNames.OWNERS` of a class that the other one may import; a constant of the reading class itself is its own affair. */
function seenFrom({ types, configuration }: Model, name: string, reader: TypeEntry, from: TypeEntry): WrittenName | undefined {
  const [, holder, field] = /^(?:\w+\.)*?(\w+)\.(\w+)$/.exec(name) ?? [];
  if (holder === undefined || field === undefined) return undefined;
  const entry = types.declared(types.resolveName(name.slice(0, -field.length - 1), reader), reader.file.file);
  if (entry === undefined || entry.type.name !== holder || entry.type.outer >= 0) return undefined;
  const { qualified, kind, modifiers } = entry.type;
  const declared = types.fieldOf(entry, field)?.field;
  const isShared = kind === "interface" || (modifiers.includes("public") && declared?.modifiers.includes("public") === true);
  const isNear = entry.file.java.packageName === from.file.java.packageName && declared?.modifiers.includes("private") === false;
  const { module, dependsOn } = configuration.buildOf(from.file.file);
  const home = configuration.moduleOf(entry.file.file);
  if (!(isShared || isNear) || (home !== module && !dependsOn.includes(home))) return undefined;
  const another = from.file.java.imports.some((one) => !one.isStatic && one.name !== qualified && one.name.endsWith(`.${holder}`));
  return another ? undefined : { text: `${holder}.${field}`, imports: [qualified] };
}
