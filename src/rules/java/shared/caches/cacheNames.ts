import type { CacheUse } from "../../../../model/caching/readUses.ts";

/** The caches of an annotation as a message names them: the constant of a library is not read. */
export const cacheNames = ({ names }: Pick<CacheUse, "names">): string => (names.length === 0 ? "a cache" : names.join(", "));

/** "a and b" of two caches, "a and 2 more" of three. */
export const cachesNamed = (caches: readonly string[]): string =>
  caches.length > 2 ? `${caches[0]} and ${caches.length - 1} more` : caches.join(" and ");
