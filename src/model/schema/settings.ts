import type { Dialect } from "./schema.ts";

/** What a project's configuration and build say about its database. */
export interface SchemaSettings {
  /** The folders of `spring.flyway.locations` near a file, without `classpath:`; one list for each place that sets them. */
  flywayLocations(nearFile: string): readonly (readonly string[])[];
  /** The last version that Flyway runs near a file, where its configuration names one. */
  flywayTarget(nearFile: string): readonly string[] | undefined;
  /** The change logs of `spring.liquibase.change-log` near a file, without `classpath:`. */
  changeLogs(nearFile: string): readonly string[];
  /** The database that the module of a file connects to. */
  dialect(nearFile: string): Dialect | undefined;
  /** The configuration that lets Hibernate make the schema of a file's application in PostgreSQL; undefined where it is made otherwise. */
  createdFromEntities(nearFile: string): string | undefined;
}

/** Nothing is configured: Flyway's defaults. */
export const defaultSchemaSettings: SchemaSettings = {
  flywayLocations: () => [],
  flywayTarget: () => undefined,
  changeLogs: () => [],
  dialect: () => undefined,
  createdFromEntities: () => undefined,
};

/** Test sources: nobody waits for their queries. */
export const isTestFile = (file: string): boolean => /(^|\/)(test|tests|it|integration-?test|test-?fixtures?|testdata)\//i.test(file);

/** The part of the configuration that is asked. */
export interface Configured {
  everyValue(
    key: string,
    nearFile: string,
  ): readonly { readonly value: string; readonly profile: string | undefined; readonly at: { readonly file: string } }[];
  buildOf(file: string): { has(...artifacts: readonly string[]): boolean };
}

/** Whether an update of the configuration can have changed these settings. */
export function touchesSchemaSettings(changed: ReadonlySet<string>): boolean {
  for (const key of changed)
    if (
      /^(?:config:(?:flyway|spring\.(?:flyway|liquibase|datasource|jpa\.(?:hibernate|properties\.hibernate)))\b|build:|modules:)/.test(key)
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
      return [...byProfile.values()];
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
    dialect(nearFile) {
      const urls = URLS.flatMap((key) => configuration.everyValue(key, nearFile)).map(({ value }) => value);
      const build = configuration.buildOf(nearFile);
      const named = JDBC.find(([, url]) => urls.some((value) => url.test(value)));
      return (named ?? JDBC.find(([, , ...drivers]) => build.has(...drivers)))?.[0];
    },
    createdFromEntities: (nearFile) => createdFromEntities(configuration, nearFile),
  };
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
  const named = new Set(urls.flatMap(({ value }) => JDBC.find(([, url]) => url.test(value))?.[0] ?? []));
  for (const [dialect, , ...drivers] of named.size === 0 ? JDBC : []) if (build.has(...drivers)) named.add(dialect);
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
const MIGRATION_TOOLS = ["flyway-core", "liquibase-core", "flyway-database-postgresql", "mybatis-migrations"];

const TARGETS = ["flyway.target", "spring.flyway.target"];

const LOCATIONS = "spring.flyway.locations";
const URLS = ["spring.flyway.url", "spring.liquibase.url", "spring.datasource.url", "spring.datasource.hikari.jdbc-url"];

/** PostgreSQL first: H2 beside it, or in its place, is for tests. */
const JDBC: readonly (readonly [Dialect, RegExp, ...string[]])[] = [
  ["postgresql", /^jdbc:(?:(?:[a-z-]+:)*?postgresql:|h2:.*;MODE=PostgreSQL)/i, "postgresql", "flyway-database-postgresql"],
  ["mysql", /^jdbc:(?:[a-z-]+:)*?(?:mysql|mariadb):/i, "mysql-connector-j", "mysql-connector-java", "mariadb-java-client"],
  ["oracle", /^jdbc:oracle:/i, "ojdbc11", "ojdbc8"],
  ["sqlserver", /^jdbc:sqlserver:/i, "mssql-jdbc"],
  ["sqlite", /^jdbc:sqlite:/i, "sqlite-jdbc"],
  ["h2", /^jdbc:h2:/i, "h2"],
];

function locationFolder(location: string): string {
  return location
    .trim()
    .replace(/^(?:classpath|filesystem):/, "")
    .replace(/\/?\{vendor\}.*$/, "")
    .replace(/^\/+|\/+$/g, "");
}
