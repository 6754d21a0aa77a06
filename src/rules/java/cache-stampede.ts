import type { JavaAnnotation, JavaMethod } from "../../facts/java/javaFacts.ts";
import type { CacheUse } from "../../model/caching/readUses.ts";
import type { Model } from "../../model/model.ts";
import { annotationValue } from "../../model/types/constants.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { cacheProvider } from "./shared/caches/cacheProvider.ts";
import { usesInEffect } from "./shared/caches/cachingOff.ts";
import { heavyWork } from "./shared/caches/heavyReads.ts";

export const cacheStampede = defineRule({
  id: "java/cache-stampede",
  title: "All requests compute a cached answer at once when it is gone",
  language: "java",
  certainty: "possible",
  cost: "each time the entry is gone, as many computations as requests come in before the first one is done",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html#cache-annotations-cacheable-synchronized",
    "https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/cache/annotation/Cacheable.html#sync()",
  ],
  messages: { unsynchronized: "{{cache}} lets each request that misses it run {{work}}" },

  check({ file, model, report }) {
    for (const use of usesInEffect(model, file.file)) {
      if (use.kind !== "read" || use.sync || use.names.length === 0 || REACTIVE.test(bareName(use.returns))) continue;
      const entry = model.effects.reachedFrom(use.method);
      if (entry?.kind !== "endpoint" || !entry.often || !use.parameters.every(({ type }) => SHARED.test(bareName(type)))) continue;
      const [cache = ""] = use.names;
      if (!goesAway(model, cache, file.file)) continue;
      const work = heavyWork(model, use.method);
      const method = model.calls.methodsIn(file.file).find(({ key }) => key === use.method)?.declared.method;
      if (work === undefined || method === undefined || isUnproxied(model, method, file.file)) continue;
      const { owner } = work.method.declared;
      report({
        at: use.at,
        message: "unsynchronized",
        data: { work: work.label, cache },
        certainty: work.kind === "remote" ? "likely" : "possible",
        cost: `one ${work.label} for each request that comes in before the first answer is there`,
        related: [
          {
            at: { file: owner.file.file, ...work.site.at },
            message: `${owner.type.name}.${work.method.declared.method.name} calls ${work.label}`,
          },
          ...model.effects.chainTo(use.method),
        ],
        fixes: synchronize(model, use, method),
      });
    }
  },
});

const REACTIVE = /^(?:Mono|Flux|CompletableFuture|Future|Uni|Publisher)$/;
/** Keys that many requests have in common. */
const SHARED = /^(?:boolean|Boolean|Locale|Pageable|Sort|Currency|Month|YearMonth|Year|DayOfWeek|\w+(?:Type|Kind|Status|Category))$/;

/** Whether entries expire, or are evicted: what is computed once in the life of the process is no stampede. */
function goesAway(model: Model, cache: string, file: string): boolean {
  return model.cacheUses.usesOf(cache).some(({ kind }) => kind === "evict") || model.cacheLifetimes.of(cache, file).kind !== "none";
}

/** The annotation of a private method has no effect, if no weaver gives it one. */
const isUnproxied = ({ configuration }: Model, { modifiers }: JavaMethod, file: string): boolean =>
  modifiers.includes("private") && !configuration.codeSettles("woven-caching", file);

/**
 * `sync = true` where Spring allows it: one cache, no `unless`, no other cache operation on the method. A map that computes a value must
 * not be asked for another one meanwhile, so that what is computed must not come to the same cache again.
 */
function synchronize(model: Model, use: CacheUse, method: JavaMethod): readonly Fix[] {
  const operations = method.annotations.filter(({ name }) => /^(?:Cacheable|CachePut|CacheEvict|Caching)$/.test(bareName(name)));
  const [annotation] = operations;
  if (annotation === undefined || operations.length > 1 || use.names.length !== 1 || !isAlone(annotation)) return [];
  if (cacheProvider(model.configuration, use.at.file) === undefined || comesBack(model, use)) return [];
  return [
    {
      title: "Let one caller compute and the others wait",
      safe: true,
      edits(sources) {
        const source = sources.text(use.at.file);
        const text = source?.slice(annotation.span.start, annotation.span.end);
        const changed = text === undefined ? undefined : withSync(text, annotation);
        return changed === undefined ? undefined : [{ kind: "change", file: use.at.file, edits: [replace(annotation.span, changed)] }];
      },
    },
  ];
}

const isAlone = (annotation: JavaAnnotation): boolean =>
  bareName(annotation.name) === "Cacheable" && ["unless", "sync"].every((name) => annotationValue(annotation, name) === undefined);

/** `@Cacheable("a")` → `@Cacheable(value = "a", sync = true)`. */
function withSync(text: string, { values }: JavaAnnotation): string | undefined {
  const open = text.indexOf("(");
  if (open < 0) return `${text}(sync = true)`;
  const inner = text.slice(open + 1, text.lastIndexOf(")"));
  if (inner.trim() === "") return `${text.slice(0, open)}(sync = true)`;
  const [only] = values;
  const named = values.length > 1 || /^\s*\w+\s*=/.test(inner);
  if (only === undefined) return undefined;
  const kept = inner.trimEnd();
  return `${text.slice(0, open)}(${named ? "" : "value = "}${kept}, sync = true${inner.slice(kept.length)})`;
}

/** Whether what the method calls, over any number of steps, uses the same cache. */
function comesBack(model: Model, { method, names }: CacheUse): boolean {
  const [cache = ""] = names;
  const users = new Set(model.cacheUses.usesOf(cache).map((use) => use.method));
  const seen = new Set([method]);
  const open = [method];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const node = model.calls.method(key);
    if (node === undefined) continue;
    model.calls.noteBody(node);
    for (const target of node.sites.flatMap(({ targets }) => targets)) {
      for (const runs of [target, ...model.calls.overridesOf(target)]) {
        if (users.has(runs) || seen.size > MOST_METHODS) return true;
        if (seen.has(runs)) continue;
        seen.add(runs);
        open.push(runs);
      }
    }
  }
  return false;
}

const MOST_METHODS = 300;
