import type { CacheUse } from "../../../../model/caching/readUses.ts";
import { isNeverEnabled } from "../../../../model/caching/switchedOff.ts";
import type { Model } from "../../../../model/model.ts";

/** The annotations of caches in a file, where they do something: that they do nothing is said once for a module by java/cache-not-enabled. */
export function usesInEffect(model: Model, file: string): readonly CacheUse[] {
  const uses = model.cacheUses.usesIn(file);
  return uses.length === 0 || isNeverEnabled(model, file) ? [] : uses;
}
