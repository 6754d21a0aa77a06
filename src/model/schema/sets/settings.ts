import type { Dialect } from "../schema.ts";
import type { LiquibaseProfile } from "./changesetFilter.ts";

/** What a project's configuration and build say about its database. */
export interface SchemaSettings {
  /** The folders of `spring.flyway.locations` near a file, without `classpath:`; a list for each profile: what holds for all of them first, what is for trying last. */
  flywayLocations(nearFile: string): readonly (readonly string[])[];
  /** The last version that Flyway runs near a file, where its configuration names one. */
  flywayTarget(nearFile: string): readonly string[] | undefined;
  /** The change logs of `spring.liquibase.change-log` near a file, without `classpath:`. */
  changeLogs(nearFile: string): readonly string[];
  /** What the profiles that users meet run the change logs near a file with; empty where nothing is configured, or not all of it is known. */
  liquibaseProfiles(nearFile: string): readonly LiquibaseProfile[];
  /** Whether the module of a file is built with Flyway and without Liquibase. */
  leavesChangeLogs(nearFile: string): boolean;
  /** Whether the module of a file is built with Flyway and nothing tells Spring Boot to run `schema.sql` in a database of its own. */
  leavesBootScripts(nearFile: string): boolean;
  /** The database that the module of a file connects to. */
  dialect(nearFile: string): Dialect | undefined;
  /** Whether the module of a file may connect to PostgreSQL, be it not the database that its configuration names. */
  reachesPostgres(nearFile: string): boolean;
  /** Whether the module of a file may connect to another database than PostgreSQL, be it for tests. */
  reachesOthers(nearFile: string): boolean;
  /** The configuration that lets Hibernate make the schema of a file's application in PostgreSQL; undefined where it is made otherwise. */
  createdFromEntities(nearFile: string): string | undefined;
}

/** Nothing is configured: Flyway's defaults. */
export const defaultSchemaSettings: SchemaSettings = {
  flywayLocations: () => [],
  flywayTarget: () => undefined,
  changeLogs: () => [],
  liquibaseProfiles: () => [],
  leavesChangeLogs: () => false,
  leavesBootScripts: () => false,
  dialect: () => undefined,
  reachesPostgres: () => false,
  reachesOthers: () => false,
  createdFromEntities: () => undefined,
};

/** Test sources: nobody waits for their queries. */
export const isTestFile = (file: string): boolean =>
  /(^|\/)(test|tests|it|integration-?test|test-?fixtures?|testdata|tests?_[\w-]+)\//i.test(file);

/** The part of the configuration that is asked. */
export interface Configured {
  everyValue(
    key: string,
    nearFile: string,
  ): readonly { readonly value: string; readonly profile: string | undefined; readonly at: { readonly file: string } }[];
  buildOf(file: string): { readonly testArtifacts: readonly string[]; has(...artifacts: readonly string[]): boolean };
}

/** Whether an update of the configuration can have changed these settings. */
export function touchesSchemaSettings(changed: ReadonlySet<string>): boolean {
  for (const key of changed)
    if (
      /^(?:config:(?:flyway|spring\.(?:flyway|liquibase|sql|datasource|r2dbc|jpa\.(?:hibernate|properties\.hibernate|database)))\b|build:|modules:)/.test(
        key,
      )
    )
      return true;
  return false;
}

