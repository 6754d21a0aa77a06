import type { Build } from "../../model/configuration/configurationModel.ts";
import { defineRule } from "../rule.ts";
import { changeValue, productionSettings } from "./productionSettings.ts";

export const sqlLoggingInProduction = defineRule({
  id: "config/sql-logging-in-production",
  title: "Every SQL statement is written to the log in production",
  language: "config",
  certainty: "proven",
  cost: "one line of log for each statement, with bind values several",
  references: [
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.data.spring.jpa.show-sql",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#settings-logging",
  ],
  messages: { logged: "{{key}} is {{value}} {{where}}: each statement is written out" },

  check({ file, model, report }) {
    for (const { property, value, overridable, where } of productionSettings(file, model.configuration, isSqlLog)) {
      const isLevel = /^logging\.level\./i.test(property.key);
      if (value === undefined || !(isLevel ? levelThatWrites(property.key) : /^true$/i).test(value)) continue;
      if (HIBERNATE.test(property.key) && isSilent(property.key, model.configuration.buildOf(file.file))) continue;
      const short = property.key.replace(/^spring\.jpa\.properties\.|^logging\.level\./, "");
      report({
        at: property.keySpan,
        message: "logged",
        data: { key: short, value, where },
        certainty: overridable ? "likely" : "proven",
        fixes: [changeValue(file.file, property, isLevel ? "INFO" : "false")],
      });
    }
  },
});

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
