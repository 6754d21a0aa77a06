import type { CacheUse } from "../../../model/caching/readUses.ts";
import type { Model } from "../../../model/model.ts";

/**
 * Whether the whole application is here, and none of it switches caches on: its annotations do nothing, which is said once for a module by
 * java/cache-not-enabled.
 */
export function isCachingOff({ configuration, cacheUses }: Model, file: string): boolean {
  // Nobody knows what an application around a library that stands alone does.
  if (!configuration.codeSettles("application", file) && !configuration.isLibrary(file)) return false;
  const { module, dependsOn, artifacts, plugins } = configuration.buildOf(file);
  const names = Object.keys(artifacts);
  if (names.length === 0 || [...names, ...plugins].some(mayHide) || cacheUses.mayBeSwitchedElsewhere()) return false;
  return cacheUses.switches().every((entry) => {
    const home = configuration.buildOf(entry.file.file);
    const another = home.module !== module && !dependsOn.includes(home.module) && !home.dependsOn.includes(module);
    return another && configuration.codeSettles("application", entry.file.file);
  });
}

/** The annotations of caches in a file, where they do something. */
export function usesInEffect(model: Model, file: string): readonly CacheUse[] {
  const uses = model.cacheUses.usesIn(file);
  return uses.length === 0 || isCachingOff(model, file) ? [] : uses;
}

/** Sources that are not read, and libraries that have to do with caches and are none of Spring Boot's providers. */
const mayHide = (name: string): boolean => /kotlin|groovy/i.test(name) || (/cach/i.test(name) && !PLAIN.test(name));
const PLAIN = /^(?:spring-boot-starter-cache|spring-boot-cache|cache-api|ehcache(?:-\w+)?|hibernate-j?e?h?cache|cache2k-[\w-]+)$/;
