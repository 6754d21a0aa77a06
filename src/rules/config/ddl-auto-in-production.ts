import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { booleanOf } from "../../model/configuration/placeholders.ts";
import { defineRule } from "../rule.ts";
import { changeVariable, containerSettings, keysOf } from "./containerSettings.ts";
import { changeValues, productionSettings } from "./productionSettings.ts";

export const ddlAutoInProduction = defineRule({
  id: "config/ddl-auto-in-production",
  title: "Hibernate changes the schema beside the migrations",
  language: ["config", "container"],
  certainty: "proven",
  cost: "reads the whole catalogue at start, and changes tables without their indexes, under locks, at the time of deployment",
  references: [
    "https://docs.spring.io/spring-boot/how-to/data-initialization.html#howto.data-initialization.using-hibernate",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#schema-generation",
  ],
  messages: {
    changes: "{{key}} is {{value}} {{where}}, although {{tool}} owns the schema",
    drops: "{{key}} is {{value}} {{where}}: it drops the tables of {{tool}} at each start",
  },
  toldOnceAlike: ["changes", "drops"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (file.language === "container") {
      for (const given of containerSettings(file, configuration, KEY_OF)) {
        const { setting, value, where, near, overridable } = given;
        const tool = near === undefined || !CHANGES.test(value) ? undefined : migrationTool(configuration.buildOf(near).has);
        if (near === undefined || tool === undefined || isOff(tool, [undefined], configuration, near)) continue;
        if (configuration.inEnvironment(`spring.${tool.toLowerCase()}.enabled`, near).length > 0) continue;
        report({
          at: setting.at,
          ...saidOf(value),
          data: { key: setting.name, value, where, tool },
          certainty: overridable ? "likely" : "proven",
          fixes: changeVariable(given, "validate"),
        });
      }
      return;
    }
    for (const { property, value, overridable, where, onProfile } of productionSettings(file, configuration, (key) => KEYS.has(key))) {
      const isGenerated = GENERATES.test(property.key);
      if (value === undefined || !(isGenerated ? booleanOf(value) && leavesToVendor(configuration, file.file) : CHANGES.test(value)))
        continue;
      const tool = migrationTool((...artifacts) => configuration.buildOf(file.file).has(...artifacts));
      const profiles = [undefined, configuration.profileOf(file), onProfile];
      if (tool === undefined || isOff(tool, profiles, configuration, file.file)) continue;
      report({
        at: property.keySpan,
        ...saidOf(value),
        data: { key: property.key.replace(/^spring\.jpa\.(?:properties\.)?/, ""), value, where, tool },
        certainty: overridable ? "likely" : "proven",
        fixes: changeValues(file.file, [[property, isGenerated ? "false" : "validate"]]),
      });
    }
  },
});

/** What `create` and `create-drop` do first is to drop every table that is mapped. */
const saidOf = (value: string): { readonly message: "changes" | "drops"; readonly cost?: string } =>
  /^create(?:-drop)?$/i.test(value) ? { message: "drops", cost: "the rows of all mapped tables, at each start" } : { message: "changes" };

const CHANGES = /^(?:update|create|create-drop|create-only)$/i;
const HIBERNATE_KEYS = ["spring.jpa.hibernate.ddlauto", "spring.jpa.properties.hibernate.hbm2ddl.auto"];
const KEYS: ReadonlySet<string> = new Set([...HIBERNATE_KEYS, "spring.jpa.generateddl"]);
const KEY_OF = keysOf(HIBERNATE_KEYS);
const GENERATES = /generate-?ddl$/i;

/** `generate-ddl` stands for `update` where no key of Hibernate's own says more than `none` (`HibernateJpaVendorAdapter`). */
const leavesToVendor = (configuration: ConfigurationModel, file: string): boolean =>
  HIBERNATE_KEYS.every((key) => configuration.everyValue(key, file).every(({ value }) => value === "none"));

/** Whether these profiles switch the tool off: then Hibernate makes the schema alone, or writes it into a file. */
function isOff(tool: string, profiles: readonly (string | undefined)[], configuration: ConfigurationModel, file: string): boolean {
  const settings = configuration.everyValue(`spring.${tool.toLowerCase()}.enabled`, file);
  return settings.some(({ value, profile }) => profiles.includes(profile) && booleanOf(value) === false);
}

function migrationTool(has: (...artifacts: readonly string[]) => boolean): string | undefined {
  if (has("flyway-core", "flyway-database-postgresql", "flyway-mysql", "spring-boot-starter-flyway")) return "Flyway";
  return has("liquibase-core", "spring-boot-starter-liquibase") ? "Liquibase" : undefined;
}
