import type { Model } from "../../model/model.ts";
import { eagerGaps, isGrouped } from "../../model/persistence/loading/fetchGaps.ts";
import type { Selection } from "../../model/persistence/repositories/selection.ts";
import { defineRule } from "../rule.ts";
import { decidesForServletApplication, isSetOutside, placeFor, setKey } from "./application.ts";

const KEY = "spring.jpa.properties.hibernate.default_batch_fetch_size";

/** One query is better told its fetch plan. */
const SEVERAL = 3;

export const noBatchFetch = defineRule({
  id: "config/no-batch-fetch",
  title: "Associations of several queries are loaded one by one, and no batch size is set",
  language: "config",
  certainty: "likely",
  cost: "N queries where N / batch size would do",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#fetching-batch",
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
  ],
  messages: { unset: "default_batch_fetch_size is not set: {{count}} queries load associations row by row" },
  toldOnce: ["unset"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForServletApplication(file, configuration)) return;
    if (!configuration.buildOf(file.file).has("spring-boot-starter-data-jpa", "spring-data-jpa")) return;
    // Whoever writes it down, 1 or 100, has decided.
    if (configuration.everyValue(KEY, file.file).length > 0 || isSetOutside(configuration, file.file, KEY)) return;
    const at = placeFor(KEY, file.config);
    const queries = at === undefined ? [] : rowByRow(model, file.file);
    if (at === undefined || queries.length < SEVERAL) return;
    report({
      at,
      message: "unset",
      data: { count: queries.length },
      related: queries.slice(0, SHOWN).flatMap(({ at: place, label }) => (place === undefined ? [] : [{ at: place, message: label }])),
      fixes: [setKey(file.file, KEY, "16")],
    });
  },
});

const SHOWN = 10;

/** The application's declared queries of many rows whose EAGER associations come with further statements, one owner at a time. */
function rowByRow(model: Model, file: string): readonly Selection[] {
  const { configuration } = model;
  const modules = new Set([configuration.moduleOf(file), ...configuration.buildOf(file).dependsOn]);
  return model.persistence
    .repositories()
    .filter(({ at }) => modules.has(configuration.moduleOf(at.file)))
    .flatMap(({ qualified }) => model.persistence.selectionsOf(qualified))
    .filter((selection) => eagerGaps(model.persistence, selection).some((gap) => !isGrouped(gap)));
}
