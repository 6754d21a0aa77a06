import { annotationNamed } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { isImmutable, isOfKinds, mappingsIn, mayChange } from "./shared/mapping/mappings.ts";

export const manyToManyList = defineRule({
  id: "java/many-to-many-list",
  title: "A bag whose rows are all written again when one goes",
  language: "java",
  certainty: "likely",
  cost: "1 DELETE of all rows and an INSERT for each of them, for one element that is added or removed",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#collections-bag",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#associations-many-to-many",
  ],
  messages: { bag: "{{association}} is a bag: each change deletes and inserts all of its rows" },

  check({ file, model, report }) {
    for (const mapping of mappingsIn(model, file)) {
      const { attribute, entity, annotations } = mapping;
      // The side that is mapped by the other writes nothing.
      if (attribute.container !== "list" || attribute.ordered || attribute.mappedBy !== undefined || isImmutable(mapping)) continue;
      if (annotationNamed(annotations, "ManyToMany", "ElementCollection") === undefined) continue;
      // An enum has few constants, so that all rows are few.
      if (annotationNamed(annotations, "Enumerated") !== undefined) continue;
      // Stored whole, in one column.
      if (annotationNamed(annotations, "Convert", "JdbcTypeCode", "Type") !== undefined && attribute.kind !== "elements") continue;
      if (!mayChange(model, mapping)) continue;
      report({
        at: attribute.at,
        message: "bag",
        data: { association: `${entity.name}.${attribute.name}` },
        certainty: isOfKinds(model, mapping) ? "possible" : "likely",
      });
    }
  },
});
