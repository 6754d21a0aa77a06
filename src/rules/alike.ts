import { atLeast, type Severity } from "./finding.ts";

/** What is told once, in the order of its places. */
export type Alike<T> = readonly [T, ...T[]];

/** What has one key, together: groups in the order of the first of each. What has none is left out. */
export function alikeBy<T>(all: Iterable<T>, keyOf: (one: T) => string | undefined): ReadonlyMap<string, Alike<T>> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  return groups;
}

/** Which of them stands for all: of the loudest the one that weighs most, or the first of these. */
export function speakerOf<T extends { readonly severity: Severity; readonly weight?: number }>(alike: Alike<T>): T {
  const loudest = alike.filter(({ severity }) => alike.every((other) => atLeast(severity, other.severity)));
  const most = Math.max(...loudest.map(({ weight = 0 }) => weight));
  return loudest.find(({ weight = 0 }) => weight === most) ?? alike[0];
}

export const besides = <T>(alike: readonly T[], one: T): readonly T[] => alike.filter((other) => other !== one);

/** More places than these nobody reads. */
export const MOST_BESIDE = 10;
