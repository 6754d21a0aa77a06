import { defineRule } from "../rule.ts";
import { changeValue, productionSettings } from "./productionSettings.ts";

export const logLevelInProduction = defineRule({
  id: "config/log-level-in-production",
  title: "Frameworks log each of their steps in production",
  language: "config",
  certainty: "proven",
  cost: "a few lines of log for each request, tens for the root logger, written by the threads that serve it",
  references: [
    "https://docs.spring.io/spring-boot/reference/features/logging.html#features.logging.log-levels",
    "https://logback.qos.ch/manual/appenders.html#AsyncAppender",
  ],
  messages: { chatty: "{{key}} is {{value}} {{where}}" },

  check({ file, model, report }) {
    for (const { property, value, overridable, where } of productionSettings(file, model.configuration, isFramework)) {
      const isLevel = /^logging\./i.test(property.key);
      if (value === undefined || !(isLevel ? /^(?:debug|trace|all)$/i : /^true$/i).test(value)) continue;
      report({
        at: property.keySpan,
        message: "chatty",
        data: { key: property.key, value, where },
        certainty: overridable ? "likely" : "proven",
        fixes: [changeValue(file.file, property, isLevel ? "INFO" : "false")],
      });
    }
  },
});

/** The root logger and those of the frameworks that work at each request; `debug` and `trace` switch a set of them on. */
function isFramework(key: string): boolean {
  return /^(?:debug|trace)$|^logging\.level\.(?:root|org|org\.springframework|org\.springframework\.(?:web|security|data|orm|transaction|cache|http)|org\.hibernate|org\.apache|org\.apache\.(?:tomcat|catalina|coyote|http|kafka)|io\.netty|reactor\.netty|io\.lettuce|web)$/.test(
    key,
  );
}
