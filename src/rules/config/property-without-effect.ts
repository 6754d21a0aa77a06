import { type ConfigProperty, canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isDocumentForDevelopment } from "./productionSettings.ts";
import { REMOVED_PROPERTIES, type RemovedProperty } from "./removedProperties.ts";

export const propertyWithoutEffect = defineRule({
  id: "config/property-without-effect",
  title: "A property that this version of Spring Boot does not read",
  language: "config",
  certainty: "proven",
  cost: "the default holds instead of what is written",
  references: [
    "https://github.com/spring-projects/spring-boot/wiki/Spring-Boot-3.0-Migration-Guide",
    "https://docs.spring.io/spring-boot/upgrading.html",
    "https://docs.spring.io/spring-boot/specification/configuration-metadata/format.html",
    "https://github.com/spring-projects/spring-boot/pull/26326",
    "https://redis.github.io/lettuce/advanced-usage/connection-pooling/",
  ],
  messages: {
    renamed: "{{key}} is not read by Spring Boot {{boot}}: it is {{replacement}} there",
    removed: "{{key}} is not read by Spring Boot {{boot}}",
    poolless: "{{prefix}} has no effect without {{artifact}}",
  },

  check({ file, model, report }) {
    const { configuration } = model;
    for (const { property, prefix, artifact, inDevelopment } of poolsWithoutPool(file, configuration))
      report({
        at: property.keySpan,
        message: "poolless",
        data: { prefix, artifact },
        // A library that the build does not name may bring the artifact along.
        certainty: "likely",
        ...(inDevelopment ? { severity: "hint" as const } : {}),
      });
    const found = [...removedIn(file, configuration)];
    const { boot, has } = found.length === 0 ? NO_BUILD : configuration.buildOf(file.file);
    // The migrator translates the old names at start.
    if (boot === undefined || has("spring-boot-properties-migrator")) return;
    for (const { property, since, replacement, otherMeaning, inDevelopment } of found) {
      if (!versionAtLeast(boot, since) || isReadByOthers(file, property)) continue;
      if (/^spring\.redis\./.test(property.key) && configuration.codeSettles("own-redis", file.file)) continue;
      report({
        at: property.keySpan,
        // A long message would not fit its line; the fix names the new key as well.
        message: replacement === undefined || property.key.length + replacement.length > 64 ? "removed" : "renamed",
        data: { key: property.key, boot: /^\d+\.\d+/.exec(boot)?.[0] ?? boot, replacement: replacement ?? "" },
        ...(inDevelopment ? { severity: "hint" as const } : {}),
        fixes: replacement === undefined || otherMeaning ? [] : rename(file, property, replacement),
      });
    }
  },
});

const NO_BUILD = { boot: undefined, has: () => false } as const;

interface Removed extends RemovedProperty {
  readonly property: ConfigProperty;
  readonly inDevelopment: boolean;
}

function* removedIn(file: ConfigFile, configuration: ConfigurationModel): Generator<Removed> {
  for (const { properties, onProfile } of file.config.documents) {
    for (const property of properties) {
      const removed = REMOVED_PROPERTIES.get(canonicalKey(property.key.replace(/\[\d+\]$/, "")));
      if (removed !== undefined) yield { property, ...removed, inDevelopment: isDocumentForDevelopment(file, onProfile, configuration) };
    }
  }
}

interface PoolKeys {
  /** The first of them. */
  readonly property: ConfigProperty;
  readonly prefix: string;
  readonly artifact: string;
  readonly inDevelopment: boolean;
}

/** Sizes of a pool of connections to Redis that needs an artifact which is not there: Spring Boot asks for its class, and makes no pool. */
function* poolsWithoutPool(file: ConfigFile, configuration: ConfigurationModel): Generator<PoolKeys> {
  for (const { properties, onProfile } of file.config.documents) {
    for (const [keys, artifact, bringers] of POOLS) {
      const pool = properties.filter(({ key }) => keys.test(key));
      const [property] = pool;
      if (property === undefined || pool.some((one) => /\.enabled$/i.test(one.key) || isReadByOthers(file, one))) continue;
      const { boot, has } = configuration.buildOf(file.file);
      // Before 2.6 the application does not start.
      if (boot === undefined || !versionAtLeast(boot, "2.6") || !has(...REDIS) || has(artifact, ...bringers)) continue;
      if (versionAtLeast(boot, "3.0") !== /\.data\./i.test(property.key) || configuration.codeSettles("own-redis", file.file)) continue;
      const inDevelopment = isDocumentForDevelopment(file, onProfile, configuration);
      yield { property, prefix: keys.exec(property.key)?.[0] ?? property.key, artifact, inDevelopment };
    }
  }
}

const REDIS = ["spring-boot-starter-data-redis", "spring-boot-starter-data-redis-reactive"];
const POOLS: readonly (readonly [keys: RegExp, artifact: string, bringers: readonly string[]])[] = [
  [
    /^spring\.(?:data\.)?redis\.lettuce\.pool(?=\.)/i,
    "commons-pool2",
    ["jedis", "commons-dbcp2", "pooled-jms", "redisson-spring-boot-starter"],
  ],
  [/^spring\.(?:data\.)?redis\.jedis\.pool(?=\.)/i, "jedis", ["redisson-spring-boot-starter"]],
];

/** `other: ${spring.redis.host}`: the application's own use of the name. */
function isReadByOthers({ config }: ConfigFile, { key }: ConfigProperty): boolean {
  return config.documents.some(({ properties }) => properties.some(({ value }) => value.includes(`\${${key}`)));
}

/** In properties the whole key is changed; in YAML only a last part that stays where it is. */
function rename({ file, config }: ConfigFile, { key, keySpan }: ConfigProperty, replacement: string): readonly Fix[] {
  const whole = config.format === "properties";
  const [folder, name] = split(replacement);
  if (/\]$/.test(key) || (!whole && (split(key)[0] !== folder || keySpan.end - keySpan.start !== split(key)[1].length))) return [];
  const text = whole ? replacement : name;
  return [{ title: `Rename to ${replacement}`, safe: false, edits: () => [{ kind: "change", file, edits: [replace(keySpan, text)] }] }];
}

const split = (key: string): readonly [string, string] => [key.slice(0, key.lastIndexOf(".")), key.slice(key.lastIndexOf(".") + 1)];
