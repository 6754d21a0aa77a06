import { versionAtLeast } from "../../model/configuration/versions.ts";
import { isAskedForAll } from "../../model/persistence/repositories/repositoryUses.ts";
import { defineRule } from "../rule.ts";
import { collectionsFetched, declaredAt, entryOf, fetchingIn } from "./shared/mapping/selections.ts";

/** From here on Hibernate limits the rows of the owner in SQL. */
const LIMITS_IN_SQL = "7.4";

export const collectionFetchPaging = defineRule({
  id: "java/collection-fetch-paging",
  title: "A page that is cut in memory because a collection is fetched with it",
  language: "java",
  certainty: "proven",
  cost: "every matching row is loaded for each page",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#hql-pagination",
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
  ],
  messages: {
    memory: "{{query}} fetches {{path}}, so its page is cut in memory{{entry}}",
    cuts: "{{query}} fetches {{path}} by its graph: the limit of its text cuts them{{entry}}",
    fails: "{{query}} fetches {{path}} with a page, which fail_on_pagination_over_collection_fetch refuses",
  },

  check({ file, model, report }) {
    for (const { selection, at, method } of fetchingIn(model, file)) {
      // Of a text in a body one row is mostly asked for by its key.
      if (!selection.paged || selection.source === "native" || (selection.at === undefined && selection.rows === "one")) continue;
      const [first] = collectionsFetched(model, selection);
      if (first === undefined || isAskedForAll(model.persistence.uses.of(method))) continue;
      const { hibernate } = model.configuration.buildOf(file.file);
      if (hibernate !== undefined && versionAtLeast(hibernate, LIMITS_IN_SQL)) continue;
      const fails = model.configuration
        .everyValue("spring.jpa.properties.hibernate.query.fail_on_pagination_over_collection_fetch", file.file)
        .some(({ value }) => value.trim() === "true");
      report({
        at,
        // A graph joins behind the limit that stands in the statement, which then counts the joined rows (run by Hibernate 6.5 and 6.6).
        message: fails ? "fails" : selection.limited && selection.graph !== undefined ? "cuts" : "memory",
        data: { query: selection.label, path: first.path, entry: entryOf(model, method) },
        cost: `every ${selection.entity.slice(selection.entity.lastIndexOf(".") + 1)} that matches is loaded, with its ${first.attribute.name}, for each page`,
        related: [declaredAt(first), ...model.effects.chainTo(method)],
        ...(hibernate === undefined ? { certainty: "likely" as const } : {}),
        // What nothing is known to run may be left over from a generator, and breaks nothing.
        severity: hibernate === undefined || model.effects.reachedFrom(method) === undefined ? "warning" : "error",
      });
    }
  },
});
