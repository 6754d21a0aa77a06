import type { Model } from "../../model/model.ts";
import { attributeOf, sharesKey } from "../../model/persistence/mapping/entity.ts";
import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { isEnhanced, listsWithout, saidOf } from "./shared/listsWithout.ts";
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
      if (hasProxy(model, mapping) || annotationNamed(annotations, "LazyToOne", "LazyGroup") !== undefined) continue;
      if (isEnhanced(model, file.file)) continue;
      const lists = listsWithout(model, mapping);
      if (lists.length === 0) continue;
      const { data, related } = saidOf(lists);
      report({ at: attribute.at, message: "asked", data: { association: `${entity.name}.${attribute.name}`, ...data }, related });
    }
  },
});

/**
 * Whether a proxy can stand for the other side: there always is one, and it has the owner's key. With a key of its own it is asked
 * for even so: Hibernate 6.2, 6.6 and 7.0 send 6 statements for 5 rows.
 */
function hasProxy(model: Model, { attribute, annotations }: Mapping): boolean {
  const optional = annotationValue(annotationNamed(annotations, "OneToOne"), "optional");
  if (attribute.fetch !== "lazy" || optional?.kind !== "boolean" || optional.value) return false;
  const other = model.persistence.entity(attribute.type);
  const owning = other && attributeOf(other, attribute.mappedBy ?? "");
  // Unknown is not a finding.
  return other === undefined || owning === undefined || sharesKey(other, owning);
}
