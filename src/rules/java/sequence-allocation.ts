import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";

export const sequenceAllocation = defineRule({
  id: "java/sequence-allocation",
  title: "Each insert asks the sequence for one key",
  language: "java",
  certainty: "likely",
  cost: "1 query per inserted row; with 50 keys at a time it is 1 per 50 rows",
  references: ["https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#identifiers-generators-sequence"],
  messages: { one: "{{generator}} asks its sequence for one key at a time" },

  check({ file, model, report }) {
    for (const type of file.java.types) {
      const entity = model.persistence.entity(type.qualified);
      // Annotations stand at the class, at the key's field, or at its getter.
      for (const { annotations } of entity === undefined ? [] : [type, ...type.fields, ...type.methods]) {
        const generator = annotationNamed(annotations, "SequenceGenerator");
        const size = annotationValue(generator, "allocationSize");
        if (generator === undefined || size?.kind !== "number" || size.number !== 1) continue;
        const name = annotationValue(generator, "sequenceName") ?? annotationValue(generator, "name");
        report({
          at: generator.span,
          message: "one",
          data: { generator: name?.kind === "text" ? name.text : type.name },
        });
      }
    }
  },
});
