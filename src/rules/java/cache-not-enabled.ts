import type { JavaFile } from "../../facts/fileFacts.ts";
import type { CacheUse } from "../../model/caching/readUses.ts";
import type { Model } from "../../model/model.ts";
import { defineRule } from "../rule.ts";

export const cacheNotEnabled = defineRule({
  id: "java/cache-not-enabled",
  title: "@Cacheable without @EnableCaching: nothing is cached",
  language: "java",
  certainty: "likely",
  severity: "warning",
  cost: "the method runs at every call, as if the annotation were not there",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html#cache-annotation-enable",
    "https://docs.spring.io/spring-boot/reference/io/caching.html",
  ],
  messages: {
    one: "{{method}} is not cached: nothing here has @EnableCaching",
    several: "{{method}} and {{more}} more methods are not cached: nothing here has @EnableCaching",
  },

  check({ file, model, report }) {
    const own = model.cacheUses.usesIn(file.file).filter(({ kind }) => kind === "read");
    if (own.length === 0 || !isSprings(file) || !isOff(model, file.file)) return;
    const all = readsIn(model, model.configuration.moduleOf(file.file));
    const [first, ...others] = all;
    if (first === undefined || first.at.file !== file.file) return;
    report({
      at: first.at,
      message: others.length === 0 ? "one" : "several",
      data: { method: first.label, more: others.length },
      related: others.map(({ at, label }) => ({ at, message: `nor is ${label}` })),
    });
  },
});

/** JPA, Micronaut and others have an annotation of the same name. */
const isSprings = ({ java }: JavaFile): boolean =>
  !java.imports.some(({ name }) => name.endsWith(".Cacheable") && !name.startsWith("org.springframework.cache."));

/** One finding a module: one annotation mends them all. */
function readsIn({ cacheUses, configuration }: Model, module: string): readonly CacheUse[] {
  return cacheUses.all().filter(({ kind, at }) => kind === "read" && configuration.moduleOf(at.file) === module);
}

/** Whether the whole application is here, and none of it switches caches on. */
function isOff({ configuration, cacheUses }: Model, file: string): boolean {
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

/** Sources that are not read, and libraries that have to do with caches and are none of Spring Boot's providers. */
const mayHide = (name: string): boolean => /kotlin|groovy/i.test(name) || (/cach/i.test(name) && !PLAIN.test(name));
const PLAIN = /^(?:spring-boot-starter-cache|spring-boot-cache|cache-api|ehcache(?:-\w+)?|hibernate-j?e?h?cache|cache2k-[\w-]+)$/;
