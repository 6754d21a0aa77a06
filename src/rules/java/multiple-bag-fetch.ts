import type { FetchGap } from "../../model/persistence/loading/fetchGaps.ts";
import { defineRule } from "../rule.ts";
import { collectionsFetched, declaredAt, entryOf, fetchingIn } from "./shared/mapping/selections.ts";

export const multipleBagFetch = defineRule({
  id: "java/multiple-bag-fetch",
  title: "One query fetches two bags",
  language: "java",
  certainty: "proven",
  severity: "error",
  cost: "MultipleBagFetchException: the query never runs",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/javadocs/org/hibernate/loader/MultipleBagFetchException.html",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#collections-bag",
  ],
  messages: { bags: "{{query}} fetches the bags {{first}} and {{second}} at once{{entry}}" },
  subsumes: ["java/cartesian-fetch"],

  check({ file, model, report }) {
    for (const { selection, at, method } of fetchingIn(model, file)) {
      if (selection.source === "native") continue;
      const [first, second] = collectionsFetched(model, selection).filter(isBag);
      if (first === undefined || second === undefined) continue;
      // With it a List is no bag.
      const semantics = model.configuration.value("spring.jpa.properties.hibernate.mapping.default_list_semantics", file.file);
      if (semantics !== undefined && /LIST/i.test(semantics.value)) continue;
      report({
        at,
        message: "bags",
        data: { query: selection.label, first: first.path, second: second.path, entry: entryOf(model, method) },
        related: [declaredAt(first), declaredAt(second), ...model.effects.chainTo(method)],
      });
    }
  },
});

const isBag = ({ attribute }: FetchGap): boolean => attribute.container === "list" && !attribute.ordered;
