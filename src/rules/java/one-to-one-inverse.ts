import type { Model } from "../../model/model.ts";
import { fetches, type Selection } from "../../model/persistence/selection.ts";
import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { type Mapping, mappingsIn } from "./shared/mappings.ts";

export const oneToOneInverse = defineRule({
  id: "java/one-to-one-inverse",
  title: "The inverse side of a one-to-one, asked for row by row",
  language: "java",
  certainty: "proven",
  cost: "1 + N queries, N rows of the owner's query",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#associations-one-to-one-bidirectional-lazy",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#BytecodeEnhancement",
  ],
  messages: { asked: "{{association}} is asked for with a query per row of {{query}}{{more}}" },

  check({ file, model, report }) {
    for (const mapping of mappingsIn(model, file)) {
      const { attribute, entity, annotations } = mapping;
      if (attribute.kind !== "toOne" || attribute.mappedBy === undefined) continue;
      // There always is one, so a proxy can stand for it.
      const optional = annotationValue(annotationNamed(annotations, "OneToOne"), "optional");
      if (attribute.fetch === "lazy" && optional?.kind === "boolean" && !optional.value) continue;
      if (annotationNamed(annotations, "LazyToOne", "LazyGroup") !== undefined || isEnhanced(model, file.file)) continue;
      const [first, ...others] = listsWithout(model, mapping);
      if (first === undefined) continue;
      report({
        at: attribute.at,
        message: "asked",
        data: {
          association: `${entity.name}.${attribute.name}`,
          query: first.label,
          more: others.length === 0 ? "" : ` and ${others.length} more`,
        },
        related: [first, ...others].flatMap(({ at, label }) => (at === undefined ? [] : [{ at, message: `${label} does not fetch it` }])),
      });
    }
  },
});

/** The queries for many rows of the owner that leave the association out. */
function listsWithout(model: Model, { entity, attribute }: Mapping): readonly Selection[] {
  return model.persistence
    .repositories()
    .filter((repository) => repository.entity === entity.qualified)
    .flatMap(({ qualified }) => model.persistence.selectionsOf(qualified))
    .filter((selection) => selection.rows === "many" && selection.entity === entity.qualified && !fetches(selection, attribute.name));
}

/** Enhanced classes learn of the other side when it is asked for. */
function isEnhanced(model: Model, file: string): boolean {
  return model.configuration.buildOf(file).plugins.some((plugin) => ENHANCERS.has(plugin));
}

const ENHANCERS: ReadonlySet<string> = new Set(["hibernate-enhance-maven-plugin", "hibernate-maven-plugin", "org.hibernate.orm"]);
