import type { JavaType } from "../../../../facts/java/javaFacts.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";

/** Whether an entity has a listener that may do anything; that of Spring Data's auditing sets dates and users only. */
export function hasOwnListener({ annotations }: JavaType): boolean {
  const listeners = annotationNamed(annotations, "EntityListeners")?.values ?? [];
  return listeners
    .flatMap(({ value }) => (value.kind === "array" ? value.values : [value]))
    .some((value) => value.kind !== "reference" || !/(?:^|\.)AuditingEntityListener(?:\.class)?$/.test(value.name));
}
