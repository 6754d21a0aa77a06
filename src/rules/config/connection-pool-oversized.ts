import { canonicalKey } from "../../facts/config/configFacts.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication } from "./application.ts";
import { productionSettings } from "./productionSettings.ts";

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
  },

  check({ file, model, report }) {
    const { configuration, deployment } = model;
    const main = configuration.mainFileOf(file.file);
    if (main === undefined || (main === file.file && !decidesForApplication(file, configuration))) return;
    const urls = configuration.everyValueBelow("spring.datasource", file.file).filter(({ key }) => /url$/i.test(key));
    // A pooler in between multiplies connections.
    if (!urls.some(({ value }) => value.startsWith("jdbc:postgresql:")) || urls.some(({ value }) => /pgbouncer|pooler|:6432/i.test(value)))
      return;
    const allowed = allowedBy(deployment.services()) - RESERVED;
    for (const { property, value, overridable, where } of productionSettings(file, configuration, isPoolSize)) {
      const size = Number(value);
      const replicas = size > allowed ? 1 : Math.max(1, ...deployment.servicesAround(main).map((service) => replicasOf(service)));
      if (!Number.isInteger(size) || size * replicas <= allowed) continue;
      report({
        at: property.valueSpan.end > property.valueSpan.start ? property.valueSpan : property.keySpan,
        message: replicas === 1 ? "over" : "replicas",
        data: { size, where, allowed, replicas },
        ...(overridable ? { certainty: "possible" } : {}),
      });
    }
  },
});

/** A service whose environment sizes the pool does not take it from the file. */
const replicasOf = ({
  replicas,
  environment,
}: {
  readonly replicas: number;
  readonly environment: Readonly<Record<string, string>>;
}): number => (Object.keys(environment).some((name) => /MAXIMUM_?POOL_?SIZE$/i.test(name)) ? 1 : replicas);

const isPoolSize = (key: string): boolean =>
  /^springdatasource.*maximumpoolsize$/.test(
    canonicalKey(key)
      .replace(/[^a-z]/gi, "")
      .toLowerCase(),
  );

/** What the servers of compose files are started with; the default where none says otherwise. */
function allowedBy(services: readonly { readonly command: string; readonly image: string | undefined }[]): number {
  const set = services.flatMap(({ command }) => [...command.matchAll(/max_connections\s*=\s*(\d+)/g)].map((match) => Number(match[1])));
  return set.length === 0 ? DEFAULT_CONNECTIONS : Math.max(...set);
}
