import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { booleanOf } from "../../model/configuration/placeholders.ts";
import { defineRule } from "../rule.ts";
import { decidesForServletApplication, forProduction, isSetOutside, leavesOut, placeFor, setKey } from "./application.ts";

const KEY = "spring.datasource.hikari.maximum-pool-size";
const DEFAULT_CONNECTIONS = 10;
const DEFAULT_THREADS = 200;
const UNCOUNTED = "any number of virtual threads";

export const connectionPoolDefaults = defineRule({
  id: "config/connection-pool-defaults",
  title: "Connection pool left at its default size",
  language: "config",
  certainty: "possible",
  cost: "requests beyond the pool's 10 connections wait for one, up to 30 s",
  references: [
    "https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby",
    "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing",
    "https://docs.spring.io/spring-boot/reference/data/sql.html#data.sql.datasource.connection-pool",
  ],
  messages: { unset: "{{key}} is not set: 10 connections for {{threads}}" },
  toldOnce: ["unset"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForServletApplication(file, configuration)) return;
    if (!usesHikari(configuration, file.file) || !hasServerDatabase(configuration, file.file)) return;
    const sizes = configuration.everyValueBelow("spring.datasource", file.file).filter(({ key }) => POOL_SIZE.test(key));
    if (forProduction(sizes, configuration).length > 0 || isSetOutside(configuration, file.file, KEY)) return;
    // A pool that code builds is sized there.
    if (configuration.codeSettles("own-pool", file.file) || leavesOut("DataSourceAutoConfiguration", configuration, file.file)) return;
    const threads = requestThreads(configuration, file.file);
    const at = placeFor(KEY, file.config);
    if (threads === undefined || at === undefined) return;
    report({
      at,
      message: "unset",
      // Ten are enough for most that 200 threads ask for; threads without number have no other brake.
      certainty: threads === UNCOUNTED ? "likely" : "possible",
      data: { key: "hikari.maximum-pool-size", threads },
      fixes: [setKey(file.file, KEY, String(DEFAULT_CONNECTIONS))],
    });
  },
});

/** Of any of several data sources: `spring.datasource.orders.hikari.maximumPoolSize`. */
const POOL_SIZE = /maximum[-_]?pool[-_]?size$/i;
const JDBC = [
  "spring-boot-starter-data-jpa",
  "spring-boot-starter-jdbc",
  "spring-boot-starter-data-jdbc",
  "spring-boot-starter-jooq",
  "HikariCP",
];

/** Starters that put their own pool in its place, seen in eladmin. */
const OTHER_POOLS = ["druid-spring-boot-starter", "druid-spring-boot-3-starter"];

function usesHikari(configuration: ConfigurationModel, file: string): boolean {
  const build = configuration.buildOf(file);
  if (!build.has(...JDBC) || build.has(...OTHER_POOLS)) return false;
  const type = configuration.value("spring.datasource.type", file);
  return type === undefined || type.value.includes("Hikari");
}

/** H2 and its kin in the application's own process are for trying out. */
function hasServerDatabase(configuration: ConfigurationModel, file: string): boolean {
  const urls = configuration.everyValueBelow("spring.datasource", file).filter(({ key }) => /(?:^|[.-])(?:url|jdbc-?url)$/i.test(key));
  return forProduction(urls, configuration).some(({ value }) => !/jdbc:(?:h2|hsqldb|derby|sqlite):/.test(value));
}

/** How many requests may ask for a connection at once; undefined where the pool is enough for all of them. */
function requestThreads(configuration: ConfigurationModel, file: string): string | undefined {
  const virtual = configuration.value("spring.threads.virtual.enabled", file);
  if (virtual !== undefined && booleanOf(virtual.value) === true) return UNCOUNTED;
  const max = configuration.value("server.tomcat.threads.max", file) ?? configuration.value("server.jetty.threads.max", file);
  const threads = max?.known === true ? Number(max.value) : DEFAULT_THREADS;
  return Number.isInteger(threads) && threads > DEFAULT_CONNECTIONS ? `${threads} request threads` : undefined;
}
