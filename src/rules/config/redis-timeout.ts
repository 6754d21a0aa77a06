import { versionAtLeast } from "../../model/configuration/versions.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication, isSetOutside, leavesOut, placeFor, setKey } from "./application.ts";

export const redisTimeout = defineRule({
  id: "config/redis-timeout",
  title: "A command to Redis may wait for a minute",
  language: "config",
  certainty: "likely",
  cost: "a request thread for up to 60 s per command while Redis does not answer",
  references: [
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.data.spring.data.redis.timeout",
    "https://redis.github.io/lettuce/advanced-usage/#client-options",
  ],
  messages: { unset: "{{key}} is not set: a command waits up to 60 s for Redis" },
  toldOnce: ["unset"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForApplication(file, configuration)) return;
    const build = configuration.buildOf(file.file);
    // Redisson's starter makes the connections of Spring Data, too; beside it, Redisson has connections of its own.
    if (build.boot === undefined || !build.has("spring-boot-starter-data-redis") || build.has("jedis", "redisson-spring-boot-starter"))
      return;
    if (configuration.codeSettles("own-redis", file.file) || leavesOut("RedisAutoConfiguration", configuration, file.file)) return;
    const key = versionAtLeast(build.boot, "3.0") ? "spring.data.redis.timeout" : "spring.redis.timeout";
    const set = ["spring.data.redis", "spring.redis"].flatMap((prefix) => configuration.everyValueBelow(prefix, file.file));
    if (set.some((value) => /\.timeout$/i.test(value.key) || (/\.url$/i.test(value.key) && /timeout/i.test(value.value)))) return;
    if (isSetOutside(configuration, file.file, "spring.data.redis.timeout", "spring.redis.timeout")) return;
    const at = placeFor(key, file.config);
    if (at !== undefined) report({ at, message: "unset", data: { key }, fixes: [setKey(file.file, key, "2s")] });
  },
});
