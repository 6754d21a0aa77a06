import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import { namesFewValues } from "../../model/persistence/scans/indexNeed.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication, isSetOutside, placeFor, setKey } from "./application.ts";

const PADDING = "spring.jpa.properties.hibernate.query.in_clause_parameter_padding";
/** Hibernate may stand beside them in one workspace, in a module of its own (hawkbit). */
const OTHER_PROVIDERS = ["eclipselink", "org.eclipse.persistence.jpa"];
const JPA = ["spring-boot-starter-data-jpa", "spring-data-jpa", "hibernate-core"];

export const jpaSafety = defineRule({
  id: "config/jpa-safety",
  title: "A setting of Hibernate that this code would gain from",
  language: "config",
  certainty: "possible",
  cost: "one query plan for each length of a list",
  references: ["https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#settings-query"],
  messages: {
    padding: "{{query}} has as many texts as its list has lengths: in_clause_parameter_padding is off",
  },
  toldOnce: ["padding"],

  check({ file, model, report }) {
    const { configuration } = model;
    const build = configuration.buildOf(file.file);
    if (!decidesForApplication(file, configuration) || !build.has(...JPA) || build.has(...OTHER_PROVIDERS)) return;
    const at =
      configuration.everyValue(PADDING, file.file).length > 0 || isSetOutside(configuration, file.file, PADDING)
        ? undefined
        : placeFor(PADDING, file.config);
    const query = at === undefined ? undefined : listQuery(model, file);
    if (at === undefined || query === undefined) return;
    report({
      at,
      message: "padding",
      data: { query: shortened(`${simple(query.repository)}.${query.method}`) },
      related: [{ at: query.at, message: "a list of any length is compared with here" }],
      fixes: [setKey(file.file, PADDING, "true")],
    });
  },
});

const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 39)}…` : name);

/** A query of the application that compares with a list which Hibernate writes out. */
function listQuery({ persistence, configuration }: Model, file: ConfigFile): Query | undefined {
  const modules = new Set([configuration.moduleOf(file.file), ...configuration.buildOf(file.file).dependsOn]);
  for (const { qualified } of persistence.repositories()) {
    const found = persistence.queriesOf(qualified).find(
      ({ source, scans }) =>
        source !== "native" &&
        // A list of states has as many lengths as there are states.
        scans.some(({ tests }) =>
          tests.some(({ column, test, constant, fewValues }) => test === "in" && !constant && !fewValues && !namesFewValues(column)),
        ),
    );
    if (found !== undefined && modules.has(configuration.moduleOf(found.at.file))) return found;
  }
  return undefined;
}

const simple = (qualified: string): string => qualified.slice(qualified.lastIndexOf(".") + 1);
