import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import type { DeployedService } from "../../model/deployment/deploymentModel.ts";
import type { Span } from "../../text/positions.ts";
import { defineRule } from "../rule.ts";
import { isConfiguredElsewhere } from "./application.ts";

/** PostgreSQL's default, of which three are kept for superusers. */
const DEFAULT_ALLOWED = 100;
const RESERVED = 3;
/** Hikari's default, all of which it opens at the start. */
const DEFAULT_SIZE = 10;

export const connectionPoolsShared = defineRule({
  id: "config/connection-pools-shared",
  title: "The pools of several applications together are more than their database allows",
  language: "container",
  certainty: "likely",
  cost: "connections beyond the server's limit fail, in whichever application starts or grows last",
  references: [
    "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS",
    "https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby",
    "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing",
  ],
  messages: { over: "{{server}} allows {{allowed}} connections, and {{services}} services hold up to {{total}}" },

  check({ file, model, report }) {
    if (file.container.kind !== "compose" || isForDevelopment(file.file)) return;
    const services = model.deployment.services().filter((service) => service.file === file.file);
    for (const server of services) {
      const allowed = allowedBy(server);
      if (allowed === undefined) continue;
      const pools = services.flatMap((service) => poolOf(service, server.name, model.configuration) ?? []);
      const total = pools.reduce((sum, { size }) => sum + size, 0);
      if (pools.length < 2 || total <= allowed) continue;
      report({
        at: server.nameSpan,
        message: "over",
        data: { server: server.name, allowed, services: pools.length, total },
        related: pools.map(({ size, at }) => ({ at: { file: file.file, ...at }, message: `a pool of ${size}` })),
      });
    }
  },
});

/** What a server of PostgreSQL leaves to applications; undefined for other services, and where a file that is not read may say it. */
function allowedBy({ image, build, command, texts }: DeployedService): number | undefined {
  if (!/(?:^|\/)(?:postgres|postgis|timescale)[\w-]*(?:[:@]|$)/.test(image ?? "")) return undefined;
  const [, set] = /max_connections\s*=\s*["']?(\d+)/.exec(command) ?? [];
  if (set !== undefined) return Number(set) - RESERVED;
  const isSetElsewhere = build !== undefined || texts.some(({ text }) => /\.conf\b|config_file|max_connections/i.test(text));
  return isSetElsewhere ? undefined : DEFAULT_ALLOWED - RESERVED;
}

interface Pool {
  readonly size: number;
  readonly at: Span;
}

/** The connections that all replicas of a service of this workspace hold to a server; undefined where none or nobody knows. */
function poolOf(service: DeployedService, server: string, configuration: ConfigurationModel): Pool | undefined {
  const { environment, replicas, texts } = service;
  const url = Object.entries(environment).find(([name, value]) => DATA_SOURCE.test(name) && hostOf(value) === server)?.[1];
  const at = url === undefined ? undefined : texts.find(({ text }) => text.includes(url))?.at;
  const source = at === undefined ? undefined : sourceOf(service, configuration);
  if (at === undefined || source === undefined) return undefined;
  const size = sizeIn(environment) ?? configuredSize(configuration, source);
  return Number.isInteger(size) ? { size: Number(size) * replicas, at } : undefined;
}

/** A path in the module that a service runs: that of its image, or of its name. */
function sourceOf({ name, dockerfile }: DeployedService, configuration: ConfigurationModel): string | undefined {
  if (dockerfile !== undefined) return dockerfile;
  const module = configuration.modules().find((folder) => folder.slice(folder.lastIndexOf("/") + 1) === name);
  return module && `${module}/Dockerfile`;
}

const DATA_SOURCE = /^SPRING_DATASOURCE_(?:\w+_)?URL$/i;
const hostOf = (url: string): string | undefined => /^jdbc:postgresql:\/\/([\w.-]+)/.exec(url)?.[1];

/** NaN for what is set to something that is no number. */
function sizeIn(environment: Readonly<Record<string, string>>): number | undefined {
  const set = Object.entries(environment).find(([name]) => /MAX\w*POOL_?SIZE$/i.test(name))?.[1];
  return set === undefined ? undefined : Number(/^\$\{\w+:?-(\d+)\}$/.exec(set)?.[1] ?? set);
}

/** What an application sets, or leaves to Hikari; undefined for other pools. */
function configuredSize(configuration: ConfigurationModel, source: string): number | undefined {
  const build = configuration.buildOf(source);
  if (!build.has("spring-boot-starter-data-jpa", "spring-boot-starter-jdbc", "spring-boot-starter-data-jdbc", "spring-boot-starter-jooq"))
    return undefined;
  if (isConfiguredElsewhere(configuration, source)) return undefined;
  // Without a file of its own, a module would be told what another one sets.
  if (configuration.mainFileOf(source) === undefined) return DEFAULT_SIZE;
  const sizes = configuration.everyValueBelow("spring.datasource", source);
  if (sizes.some(({ key }) => /\.(?:type|druid|dbcp2|tomcat)\b/.test(key)) || configuration.codeSettles("own-pool", source))
    return undefined;
  const set = configuration.value("spring.datasource.hikari.maximum-pool-size", source);
  return set === undefined ? DEFAULT_SIZE : Number(set.known ? set.value : Number.NaN);
}
