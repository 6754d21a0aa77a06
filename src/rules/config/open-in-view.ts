import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import type { Model } from "../../model/model.ts";
import { MOST_BESIDE } from "../alike.ts";
import type { RelatedPlace } from "../finding.ts";
import { readsByOpenView } from "../java/shared/requests/openView.ts";
import { defineRule } from "../rule.ts";
import { decidesForServletApplication, forProduction, isSetOutside, leavesOut, placeFor, setKey } from "./application.ts";
import { changeVariable, takenBack } from "./containerSettings.ts";

const KEY = "spring.jpa.open-in-view";
const JPA = ["spring-boot-starter-data-jpa", "spring-data-jpa"];

export const openInView = defineRule({
  id: "config/open-in-view",
  title: "Open Session in View left at its default",
  language: ["config", "container"],
  certainty: "proven",
  cost: "a connection is held from the first query until the response is written",
  references: [
    "https://docs.spring.io/spring-boot/reference/data/sql.html#data.sql.jpa-and-spring-data.open-entity-manager-in-view",
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.data.spring.jpa.open-in-view",
  ],
  messages: {
    unset: "spring.jpa.open-in-view is not set: requests keep their connection until the response",
    needed: "spring.jpa.open-in-view is not set, and {{count}} outside of transactions",
    takenBack: "{{key}} is true {{where}}, although the application switches it off",
  },
  toldOnce: ["unset", "needed"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (file.language === "container") {
      for (const { given, said } of takenBack(file, configuration, KEY, false))
        report({
          at: given.setting.at,
          message: "takenBack",
          data: { key: given.setting.name, where: given.where },
          certainty: given.overridable ? "likely" : "proven",
          related: [{ at: said, message: "switched off here" }],
          fixes: changeVariable(given, "false"),
        });
      return;
    }
    if (!decidesForServletApplication(file, configuration)) return;
    if (!configuration.buildOf(file.file).has(...JPA)) return;
    // Whoever writes it down, true or false, has decided.
    if (forProduction(configuration.everyValue(KEY, file.file), configuration).length > 0 || isSetOutside(configuration, file.file, KEY))
      return;
    if (configuration.codeSettles("own-open-in-view", file.file) || leavesOut("HibernateJpaAutoConfiguration", configuration, file.file))
      return;
    if (mayHaveNoDatabase(configuration, file.file)) return;
    const at = placeFor(KEY, file.config);
    if (at === undefined) return;
    const needing = readsNeedingView(model, file.file);
    if (needing.length === 0) report({ at, message: "unset", fixes: [setKey(file.file, KEY, "false")] });
    else
      report({
        at,
        message: "needed",
        data: { count: spoken(needing.length) },
        related: needing.slice(0, MOST_BESIDE),
      });
  },
});

/**
 * Whether JPA may only be there because another module has it: the class that starts the application is not read, which may leave it
 * out, and nobody names a database.
 */
function mayHaveNoDatabase(configuration: ConfigurationModel, file: string): boolean {
  const { dependsOn, has } = configuration.buildOf(file);
  if (dependsOn.length === 0 || configuration.codeSettles("application", file) || has("h2", "hsqldb", "derby")) return false;
  return (
    configuration.everyValueBelow("spring.datasource", file).length === 0 &&
    configuration.inEnvironmentBelow("spring.datasource", file).length === 0
  );
}

/** Places of the application that a file configures which would fail, or find less, without the session of the view. */
function readsNeedingView(model: Model, file: string): readonly RelatedPlace[] {
  const { configuration } = model;
  return readsByOpenView(model, new Set([configuration.moduleOf(file), ...configuration.buildOf(file).dependsOn]), MOST_BESIDE + 1);
}

const spoken = (places: number): string => {
  if (places > MOST_BESIDE) return `more than ${MOST_BESIDE} places load lazily`;
  return places === 1 ? "1 place loads lazily" : `${places} places load lazily`;
};
