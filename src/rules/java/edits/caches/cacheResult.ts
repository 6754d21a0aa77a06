import { isNeverEnabled } from "../../../../model/caching/switchedOff.ts";
import type { PathStep, UncachedRead } from "../../../../model/caching/uncachedReads.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import type { Type } from "../../../../model/types/type.ts";
import { bareName } from "../../../../model/types/typeIndex.ts";
import { withoutCapital } from "../../../../text/capitals.ts";
import type { Fix } from "../../../finding.ts";
import { obstacleIn, serialization } from "../../shared/caches/storedTypes.ts";
import { annotate } from "../annotate.ts";
import { Changes } from "./changes.ts";
import { type Eviction, evictionsOn, isProxied } from "./evictCache.ts";
import { onlyAnswers } from "./onlyAnswers.ts";

/**
 * `@Cacheable` on the first method of a bean on the way that the proxy can stand before: public, called from another class, with
 * parameters that make a key and a result that may be kept. What writes to the tables behind it empties the cache; where that has no place
 * for it, nothing is offered.
 */
export function cacheResult(model: Model, { path }: UncachedRead): readonly Fix[] {
  const method = path
    .map((step, i) => (isCacheable(model, step, path[i - 1]) ? step.method : undefined))
    .find((found) => found !== undefined);
  if (method === undefined || !onlyAnswers(model, method)) return [];
  const { owner, method: declared } = method.declared;
  // Another service of the workspace may have a cache: here the annotation would do nothing.
  if (isNeverEnabled(model, owner.file.file)) return [];
  const name = cacheName(method);
  const evictions = evictionsOf(model, method, name);
  if (evictions === undefined) return [];
  return [
    {
      title: `Cache the result of ${owner.type.name}.${declared.name}`,
      safe: false,
      edits(sources) {
        const changes = new Changes(sources);
        changes.add(owner.file, ["org.springframework.cache.annotation.Cacheable"], (source) =>
          source.slice(declared.nameSpan.start, declared.nameSpan.end) === declared.name
            ? [annotate(owner.file, declared, [`@Cacheable("${name}")`], source)]
            : undefined,
        );
        for (const { file, imports, edits } of evictions) changes.add(file, imports, edits);
        return changes.all();
      },
    },
  ];
}

/** More places than these are for a person to look at. */
const MOST_EVICTIONS = 5;

function evictionsOf(model: Model, method: MethodNode, cache: string): readonly Eviction[] | undefined {
  const evictions = new Map<string, Eviction>();
  for (const { ways } of model.staleCaches.writesIfKept(method.key)) {
    const found = evictionsOn(
      model,
      ways.map(({ path }) => path),
      [cache],
    );
    if (found.some((eviction) => eviction === undefined)) return undefined;
    for (const eviction of found) if (eviction !== undefined) evictions.set(eviction.title, eviction);
  }
  return evictions.size > MOST_EVICTIONS ? undefined : [...evictions.values()];
}

function isCacheable(model: Model, { method }: PathStep, before: PathStep | undefined): boolean {
  if (!isProxied(method, before?.method)) return false;
  const { owner, method: declared } = method.declared;
  const returned = model.types.resolve(declared.returns, { file: owner.file, type: owner.type });
  return (
    declared.parameters.every(({ type }) => KEYS.test(bareName(type))) &&
    returned !== undefined &&
    isKeepable(model, returned, owner.file.file) &&
    isStorable(model, returned, owner.file.file)
  );
}

/** Types whose values are equal when they say the same. */
const KEYS = /^(?:boolean|byte|short|int|long|char|Boolean|Short|Integer|Long|String|UUID|LocalDate|YearMonth|Year|Locale|Pageable|Sort)$/;

/** Not nothing, not what can be read once only, and no entities: they would leave their session. */
function isKeepable(model: Model, type: Type, file: string): boolean {
  if (/^(?:void|Void|Stream|Flux|Mono|InputStream|Resource|CompletableFuture|Future)$/.test(bareName(type.name))) return false;
  const declared = model.types.entryOf(type, file);
  if (declared !== undefined && model.persistence.entity(declared.type.qualified) !== undefined) return false;
  return type.args.every((argument) => isKeepable(model, argument, file));
}

/** What Redis cannot write would be an exception at each call. */
function isStorable(model: Model, type: Type, file: string): boolean {
  const how = serialization(model.configuration, file);
  return how === undefined || obstacleIn(model, type, how, file) === undefined;
}

/** "getChainStatistics" → "chainStatistics", "getQRCode" → "qrCode". */
function cacheName({ declared: { owner, method } }: MethodNode): string {
  const bare = method.name.replace(/^(?:get|find|load|fetch|read|compute|calculate|build|list|query)(?=\p{Lu})/u, "") || owner.type.name;
  const acronym = /^\p{Lu}{2,}?(?=\p{Lu}\p{Ll}|$)/u.exec(bare)?.[0];
  return acronym === undefined ? withoutCapital(bare) : acronym.toLowerCase() + bare.slice(acronym.length);
}
