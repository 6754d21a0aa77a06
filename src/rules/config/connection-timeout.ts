import type { ConfigProperty } from "../../facts/config/configFacts.ts";
import { resolvePlaceholders } from "../../model/configuration/placeholders.ts";
import { SERVLET_ARTIFACTS } from "../../model/configuration/webStack.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { changeVariable, containerSettings } from "./containerSettings.ts";
import { isDocumentForDevelopment } from "./productionSettings.ts";

export const connectionTimeout = defineRule({
  id: "config/connection-timeout",
  title: "Requests wait longer for a connection than anybody waits for an answer",
  language: ["config", "container"],
  certainty: "likely",
  cost: "while the pool is empty each request keeps its thread until then, and soon no thread is left for the others",
  references: [
    "https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby",
    "https://docs.spring.io/spring-boot/reference/data/sql.html#data.sql.datasource.connection-pool",
  ],
  messages: {
    long: "{{key}} lets a request wait up to {{seconds}} s for a connection",
    endless: "{{key}} is 0: a request waits for a connection without end",
  },

  check({ file, model, report }) {
    const { configuration } = model;
    if (file.language === "container") {
      for (const given of containerSettings(file, configuration, ({ squeezed }) => (VARIABLE.test(squeezed) ? squeezed : undefined))) {
        const milliseconds = /^\d+$/.test(given.value) ? Number(given.value) : 1;
        if (milliseconds > 0 && milliseconds <= HIKARIS_OWN_MS) continue;
        if (given.near !== undefined && !configuration.buildOf(given.near).has(...SERVLET_ARTIFACTS)) continue;
        report({
          at: given.setting.at,
          message: milliseconds === 0 ? "endless" : "long",
          data: { key: given.setting.name, seconds: Math.round(milliseconds / 1000) },
          fixes: changeVariable(given, String(REASONABLE_MS)),
        });
      }
      return;
    }
    if (!configuration.isRead(file)) return;
    for (const { properties, onProfile } of file.config.documents) {
      for (const property of properties) {
        const milliseconds = KEY.test(property.key) ? numberOf(property) : undefined;
        if (milliseconds === undefined || (milliseconds > 0 && milliseconds <= HIKARIS_OWN_MS)) continue;
        if (!configuration.buildOf(file.file).has(...SERVLET_ARTIFACTS) || isDocumentForDevelopment(file, onProfile, configuration))
          continue;
        if (configuration.inEnvironment(property.key, file.file).length > 0) continue;
        report({
          at: property.valueSpan,
          message: milliseconds === 0 ? "endless" : "long",
          data: { key: property.key.split(".").slice(-2).join("."), seconds: Math.round(milliseconds / 1000) },
          fixes: waitLess(file.file, property),
        });
      }
    }
  },
});

const KEY = /^spring\.(?:.+\.)?hikari\.connection-?timeout$/i;
const VARIABLE = /^springdatasource\w*hikariconnectiontimeout$/;

/** What HikariCP waits where nothing is set; whoever writes that down has not made it worse. */
const HIKARIS_OWN_MS = 30_000;
const REASONABLE_MS = 5_000;

/** The default of a placeholder counts, since an environment that says nothing leaves it. */
function numberOf({ value }: ConfigProperty): number | undefined {
  const { text, known } = resolvePlaceholders(value, () => undefined);
  return known && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

function waitLess(file: string, { key, value, valueSpan }: ConfigProperty): readonly Fix[] {
  if (!/^\d+$/.test(value)) return [];
  return [
    {
      title: `Set ${key} to ${REASONABLE_MS}`,
      safe: false,
      edits: () => [{ kind: "change", file, edits: [replace(valueSpan, String(REASONABLE_MS))] }],
    },
  ];
}
