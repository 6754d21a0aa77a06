import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { isImmutable, isOfKinds, type Mapping, mappingsIn, mayChange, simple } from "./shared/mapping/mappings.ts";

export const unidirectionalOneToMany = defineRule({
  id: "java/unidirectional-one-to-many",
  title: "A @OneToMany that owns its keys",
  language: "java",
  certainty: "likely",
  cost: "one more statement per added or removed element",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#associations-one-to-many-unidirectional",
  ],
  messages: {
    bag: "{{association}} is a list in a join table: one removal deletes and inserts all of its rows",
    joinTable: "{{association}} has no mappedBy: each {{target}} takes one more row, in a join table",
    joinColumn: "{{association}} has no mappedBy: each added {{target}} takes one more UPDATE",
  },

  check({ file, model, report }) {
    for (const mapping of mappingsIn(model, file)) {
      const { attribute, entity, annotations } = mapping;
      if (attribute.kind !== "toMany" || attribute.mappedBy !== undefined || attribute.container === "map") continue;
      if (annotationNamed(annotations, "OneToMany") === undefined || isImmutable(mapping) || isReadOnly(mapping)) continue;
      const joins = annotationNamed(annotations, "JoinColumn", "JoinColumns") !== undefined;
      const bag = !joins && attribute.container === "list" && !attribute.ordered && mayChange(model, mapping);
      report({
        at: attribute.at,
        message: bag ? "bag" : joins ? "joinColumn" : "joinTable",
        data: { association: `${entity.name}.${attribute.name}`, target: simple(attribute.type) },
        ...(bag ? { severity: "warning" as const, cost: "1 DELETE of all rows and an INSERT for each that stays, for one that goes" } : {}),
        // An UPDATE by the key for each row that is inserted all the same; what hangs on kinds is little, and seldom changed.
        ...(joins || isOfKinds(model, mapping) ? { severity: "hint" as const } : {}),
      });
    }
  },
});

/** The other side writes the column. */
function isReadOnly({ annotations }: Mapping): boolean {
  const column = annotationNamed(annotations, "JoinColumn");
  return ["insertable", "updatable"].some((argument) => {
    const value = annotationValue(column, argument);
    return value?.kind === "boolean" && !value.value;
  });
}
