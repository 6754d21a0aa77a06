import { canonicalKey } from "../../facts/config/configFacts.ts";
import { replace } from "../../text/edits.ts";
import { defineRule } from "../rule.ts";
import { changeVariable, containerSettings, keysOf } from "./containerSettings.ts";
import { isDocumentForDevelopment } from "./productionSettings.ts";

const KEY = "spring.jpa.properties.hibernate.enable_lazy_load_no_trans";
const KEY_OF = keysOf([KEY]);

export const lazyLoadNoTrans = defineRule({
  id: "config/lazy-load-no-trans",
  title: "Lazy loading outside of transactions",
  language: ["config", "container"],
  certainty: "proven",
  severity: "error",
  cost: "one more session, connection and transaction per lazy access",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#settings-hibernate.enable_lazy_load_no_trans",
  ],
  messages: { on: "enable_lazy_load_no_trans opens a session and a connection for each lazy access" },
  toldOnceAlike: ["on"],

  check({ file, model, report }) {
    if (file.language === "container") {
      for (const given of containerSettings(file, model.configuration, KEY_OF))
        if (/^true$/i.test(given.value)) report({ at: given.setting.at, message: "on", fixes: changeVariable(given, "false") });
      return;
    }
    if (!model.configuration.isRead(file)) return;
    for (const { onProfile, properties } of file.config.documents) {
      // Tests pass with it where production fails without, or is slow with it.
      const weight = isDocumentForDevelopment(file, onProfile, model.configuration) ? ({ severity: "hint" } as const) : {};
      for (const { key, value, keySpan, valueSpan } of properties) {
        if (canonicalKey(key) !== canonicalKey(KEY) || !/^true$/i.test(value.trim())) continue;
        report({
          at: keySpan,
          message: "on",
          ...weight,
          fixes: [
            {
              title: `Set ${key} to false`,
              safe: false,
              edits: (sources) => {
                const written = sources.text(file.file)?.slice(valueSpan.start, valueSpan.end);
                return written === undefined || !/true/i.test(written)
                  ? undefined
                  : [{ kind: "change", file: file.file, edits: [replace(valueSpan, written.replace(/true/i, "false"))] }];
              },
            },
          ],
        });
      }
    }
  },
});
