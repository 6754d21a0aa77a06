import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile, ContainerFile } from "../../facts/fileFacts.ts";
import type { Build, ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { booleanOf } from "../../model/configuration/placeholders.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import { defineRule } from "../rule.ts";
import { isSetOutside, setKey } from "./application.ts";
import { type ContainerSetting, changeVariable, containerSettings, dottedKey, keysOf } from "./containerSettings.ts";
import { changeValues, type ProductionSetting, perDocument, productionSettings, quietLevel } from "./productionSettings.ts";

export const sqlLoggingInProduction = defineRule({
  id: "config/sql-logging-in-production",
  title: "Every SQL statement is written to the log in production",
  language: ["config", "container"],
  certainty: "proven",
  cost: "one line of log for each statement, with bind values several",
  references: [
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.data.spring.jpa.show-sql",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#settings-logging",
  ],
  messages: {
    logged: "{{key}} is {{value}} {{where}}: each statement is written out",
    several: "{{key}} is {{value}} {{where}}, and {{more}} more: each statement is written out",
    sessions: "{{key}} is true {{where}}: what each session did is written out",
  },

  toldOnceAlike: ["logged", "several", "sessions"],

  check({ file, model, report }) {
    if (file.language === "container") {
      for (const given of writtenByContainers(file, model.configuration))
        report({
          at: given.setting.at,
          message: "logged",
          data: { key: given.setting.name, value: given.value, where: given.where },
          certainty: given.overridable || given.near === undefined ? "likely" : "proven",
          fixes: changeVariable(given, quietValue(given)),
        });
      return;
    }
    const build = model.configuration.buildOf(file.file);
    for (const { property, where } of sessionsWritten(file, model.configuration))
      report({
        at: property.keySpan,
        message: "sessions",
        data: { key: property.key.replace(/^spring\.jpa\.properties\./, ""), where },
        certainty: "likely",
        cost: "some fifteen lines of log for each session, so for each request or transaction",
        fixes: [setKey(file.file, `spring.jpa.properties.${SESSION_LOG}`, "false")],
      });
    const found = [...productionSettings(file, model.configuration, isSqlLog)].filter(
      ({ property: { key }, value }) =>
        value !== undefined &&
        valueThatWrites(key).test(value) &&
        !(MYBATIS.test(key) && model.configuration.codeSettles("own-sql-session", file.file)) &&
        !((HIBERNATE.test(key) || /^spring\.jpa\./i.test(key)) && isBuiltWithout(build, JPA)) &&
        !(HIBERNATE.test(key) && isSilent(key, build)),
    );
    for (const [first, ...others] of perDocument(found)) {
      const { property, value = "", where, overridable } = first;
      report({
        at: property.keySpan,
        message: others.length === 0 ? "logged" : "several",
        data: {
          key: property.key.replace(/^spring\.jpa\.properties\.|^logging\.level\./, ""),
          value: P6SPY.test(value) ? "jdbc:p6spy:…" : value.replace(/^org\.apache\.ibatis\.logging\.stdout\./, ""),
          where,
          more: others.length,
        },
        certainty: overridable ? "likely" : "proven",
        related: others.map((other) => ({ at: { file: file.file, ...other.property.keySpan }, message: "writes statements, too" })),
        fixes: changeValues(
          file.file,
          [first, ...others].flatMap((one) => (P6SPY.test(one.value ?? "") ? [] : [[one.property, quietValue(one.property)] as const])),
        ),
      });
    }
  },
});

const SESSION_LOG = "hibernate.session.events.log";

/**
 * Hibernate up to 6 writes a summary of each session at INFO where it counts them, unless that is switched off by itself
 * (`StatisticalLoggingSessionEventListener`; 7 asks for DEBUG).
 */
function sessionsWritten(file: ConfigFile, configuration: ConfigurationModel): readonly ProductionSetting[] {
  const { hibernate } = configuration.buildOf(file.file);
  if (hibernate === undefined || versionAtLeast(hibernate, "7.0")) return [];
  const silenced = [`spring.jpa.properties.${SESSION_LOG}`, ...SESSION_LOGGERS].some(
    (key) => configuration.everyValue(key, file.file).length > 0 || isSetOutside(configuration, file.file, key),
  );
  if (silenced) return [];
  const found = [...productionSettings(file, configuration, (key) => key === "spring.jpa.properties.hibernate.generatestatistics")];
  return found.filter(({ value }) => booleanOf(value ?? "") === true);
}

const SESSION_LOGGERS = [
  "logging.level.org.hibernate.engine.internal.StatisticalLoggingSessionEventListener",
  "logging.level.org.hibernate.engine.internal",
  "logging.level.org.hibernate.engine",
  "logging.level.org.hibernate",
];

/** Variables and flags that switch the statements on; the environment gives names of loggers in small letters, `org.hibernate.SQL` never. */
function writtenByContainers(file: ContainerFile, configuration: ConfigurationModel): readonly ContainerSetting[] {
  const found = containerSettings(file, configuration, (setting) => {
    const logger = /^logging[._]level/i.test(setting.name) ? dottedKey(setting) : undefined;
    return logger === undefined ? SWITCH(setting) : isSqlLog(logger) ? (setting.isVariable ? logger : setting.name) : undefined;
  });
  return [...found].filter(({ key, value, near, setting }) => {
    const build = near === undefined ? undefined : configuration.buildOf(near);
    if (!valueThatWrites(key).test(value)) return false;
    if (build !== undefined && (HIBERNATE.test(key) || /^spring\.?jpa/i.test(key)) && isBuiltWithout(build, JPA)) return false;
    return !HIBERNATE.test(key) || !(build === undefined ? setting.isVariable && key.endsWith(".sql") : isSilent(key, build));
  });
}

const JPA = ["spring-boot-starter-data-jpa", "spring-data-jpa", "hibernate-core", "spring-orm", "jakarta.persistence-api"];

/** Whether nothing that reads a key is built in, as far as the build is known. */
const isBuiltWithout = ({ artifacts, has }: Build, readers: readonly string[]): boolean =>
  Object.keys(artifacts).some((artifact) => artifact.startsWith("spring-boot-starter")) &&
  !has(...readers) &&
  !Object.keys(artifacts).some((artifact) => /jpa|hibernate/i.test(artifact));

const MYBATIS = /^mybatis/i;
/** MyBatis writes each statement, its values and each row that comes back. */
const STANDARD_OUTPUT = /\bStdOutImpl$/;
const SLF4J = "org.apache.ibatis.logging.slf4j.Slf4jImpl";
const P6SPY = /^jdbc:p6spy:/;

function valueThatWrites(key: string): RegExp {
  if (/log-?impl$/i.test(key)) return STANDARD_OUTPUT;
  if (/url$/i.test(key)) return P6SPY;
  return /^logging\.level\./i.test(key) ? levelThatWrites(key) : /^true$/i;
}

const quietValue = ({ key, value }: { readonly key: string; readonly value: string }): string =>
  /^logging\.level\./i.test(key) ? quietLevel(value) : /log-?impl$/i.test(key) ? SLF4J : "false";

/** Statements are written at DEBUG, the values that are bound to them at TRACE alone. */
const levelThatWrites = (key: string): RegExp =>
  /\.type\b|\.jdbc\.(?:bind|extract)$|StatementCreatorUtils$/i.test(key) ? /^trace$/i : /^(?:debug|trace)$/i;

const HIBERNATE = /^logging\.level\.org\.hibernate\./;

/** Names of loggers count as they are written; Hibernate 6 binds under another name than 5, and R2DBC sends its statements past it. */
function isSilent(key: string, build: Build): boolean {
  if (key.endsWith(".sql") && !/\.type\./.test(key)) return true;
  if (build.has("spring-boot-starter-data-r2dbc") && !build.has("hibernate-core", "spring-data-jpa", "spring-boot-starter-data-jpa"))
    return true;
  const major = Number.parseInt(build.hibernate ?? "", 10);
  return /\.type\b/.test(key) ? major >= 6 : /\.orm\.jdbc\./.test(key) && major < 6;
}

/** `format_sql` and `use_sql_comments` write nothing by themselves. */
function isSqlLog(key: string): boolean {
  return (
    SQL_LOGS.has(key) ||
    /^mybatis(?:plus)?\.configuration\.logimpl$|^spring\.datasource\.(?:[\w.]+\.)?(?:url|jdbcurl)$/.test(key) ||
    /^logging\.level\.org\.hibernate\.(?:sql|type(?:\.descriptor\.sql.*)?|orm\.jdbc\.bind|orm\.jdbc\.extract)$/.test(key)
  );
}

const SQL_LOGS: ReadonlySet<string> = new Set([
  "spring.jpa.showsql",
  "spring.jpa.properties.hibernate.showsql",
  "decorator.datasource.p6spy.enablelogging",
  "logging.level.p6spy",
  "logging.level.sql",
  "logging.level.org.springframework.jdbc.core",
  "logging.level.org.springframework.jdbc.core.jdbctemplate",
  "logging.level.org.springframework.jdbc.core.statementcreatorutils",
]);
const SWITCH = keysOf([...SQL_LOGS].filter((key) => canonicalKey(key) === key && !key.startsWith("logging.")));
