import type { CacheUse } from "../../model/caching/readUses.ts";
import { isNeverEnabled, isSprings } from "../../model/caching/switchedOff.ts";
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
    if (own.length === 0 || !isSprings(file) || !isNeverEnabled(model, file.file)) return;
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

/** One finding a module: one annotation mends them all. */
function readsIn({ cacheUses, configuration }: Model, module: string): readonly CacheUse[] {
  return cacheUses.all().filter(({ kind, at }) => kind === "read" && configuration.moduleOf(at.file) === module);
}
