import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication } from "./application.ts";
import { type ContainerSetting, changeVariable, containerSettings } from "./containerSettings.ts";
import { productionSettings } from "./productionSettings.ts";
import { postgresServers, replicasOf } from "./replicas.ts";

/** PostgreSQL's default, of which three are kept for superusers. */
const DEFAULT_CONNECTIONS = 100;
const RESERVED = 3;

export const connectionPoolOversized = defineRule({
  id: "config/connection-pool-oversized",
  title: "A pool of more connections than the database allows",
  language: ["config", "container"],
  certainty: "likely",
  cost: "connections beyond the server's limit fail; those below it compete for its processors",
  references: [
    "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS",
    "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing",
  ],
  messages: {
    over: "{{size}} connections {{where}}, where PostgreSQL allows {{allowed}}",
    replicas: "{{size}} connections in each of {{replicas}} replicas, where PostgreSQL allows {{allowed}}",
    unset: "10 connections, the default, in each of {{replicas}} replicas, where PostgreSQL allows {{allowed}}",
  },

  check({ file, model, report }) {
    const { configuration, deployment } = model;
    if (file.language === "container") {
      const sizes = containerSettings(file, configuration, ({ squeezed }) => (VARIABLE.test(squeezed) ? squeezed : undefined));
      for (const given of sizes) {
        const allowed = allowedBy(postgresServers(deployment).commands) - RESERVED;
        const size = Number(given.value);
        if (!Number.isInteger(size) || size <= allowed || !usesPostgres(given, configuration)) continue;
        report({
          at: given.setting.at,
          message: "over",
          data: { size, where: given.where, allowed },
          ...(given.overridable ? { certainty: "possible" } : {}),
          fixes: changeVariable(given, String(DEFAULT_SIZE)),
        });
      }
      return;
    }
    const main = configuration.mainFileOf(file.file);
    if (main === undefined || (main === file.file && !decidesForApplication(file, configuration))) return;
    const urls = configuration.everyValueBelow("spring.datasource", file.file).filter(({ key }) => /url$/i.test(key));
    // A pooler in between multiplies connections.
    if (!urls.some(({ value }) => value.startsWith("jdbc:postgresql:")) || urls.some(({ value }) => POOLER.test(value))) return;
    const servers = postgresServers(deployment);
    const allowed = allowedBy(servers.commands) - RESERVED;
    const replicas = replicasOf(deployment, configuration, main);
    // A server that somebody else runs may allow more.
    const weight = (isUncertain: boolean) => (isUncertain || !servers.known ? ({ certainty: "possible" } as const) : {});
    for (const { property, value, overridable, where } of productionSettings(file, configuration, isPoolSize)) {
      const size = Number(value);
      if (!Number.isInteger(size) || size * replicas <= allowed) continue;
      const isOver = size > allowed;
      report({
        at: property.valueSpan.end > property.valueSpan.start ? property.valueSpan : property.keySpan,
        message: isOver ? "over" : "replicas",
        data: { size, where, allowed, replicas },
        ...(isOver ? (overridable ? { certainty: "possible" } : {}) : weight(overridable)),
      });
    }
    if (replicas * DEFAULT_SIZE <= allowed || main !== file.file || !usesDefaultPool(configuration, file.file)) return;
    const at = file.config.documents.flatMap(({ properties }) => properties).find(({ key }) => canonicalKey(key) === URL_KEY);
    if (at !== undefined) report({ at: at.keySpan, message: "unset", data: { replicas, allowed }, ...weight(false) });
  },
});

const DEFAULT_SIZE = 10;
const VARIABLE = /^springdatasource\w*maximumpoolsize$/;

/** Whether the application connects to PostgreSQL without a pooler in between, as its container or its files say. */
function usesPostgres({ setting, near }: ContainerSetting, configuration: ConfigurationModel): boolean {
  const given = configuration
    .environmentIn(setting.at.file)
    .filter(({ squeezed, names }) => URL.test(squeezed) && names[0] === setting.names[0]);
  const written = near === undefined ? [] : configuration.everyValueBelow("spring.datasource", near).filter(({ key }) => /url$/i.test(key));
  const urls = [...given, ...written].map(({ value }) => value);
  return urls.some((url) => url.startsWith("jdbc:postgresql:")) && !urls.some((url) => POOLER.test(url));
}

const URL = /^springdatasource\w*url$/;
const POOLER = /pgbouncer|pooler|:6432/i;
const URL_KEY = canonicalKey("spring.datasource.url");

const usesDefaultPool = (configuration: ConfigurationModel, file: string): boolean =>
  !configuration
    .everyValueBelow("spring.datasource", file)
    .some(({ key }) => isPoolSize(key) || /\.(?:type|druid|dbcp2|tomcat)\b/.test(key)) && !configuration.codeSettles("own-pool", file);

const isPoolSize = (key: string): boolean =>
  /^springdatasource.*maximumpoolsize$/.test(
    canonicalKey(key)
      .replace(/[^a-z]/gi, "")
      .toLowerCase(),
  );

/** What the servers are started with; the default where none says otherwise. */
function allowedBy(commands: readonly string[]): number {
  const set = commands.flatMap((command) => [...command.matchAll(/max_connections\s*=\s*(\d+)/g)].map((match) => Number(match[1])));
  return set.length === 0 ? DEFAULT_CONNECTIONS : Math.max(...set);
}
