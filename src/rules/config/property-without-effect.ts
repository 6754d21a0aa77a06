import { type ConfigProperty, canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import { isDevelopmentFolder } from "../../model/configuration/profiles.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { conditionsOf, isForDevelopment } from "./productionSettings.ts";
import { REMOVED_PROPERTIES } from "./removedProperties.ts";

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
  ],
  messages: {
    renamed: "{{key}} is not read by Spring Boot {{boot}}: it is {{replacement}} there",
    removed: "{{key}} is not read by Spring Boot {{boot}}",
  },

  check({ file, model, report }) {
    const found = [...removedIn(file)];
    const { configuration } = model;
    const { boot, has } = found.length === 0 ? NO_BUILD : configuration.buildOf(file.file);
    // The migrator translates the old names at start.
    if (boot === undefined || has("spring-boot-properties-migrator")) return;
    for (const { property, since, replacement, inDevelopment } of found) {
      if (!versionAtLeast(boot, since) || isReadByOthers(file, property)) continue;
      if (/^spring\.redis\./.test(property.key) && configuration.codeSettles("own-redis", file.file)) continue;
      report({
        at: property.keySpan,
        // A long message would not fit its line; the fix names the new key as well.
        message: replacement === undefined || property.key.length + replacement.length > 64 ? "removed" : "renamed",
        data: { key: property.key, boot: /^\d+\.\d+/.exec(boot)?.[0] ?? boot, replacement: replacement ?? "" },
        ...(inDevelopment ? { severity: "hint" as const } : {}),
        fixes: replacement === undefined ? [] : rename(file, property, replacement),
      });
    }
  },
});

const NO_BUILD = { boot: undefined, has: () => false } as const;

interface Removed {
  readonly property: ConfigProperty;
  readonly since: string;
  readonly replacement: string | undefined;
  readonly inDevelopment: boolean;
}

function* removedIn(file: ConfigFile): Generator<Removed> {
  for (const { properties, onProfile } of file.config.documents) {
    const inDevelopment = isDevelopmentFolder(file.file) || conditionsOf(file, onProfile).some(isForDevelopment);
    for (const property of properties) {
      const removed = REMOVED_PROPERTIES.get(canonicalKey(property.key.replace(/\[\d+\]$/, "")));
      if (removed !== undefined) yield { property, ...removed, inDevelopment };
    }
  }
}

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
