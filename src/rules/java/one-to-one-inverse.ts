import { defineRule } from "../rule.ts";
import { withGraphs } from "./edits/fetching/fetchPlan.ts";
import { isAskedAtOnce } from "./shared/mapping/inverseSides.ts";
import { listsWithout, saidOf } from "./shared/mapping/listsWithout.ts";
import { mappingsIn } from "./shared/mapping/mappings.ts";

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
      const lists = isAskedAtOnce(model, mapping) ? listsWithout(model, mapping) : [];
      if (lists.length === 0) continue;
      const { attribute, entity } = mapping;
      const { data, related } = saidOf(lists);
      const target = model.persistence.entity(attribute.type);
      const gap = { path: attribute.name, owner: entity, attribute, target };
      report({
        at: attribute.at,
        message: "asked",
        data: { association: `${entity.name}.${attribute.name}`, ...data },
        related,
        fixes: withGraphs(model, lists, [gap]),
      });
    }
  },
});
