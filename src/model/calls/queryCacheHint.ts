import type { AnnotationValue, JavaAnnotation } from "../../facts/java/javaFacts.ts";
import { annotationValue } from "../types/constants.ts";
import { bareName } from "../types/typeIndex.ts";

/** Whether a repository's method asks Hibernate to keep its answers: `@QueryHints(@QueryHint(name = HINT_CACHEABLE, value = "true"))`. */
export const asksForQueryCache = (annotations: readonly JavaAnnotation[]): boolean =>
  annotations.some(
    (annotation) =>
      bareName(annotation.name) === "QueryHints" && annotation.values.some(({ name, value }) => name === "value" && isHint(value)),
  );

function isHint(value: AnnotationValue): boolean {
  if (value.kind === "array") return value.values.some(isHint);
  if (value.kind !== "annotation") return false;
  const name = annotationValue(value.annotation, "name");
  const asked = annotationValue(value.annotation, "value");
  const isCacheable =
    name?.kind === "text"
      ? /^org\.hibernate\.cacheable$/i.test(name.text)
      : name?.kind === "reference" && /(?:^|\.)(?:HINT_)?CACHEABLE$/.test(name.name);
  return isCacheable && asked?.kind === "text" && asked.text.toLowerCase() === "true";
}
