import type { JavaAnnotation } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed, annotationValue } from "../../../../model/types/constants.ts";

/** The `@GeneratedValue` of an entity whose keys are made by the column itself, with the file that it stands in. */
export function identityKey(model: Model, entity: string): { readonly file: string; readonly annotation: JavaAnnotation } | undefined {
  const entry = model.types.declared(entity);
  for (const { file, type } of entry === undefined ? [] : model.types.lineage(entry)) {
    for (const { annotations } of [...type.fields, ...type.methods]) {
      const annotation = annotationNamed(annotations, "GeneratedValue");
      if (annotation === undefined || annotationNamed(annotations, "Id") === undefined) continue;
      const strategy = annotationValue(annotation, "strategy");
      return strategy?.kind === "reference" && /(?:^|\.)IDENTITY$/.test(strategy.name) ? { file: file.file, annotation } : undefined;
    }
  }
  return undefined;
}
