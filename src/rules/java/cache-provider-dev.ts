import type { JavaType } from "../../facts/java/javaFacts.ts";
import type { CacheUse } from "../../model/caching/readUses.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed, annotationValue, constantTexts } from "../../model/types/constants.ts";
import { bareName, type TypeEntry } from "../../model/types/typeIndex.ts";
import { defineRule } from "../rule.ts";
import { cacheProvider } from "./shared/caches/cacheProvider.ts";

export const cacheProviderDev = defineRule({
  id: "java/cache-provider-dev",
  title: "Caches are plain maps: no bound, no end, one for each instance",
  language: "java",
  certainty: "likely",
  cost: "one entry in the heap for each key that was ever asked for, and an eviction reaches one instance only",
  references: [
    "https://docs.spring.io/spring-boot/reference/io/caching.html#io.caching.provider.simple",
    "https://docs.spring.io/spring-framework/reference/integration/cache/store-configuration.html",
  ],
  messages: {
    one: "{{cache}} is a map in memory that keeps each {{key}} for ever",
    several: "{{cache}} and {{more}} more caches are maps in memory that keep each key for ever",
  },

  check({ file, model, report }) {
    for (const type of file.java.types) {
      const enabled = annotationNamed(type.annotations, "EnableCaching");
      if (enabled === undefined || firstSwitch(model, file.file) !== type || cacheProvider(model.configuration, file.file) !== "map")
        continue;
      const growing = growingCaches(model, file.file);
      const [first, ...others] = growing;
      if (first === undefined) continue;
      const [cache = ""] = first.names;
      report({
        at: enabled.span,
        message: others.length === 0 ? "one" : "several",
        data: { cache, key: keyOf(first), more: others.length },
        related: growing.map(({ at, label, names }) => ({ at, message: `${label} fills ${names.join(", ")}` })),
      });
    }
  },
});

const BOOT_PLUGINS: ReadonlySet<string> = new Set(["spring-boot-maven-plugin", "org.springframework.boot"]);

/** Of several classes of one application that switch caches on, one speaks. */
function firstSwitch(model: Model, file: string): JavaType | undefined {
  const { configuration, cacheUses } = model;
  const module = configuration.moduleOf(file);
  if (!isApplication(model, file)) return undefined;
  return cacheUses.switches().find((entry) => configuration.moduleOf(entry.file.file) === module && !isForDevelopment(model, entry))?.type;
}

/** Libraries have no say in what is on the classpath of the application around them. */
function isApplication({ configuration }: Model, file: string): boolean {
  if (configuration.isLibrary(file)) return false;
  return configuration.codeSettles("application", file) || configuration.buildOf(file).plugins.some((plugin) => BOOT_PLUGINS.has(plugin));
}

function isForDevelopment({ types, configuration }: Model, entry: TypeEntry): boolean {
  const profile = annotationValue(annotationNamed(entry.type.annotations, "Profile"), "value");
  const names = profile === undefined ? [] : constantTexts(profile, entry, types);
  return names.length > 0 && names.every((name) => configuration.isForDevelopment(name, entry.file.file));
}

/** Cached methods of the application that requests reach, and that have as many keys as people ask for; one a cache. */
function growingCaches(model: Model, file: string): readonly CacheUse[] {
  const { module, dependsOn } = model.configuration.buildOf(file);
  const caches = new Map<string, CacheUse>();
  for (const use of model.cacheUses.all()) {
    const [cache = ""] = use.names;
    if (use.kind !== "read" || caches.has(cache) || !use.parameters.some(({ type }) => OPEN.test(bareName(type)))) continue;
    const home = model.configuration.moduleOf(use.at.file);
    if (home !== module && !dependsOn.includes(home)) continue;
    if (model.effects.reachedFrom(use.method)?.kind === "endpoint") caches.set(cache, use);
  }
  return [...caches.values()];
}

/** What there is no end of. */
const OPEN = /^(?:String|Long|long|Integer|int|UUID|Pageable|LocalDate|\w+(?:Id|Request|Criteria|Filter|Query|Dto|DTO))$/;

const keyOf = ({ parameters }: CacheUse): string =>
  parameters.length === 1 ? (parameters[0]?.name ?? "key") : `combination of ${parameters.map(({ name }) => name).join(" and ")}`;
