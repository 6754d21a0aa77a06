import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication } from "./application.ts";
import { productionSettings } from "./productionSettings.ts";
import { postgresServers, replicasOf } from "./replicas.ts";

/** PostgreSQL's default, of which three are kept for superusers. */
const DEFAULT_CONNECTIONS = 100;
const RESERVED = 3;

export const connectionPoolOversized = defineRule({
  id: "config/connection-pool-oversized",
  title: "A pool of more connections than the database allows",
  language: "config",
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
    const main = configuration.mainFileOf(file.file);
    if (main === undefined || (main === file.file && !decidesForApplication(file, configuration))) return;
    const urls = configuration.everyValueBelow("spring.datasource", file.file).filter(({ key }) => /url$/i.test(key));
    // A pooler in between multiplies connections.
    if (!urls.some(({ value }) => value.startsWith("jdbc:postgresql:")) || urls.some(({ value }) => /pgbouncer|pooler|:6432/i.test(value)))
      return;
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