export function schemaSettings(configuration: Configured): SchemaSettings {
  return {
    flywayLocations(nearFile) {
      const byProfile = new Map<string | undefined, string[]>();
      const add = (key: string): boolean => {
        const values = configuration.everyValue(key, nearFile);
        for (const { value, profile } of values) {
          const folders = value.split(",").map(locationFolder);
          byProfile.set(profile, [...(byProfile.get(profile) ?? []), ...folders.filter((folder) => folder !== "")]);
        }
        return values.length > 0;
      };
      add("flyway.locations");
      add(LOCATIONS);
      for (let i = 0; add(`${LOCATIONS}[${i}]`); i++);
      const rank = ([profile]: readonly [string | undefined, unknown]): number =>
        profile === undefined ? 0 : FOR_TRYING.test(profile) ? 2 : 1;
      return [...byProfile].sort((a, b) => rank(a) - rank(b)).map(([, folders]) => folders);
    },
    flywayTarget(nearFile) {
      // A profile may stop elsewhere: what holds for all of them counts.
      const targets = TARGETS.flatMap((key) => configuration.everyValue(key, nearFile)).filter(({ profile }) => profile === undefined);
      const version = /^(\d+(?:[._]\d+)*)\??$/.exec(targets.at(-1)?.value.trim() ?? "")?.[1];
      return version?.split(/[._]/);
    },
    changeLogs(nearFile) {
      return configuration.everyValue("spring.liquibase.change-log", nearFile).map(({ value }) => locationFolder(value));
    },
    liquibaseProfiles: (nearFile) => liquibaseProfiles(configuration, nearFile),
    leavesChangeLogs(nearFile) {
      const build = configuration.buildOf(nearFile);
      return build.has(...FLYWAY) && !build.has(...LIQUIBASE);
    },
    leavesBootScripts(nearFile) {
      const modes = INIT_MODES.flatMap((key) => configuration.everyValue(key, nearFile));
      return configuration.buildOf(nearFile).has(...FLYWAY) && modes.every(({ value }) => /^(?:never|embedded)$/i.test(value.trim()));
    },
    dialect(nearFile) {
      const values = (keys: readonly string[]): readonly string[] =>
        keys.flatMap((key) => configuration.everyValue(key, nearFile)).map(({ value }) => value);
      const [urls, names] = [values(URLS), values(NAMES)];
      const named = DATABASES.filter(({ url, name }) => urls.some((one) => url.test(one)) || names.some((one) => name.test(one)));
      const build = configuration.buildOf(nearFile);
      const built = DATABASES.filter(({ drivers }) => build.has(...drivers));
      return ([...named, ...built].find(({ dialect }) => dialect !== "h2") ?? named[0] ?? built[0])?.dialect;
    },
    reachesPostgres(nearFile) {
      const [{ url, drivers }] = DATABASES;
      const named = URLS.flatMap((key) => configuration.everyValue(key, nearFile)).some(({ value }) => url.test(value));
      return named || configuration.buildOf(nearFile).has(...drivers);
    },
    reachesOthers(nearFile) {
      const [, ...others] = DATABASES;
      const urls = URLS.flatMap((key) => configuration.everyValue(key, nearFile)).map(({ value }) => value);
      const isOther = (url: string): boolean => /^jdbc:(?:hsqldb|derby):/i.test(url) || others.some((other) => other.url.test(url));
      const drivers = ["hsqldb", "derby", ...others.flatMap((other) => other.drivers)];
      const build = configuration.buildOf(nearFile);
      return urls.some(isOther) || build.has(...drivers) || build.testArtifacts.some((artifact) => drivers.includes(artifact));
    },
    createdFromEntities: (nearFile) => createdFromEntities(configuration, nearFile),
  };
}

function liquibaseProfiles(configuration: Configured, nearFile: string): readonly LiquibaseProfile[] {
  const valuesOf = (...keys: readonly string[]) =>
    keys
      .flatMap((key) => configuration.everyValue(key, nearFile))
      .filter((one) => !isTest(one) && !FOR_TRYING.test(one.profile ?? ""))
      .map(({ value, profile }) => ({ profile, value: value.replace(/^\$\{[^:}]*:([^}]*)\}$/, "$1").trim() }));
  const [contexts, labels] = [valuesOf("spring.liquibase.contexts"), valuesOf("spring.liquibase.label-filter", "spring.liquibase.labels")];
  // What the environment says may be anything.
  if ([...contexts, ...labels].some(({ value }) => value.includes("${"))) return [];
  const valueIn = (values: typeof contexts, name: string | undefined): string | undefined =>
    (values.find(({ profile }) => profile === name) ?? values.find(({ profile }) => profile === undefined))?.value || undefined;
  const names = new Set([...contexts, ...labels].map(({ profile }) => profile));
  return [...names].map((name) => ({ contexts: valueIn(contexts, name), labels: valueIn(labels, name) }));
}

/**
 * Where Hibernate makes the schema in every profile that says something of it: a production that only validates has another that we do
 * not know, and so has one with a tool for migrations.
 */
function createdFromEntities(configuration: Configured, nearFile: string): string | undefined {
  const actions = ddlActions(configuration, nearFile);
  const [first] = actions;
  if (first === undefined || !actions.every(({ value }) => /^(?:create|create-drop|update|create-only)$/.test(value))) return undefined;
  const build = configuration.buildOf(nearFile);
  if (build.has(...MIGRATION_TOOLS)) return undefined;
  const urls = URLS.flatMap((key) => configuration.everyValue(key, nearFile)).filter((one) => !isTest(one));
  const named = new Set(urls.flatMap(({ value }) => DATABASES.find(({ url }) => url.test(value))?.dialect ?? []));
  for (const { dialect, drivers } of named.size === 0 ? DATABASES : []) if (build.has(...drivers)) named.add(dialect);
  // H2 beside it is for those who try it out.
  named.delete("h2");
  return named.size === 1 && named.has("postgresql") ? first.at.file : undefined;
}

