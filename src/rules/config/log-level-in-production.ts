import { defineRule } from "../rule.ts";
import { changeVariable, containerSettings, dottedKey } from "./containerSettings.ts";
import { changeValues, perDocument, productionSettings, quietLevel } from "./productionSettings.ts";

export const logLevelInProduction = defineRule({
  id: "config/log-level-in-production",
  title: "Frameworks log each of their steps in production",
  language: ["config", "container"],
  certainty: "proven",
  cost: "a few lines of log for each request, tens for the root logger, written by the threads that serve it",
  references: [
    "https://docs.spring.io/spring-boot/reference/features/logging.html#features.logging.log-levels",
    "https://logback.qos.ch/manual/appenders.html#AsyncAppender",
  ],
  messages: { chatty: "{{key}} is {{value}} {{where}}", several: "{{key}} is {{value}} {{where}}, and {{more}} more" },
  toldOnceAlike: ["chatty", "several"],

  check({ file, model, report }) {
    if (file.language === "container") {
      const given = containerSettings(file, model.configuration, (setting) => {
        const key = dottedKey(setting);
        return isLevel(key) && isFramework(key) ? key : undefined;
      });
      for (const one of given)
        if (CHATTY.test(one.value))
          report({
            at: one.setting.at,
            message: "chatty",
            data: { key: one.setting.name, value: one.value, where: one.where },
            certainty: one.overridable ? "likely" : "proven",
            fixes: changeVariable(one, quietLevel(one.value)),
          });
      return;
    }
    const found = [...productionSettings(file, model.configuration, isFramework)].filter(
      ({ property, value }) => value !== undefined && (isLevel(property.key) ? CHATTY : /^true$/i).test(value),
    );
    for (const [first, ...others] of perDocument(found))
      report({
        at: first.property.keySpan,
        message: others.length === 0 ? "chatty" : "several",
        data: { key: first.property.key, value: first.value ?? "", where: first.where, more: others.length },
        certainty: first.overridable ? "likely" : "proven",
        related: others.map(({ property }) => ({ at: { file: file.file, ...property.keySpan }, message: "logs each step, too" })),
        fixes: changeValues(
          file.file,
          [first, ...others].map(({ property }) => [property, isLevel(property.key) ? quietLevel(property.value) : "false"]),
        ),
      });
  },
});

const CHATTY = /^(?:debug|trace|all)$/i;
const isLevel = (key: string): boolean => /^logging\./i.test(key);

/** The root logger and those of the frameworks that work at each request; `debug` and `trace` switch a set of them on. */
function isFramework(key: string): boolean {
  return /^(?:debug|trace)$|^logging\.level\.(?:root|org|org\.springframework|org\.springframework\.(?:web|security|data|orm|transaction|cache|http)|org\.hibernate|org\.apache|org\.apache\.(?:tomcat|catalina|coyote|http|kafka)|io\.netty|reactor\.netty|io\.lettuce|web)$/.test(
    key,
  );
}
