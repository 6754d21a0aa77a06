import type { CacheUse } from "../../../../model/caching/readUses.ts";

/** The caches of an annotation as a message names them: the constant of a library is not read. */
export const cacheNames = ({ names }: Pick<CacheUse, "names">): string => (names.length === 0 ? "a cache" : names.join(", "));
