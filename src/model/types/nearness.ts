/** Of several that stand in files the one that stands nearest to a file; of equally near ones the first by path. */
export function nearestTo<T>(near: string | undefined, all: readonly T[], fileOf: (one: T) => string): T | undefined {
  if (all.length < 2) return all[0];
  const nearness = (one: T) => (near === undefined ? 0 : sharedStart(fileOf(one), near));
  return [...all].sort((a, b) => nearness(b) - nearness(a) || (fileOf(a) < fileOf(b) ? -1 : 1))[0];
}

/** The length of the common start of two paths. */
function sharedStart(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}
