import { insertAt } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type ProductionSetting, productionSettings } from "./productionSettings.ts";

export const databaseTimeouts = defineRule({
  id: "config/database-timeouts",
  title: "Nothing bounds how long a query or a dead connection is waited for",
  language: "config",
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
    for (const setting of productionSettings(file, configuration, (key) =>
      /^spring\.datasource\.(?:[\w.]+\.)?(?:url|jdbcurl)$/.test(key),
    )) {
      const { property, value } = setting;
      if (value === undefined || !/^jdbc:postgresql:/.test(value) || TIMEOUT.test(value) || GIVEN_ELSEWHERE.test(property.value)) continue;
      const others = [...configuration.everyValueBelow("spring", file.file)];
      if (others.some(({ key, value: set }) => TIMEOUT.test(key) || (/init-?sql|options$/i.test(key) && TIMEOUT.test(set)))) return;
      const outside = configuration.inEnvironmentBelow("spring", file.file);
      if (outside.some((given) => TIMEOUT.test(given.value) || TIMEOUT_VARIABLE.test(given.squeezed))) return;
      report({ at: property.keySpan, message: "unbounded", data: { key: property.key }, fixes: addTimeout(file.file, setting) });
    }
  },
});

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