/** Whether Hibernate adds to the tables that migrations make, in a profile that is not for tests. */
export const addsToTables = (configuration: Pick<Configured, "everyValue">, nearFile: string): boolean =>
  ddlActions(configuration, nearFile).some(({ value }) => /^(?:update|create)/.test(value));

const ddlActions = (configuration: Pick<Configured, "everyValue">, nearFile: string) =>
  ACTIONS.flatMap((key) => configuration.everyValue(key, nearFile)).filter((one) => !isTest(one));

const isTest = ({ profile, at }: { readonly profile: string | undefined; readonly at: { readonly file: string } }): boolean =>
  isTestFile(at.file) || /\btest|\bit\b/i.test(profile ?? "");

const ACTIONS = ["spring.jpa.hibernate.ddl-auto", "spring.jpa.properties.hibernate.hbm2ddl.auto"];
const INIT_MODES = ["spring.sql.init.mode", "spring.datasource.initialization-mode"];
const FLYWAY = ["flyway-core", "flyway-database-postgresql", "spring-boot-starter-flyway"];
const LIQUIBASE = ["liquibase-core", "spring-boot-starter-liquibase"];
const MIGRATION_TOOLS = [...FLYWAY, ...LIQUIBASE, "mybatis-migrations"];

const TARGETS = ["flyway.target", "spring.flyway.target"];

/** Profiles that no user meets. */
const FOR_TRYING = /(?:^|[-_])(?:local|dev|devel|development|test|tests|preview|demo|h2|h2db|ci|it|qa)(?:$|[-_])/i;

const LOCATIONS = "spring.flyway.locations";
const URLS = [
  "spring.flyway.url",
  "spring.liquibase.url",
  "spring.datasource.url",
  "spring.datasource.hikari.jdbc-url",
  "spring.r2dbc.url",
];
/** A driver's class, Hibernate's dialect, Spring's name of a database. */
const NAMES = [
  "spring.datasource.driver-class-name",
  "spring.jpa.database-platform",
  "spring.jpa.properties.hibernate.dialect",
  "spring.jpa.database",
];

interface Database {
  readonly dialect: Dialect;
  readonly url: RegExp;
  readonly name: RegExp;
  readonly drivers: readonly string[];
}

/** PostgreSQL first: H2 beside it, or in its place, is for tests. */
const DATABASES: readonly [Database, ...Database[]] = [
  {
    dialect: "postgresql",
    url: /^(?:(?:jdbc|r2dbc):(?:[a-z-]+:)*?postgres(?:ql)?:|jdbc:h2:.*;MODE=PostgreSQL)/i,
    name: /postgres/i,
    drivers: ["postgresql", "flyway-database-postgresql", "r2dbc-postgresql"],
  },
  {
    dialect: "mysql",
    url: /^(?:jdbc|r2dbc):(?:[a-z-]+:)*?(?:mysql|mariadb):/i,
    name: /mysql|mariadb/i,
    drivers: ["mysql-connector-j", "mysql-connector-java", "mariadb-java-client", "r2dbc-mysql", "r2dbc-mariadb", "jasync-r2dbc-mysql"],
  },
  { dialect: "oracle", url: /^jdbc:oracle:/i, name: /oracle/i, drivers: ["ojdbc11", "ojdbc8"] },
  {
    dialect: "sqlserver",
    url: /^(?:jdbc:sqlserver|r2dbc:(?:mssql|sqlserver)):/i,
    name: /sql_?server/i,
    drivers: ["mssql-jdbc", "r2dbc-mssql"],
  },
  { dialect: "sqlite", url: /^jdbc:sqlite:/i, name: /sqlite/i, drivers: ["sqlite-jdbc"] },
  { dialect: "h2", url: /^(?:jdbc|r2dbc):h2:/i, name: /\bh2/i, drivers: ["h2", "r2dbc-h2"] },
];

function locationFolder(location: string): string {
  return location
    .trim()
    .replace(/^(?:classpath|filesystem):/, "")
    .replace(/\/?\{vendor\}.*$/, "")
    .replace(/^\/+|\/+$/g, "");
}
