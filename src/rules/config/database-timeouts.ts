import type { ContainerFile } from "../../facts/fileFacts.ts";
import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { insertAt } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type ContainerSetting, containerSettings, keysOf, pathOf } from "./containerSettings.ts";
import { type ProductionSetting, productionSettings } from "./productionSettings.ts";

export const databaseTimeouts = defineRule({
  id: "config/database-timeouts",
  title: "Nothing bounds how long a query or a dead connection is waited for",
  language: ["config", "container"],
  certainty: "likely",
  cost: "a thread and a connection for as long as the network or the query hangs",
  references: [
    "https://jdbc.postgresql.org/documentation/use/#connection-parameters",
    "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT",
    "https://github.com/brettwooldridge/HikariCP/wiki/Rapid-Recovery",
  ],
  messages: { unbounded: "{{key}} has no socketTimeout, and no query or transaction timeout is set" },
  toldOnce: ["unbounded"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (file.language === "container") {
      for (const { setting } of urlsOfContainers(file, configuration))
        report({ at: setting.at, message: "unbounded", data: { key: setting.name } });
      return;
    }
    for (const setting of productionSettings(file, configuration, (key) =>
      /^spring\.datasource\.(?:[\w.]+\.)?(?:url|jdbcurl)$/.test(key),
    )) {
      const { property, value } = setting;
      if (value === undefined || !/^jdbc:postgresql:/.test(value) || TIMEOUT.test(value) || GIVEN_ELSEWHERE.test(property.value)) continue;
      if (isBounded(file.file, configuration)) return;
      report({ at: property.keySpan, message: "unbounded", data: { key: property.key }, fixes: addTimeout(file.file, setting) });
    }
  },
});

/** Whether settings of an application bound its queries, or those that its containers are given. */
function isBounded(near: string, configuration: ConfigurationModel): boolean {
  const others = configuration.everyValueBelow("spring", near);
  if (others.some(({ key, value }) => TIMEOUT.test(key) || (/init-?sql|options$/i.test(key) && TIMEOUT.test(value)))) return true;
  const outside = configuration.inEnvironmentBelow("spring", near);
  return outside.some((given) => TIMEOUT.test(given.value) || TIMEOUT_VARIABLE.test(given.squeezed));
}

/** URLs that containers of production are given, in the place of those in files. */
function* urlsOfContainers(file: ContainerFile, configuration: ConfigurationModel): Generator<ContainerSetting> {
  for (const given of containerSettings(file, configuration, URL_KEY)) {
    if (!/^jdbc:postgresql:/.test(given.value) || TIMEOUT.test(given.value)) continue;
    const applications = given.near === undefined ? configuration.applications().map(pathOf) : [given.near];
    if (applications.length > 0 && !applications.some((near) => isBounded(near, configuration))) yield given;
  }
}

const URL_KEY = keysOf(["spring.datasource.url", "spring.datasource.hikari.jdbc-url"]);

const TIMEOUT =
  /socket-?timeout|statement_timeout|query[.-]?timeout|transaction\.default-?timeout|default-?statement-?timeout|read-?timeout|idle_in_transaction_session_timeout/i;

const TIMEOUT_VARIABLE = /sockettimeout|querytimeout|defaulttimeout|defaultstatementtimeout/;

/** `…/shop${DB_OPTIONS:}` and `…/shop${X:?ssl=true}`: the parameters are the environment's. */
const GIVEN_ELSEWHERE = /\$\{(?:[^}:]*(?:option|param|query|args|suffix)[^}]*|[^}:]*:[?&][^}]*)\}\s*$/i;

const SECONDS = 30;

/** `?socketTimeout=30` at the end of a URL that is written out. */
function addTimeout(file: string, { property, overridable, value }: ProductionSetting): readonly Fix[] {
  if (overridable || value === undefined || property.value !== value) return [];
  return [
    {
      title: `Add socketTimeout=${SECONDS}`,
      safe: false,
      edits: (sources) => {
        const { start, end } = property.valueSpan;
        const written = sources.text(file)?.slice(start, end);
        if (written === undefined || written.includes("\n")) return undefined;
        const at = /["']$/.test(written) ? end - 1 : end;
        return [{ kind: "change", file, edits: [insertAt(at, `${value.includes("?") ? "&" : "?"}socketTimeout=${SECONDS}`)] }];
      },
    },
  ];
}
