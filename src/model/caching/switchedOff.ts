import type { JavaFile } from "../../facts/fileFacts.ts";
import type { ConfigurationModel } from "../configuration/configurationModel.ts";
import { isWholeHere } from "../configuration/wholeApplication.ts";
import type { CacheUses } from "./cacheUses.ts";

interface Parts {
  readonly configuration: ConfigurationModel;
  readonly cacheUses: CacheUses;
}

/** Whether Spring's annotations on the methods of a file are known to do nothing: a cached method is one that runs at every call. */
export const isCachingOff = (parts: Parts, file: JavaFile): boolean =>
  isSprings(file) && (isNeverEnabled(parts, file.file) || keepsNothing(parts.configuration, file.file));

/** `spring.cache.type: none`, whatever the profile, and no manager of the project's own. */
function keepsNothing(configuration: ConfigurationModel, file: string): boolean {
  const types = configuration.everyValue("spring.cache.type", file);
  if (types.length === 0 || !types.every(({ value, known, overridable }) => known && !overridable && value.trim().toLowerCase() === "none"))
    return false;
  return !(["own-cache-manager", "redis-caches", "caffeine-caches"] as const).some((hint) => configuration.codeSettles(hint, file));
}

/** JPA, Micronaut and others have an annotation of the same name. */
export const isSprings = ({ java }: JavaFile): boolean =>
  !java.imports.some(({ name }) => name.endsWith(".Cacheable") && !name.startsWith("org.springframework.cache."));

/** Whether the whole application is here, and none of it switches caches on. */
export function isNeverEnabled({ configuration, cacheUses }: Parts, file: string): boolean {
  if (!isWholeHere(configuration, file, mayHide) || cacheUses.mayBeSwitchedElsewhere()) return false;
  const { module, dependsOn } = configuration.buildOf(file);
  return cacheUses.switches().every((entry) => {
    const home = configuration.buildOf(entry.file.file);
    const another = home.module !== module && !dependsOn.includes(home.module) && !home.dependsOn.includes(module);
    return another && configuration.codeSettles("application", entry.file.file);
  });
}

/** Libraries that have to do with caches and are none of Spring Boot's providers. */
const mayHide = (name: string): boolean => /cach/i.test(name) && !PLAIN.test(name);
const PLAIN = /^(?:spring-boot-starter-cache|spring-boot-cache|cache-api|ehcache(?:-\w+)?|hibernate-j?e?h?cache|cache2k-[\w-]+)$/;
