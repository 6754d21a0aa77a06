import { nodesOf } from "../../facts/java/code.ts";
import { defineRule } from "../rule.ts";

export const redisKeysScan = defineRule({
  id: "java/redis-keys-scan",
  title: "KEYS reads every key of Redis at once",
  language: "java",
  certainty: "proven",
  cost: "Redis does nothing else while it compares all of its keys: O(N), N keys of the database",
  references: ["https://redis.io/docs/latest/commands/keys/", "https://redis.io/docs/latest/commands/scan/"],
  messages: {
    entry: "{{command}} reads every key of Redis for {{entry}}",
    call: "{{command}} reads every key of Redis",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      for (const site of method.sites) {
        if (site.work?.kind !== "redis" || !KEYS.test(site.work.label)) continue;
        const { body } = model.calls.codeOf(method);
        const [argument] = nodesOf(body)[site.order]?.children.filter(({ role }) => role === "argument") ?? [];
        // A pattern without a wildcard names one key, which costs the same but is seldom meant.
        if (argument === undefined) continue;
        const entry = model.effects.reachedFrom(method.key);
        report({
          at: site.at,
          message: entry === undefined ? "call" : "entry",
          data: { command: site.work.label, entry: entry?.label ?? "" },
          related: model.effects.chainTo(method.key),
        });
      }
    }
  },
});

/** Of the template: `opsForHash().keys(key)` reads the fields of one hash. */
const KEYS = /^(?:String|Reactive\w*)?RedisTemplate\.keys$/;
