import type { JavaMethod } from "../../../../facts/java/javaFacts.ts";
import { isDevelopmentProfile, profilesIn } from "../../../../model/configuration/profiles.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed, annotationValue, constantTexts } from "../../../../model/types/constants.ts";
import type { TypeEntry } from "../../../../model/types/typeIndex.ts";
import { contains, type Span } from "../../../../text/positions.ts";

/** Whether what is made at a place of a class is there while somebody develops or tests only: `@Profile("dev")`, `@Profile({"local", "test"})`. */
export const isMadeForDevelopment = (model: Model, owner: TypeEntry, at: Span): boolean =>
  isForDevelopment(model, owner, owner.type) ||
  owner.type.methods.some((method) => contains(method.span, at) && isForDevelopment(model, owner, method));

function isForDevelopment(model: Model, owner: TypeEntry, { annotations }: Pick<JavaMethod, "annotations">): boolean {
  const value = annotationValue(annotationNamed(annotations, "Profile"), "value");
  const expressions = value === undefined ? [] : constantTexts(value, owner, model.types);
  return (
    expressions.length > 0 &&
    expressions.every((expression) => {
      const names = profilesIn(expression);
      return names.length > 0 && names.every(isDevelopmentProfile);
    })
  );
}
