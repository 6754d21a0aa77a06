import type { CacheUse } from "../../model/caching/readUses.ts";
import type { Model } from "../../model/model.ts";
import { setKey } from "../config/application.ts";
import { defineRule } from "../rule.ts";
import { cacheProvider } from "./shared/caches/cacheProvider.ts";
import { usesInEffect } from "./shared/caches/cachingOff.ts";

export const cacheNoTtl = defineRule({
  id: "java/cache-no-ttl",
  title: "A cache whose entries stay for ever",
  language: "java",
  certainty: "proven",
  cost: "one entry for each key that was ever asked for, and old answers until somebody evicts them",
  references: [
    "https://docs.spring.io/spring-boot/reference/io/caching.html#io.caching.provider.redis",
    "https://docs.spring.io/spring-boot/reference/io/caching.html#io.caching.provider.caffeine",
    "https://redis.io/docs/latest/develop/reference/eviction/",
  ],
  messages: {
    redis: "{{cache}} keeps its entries in Redis for ever",
    caffeine: "{{cache}} grows without end in memory",
  },

  check({ file, model, report }) {
    for (const use of usesInEffect(model, file.file)) {
      if (!hasManyKeys(use)) continue;
      for (const cache of use.names) {
        const [first] = model.cacheUses.usesOf(cache).filter(hasManyKeys);
        const unbounded =
          first?.method === use.method && first.at.start === use.at.start ? unboundedProvider(model, cache, file.file) : undefined;
        if (unbounded === undefined) continue;
        const evicted = model.cacheUses.usesOf(cache).some(({ kind }) => kind === "evict");
        report({
          at: use.at,
          message: unbounded.provider,
          data: { cache },
          certainty: evicted ? "likely" : "proven",
          fixes: fixesFor(model, use, unbounded),
        });
      }
    }
  },
});

/** Whether one entry is not all: a key may be a text that is written down, whatever the method is given. */
const hasManyKeys = ({ kind, key, parameters }: CacheUse): boolean =>
  kind === "read" && parameters.length > 0 && !/^\s*'[^']*'\s*$/.test(key ?? "");

const MADE_IN_CODE = ["redis-caches", "caffeine-caches", "own-cache-manager"] as const;

interface Unbounded {
  readonly provider: "redis" | "caffeine";
  /** The property that would give an end; undefined where it is there and says other things. */
  readonly key?: string;
  readonly value?: string;
}

const BOUNDS = /expire|maximum|weak|soft/i;

/** The provider that keeps entries without an end, where configuration and code say neither a time nor a size. */
function unboundedProvider({ configuration, cacheLifetimes }: Model, cache: string, file: string): Unbounded | undefined {
  const provider = cacheProvider(configuration, file);
  // A size has no name, and no time; Redis has times only.
  if (configuration.codeSettles("cache-bounds", file) && !(provider === "redis" && cacheLifetimes.leavesOut(cache, file))) return undefined;
  if (provider === undefined || provider === "map") return undefined;
  if (provider === "redis") {
    const key = "spring.cache.redis.time-to-live";
    return configuration.everyValue(key, file).length > 0 ? undefined : { provider: "redis", key, value: "10m" };
  }
  const key = "spring.cache.caffeine.spec";
  const specs = configuration.everyValue(key, file);
  if (specs.some(({ known, value }) => !known || BOUNDS.test(value))) return undefined;
  // What it says besides would have to be kept.
  return specs.length > 0 ? { provider: "caffeine" } : { provider: "caffeine", key, value: "maximumSize=10000,expireAfterWrite=10m" };
}

function fixesFor({ configuration }: Model, use: CacheUse, { key, value }: Unbounded) {
  // Whoever makes the manager, or its configuration, leaves Spring Boot's properties unread.
  if (MADE_IN_CODE.some((hint) => configuration.codeSettles(hint, use.at.file))) return [];
  const main = configuration.mainFileOf(use.at.file);
  return main === undefined || key === undefined || value === undefined ? [] : [setKey(main, key, value)];
}
