import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaAnnotation } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { Mapping } from "./mappings.ts";

/**
 * Whether a hash code looks into the association. A bag of Hibernate's has the hash code of its identity, and so has a proxy whose
 * entity does not write its own: neither is loaded (`PersistentBag`, `BasicLazyInitializer` of Hibernate 6.6 and 7.1).
 */
export function isReadByHash(model: Model, { attribute }: Mapping): boolean {
  if (attribute.kind !== "toOne") return attribute.container !== "list" || attribute.ordered;
  const target = model.types.declared(attribute.type);
  if (target === undefined) return false;
  return model.types
    .lineage(target)
    .some(
      ({ file, type }) =>
        type.methods.some(({ name }) => name === "hashCode" || name === "equals") ||
        HASHING.some((annotation) => lombok(file, type.annotations, annotation) !== undefined),
    );
}

const HASHING = ["EqualsAndHashCode", "Data", "Value"];

/** An annotation of Lombok, not one of the same name of somebody else. */
export function lombok(file: JavaFile, annotations: readonly JavaAnnotation[], name: string): JavaAnnotation | undefined {
  const found = annotationNamed(annotations, name);
  if (found?.name.startsWith("lombok.")) return found;
  return file.java.imports.some((declared) => declared.name === `lombok.${name}` || (declared.wildcard && declared.name === "lombok"))
    ? found
    : undefined;
}
