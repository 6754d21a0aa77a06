/** The keys, with a prefix, whose values differ between two maps. */
export function changedKeys<T>(prefix: string, before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): string[] {
  const keys: string[] = [];
  for (const [name, value] of now) if (!sameValue(before.get(name), value)) keys.push(prefix + name);
  for (const name of before.keys()) if (!now.has(name)) keys.push(prefix + name);
  return keys;
}

/** Whether two plain values, maps and sets among them, say the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((value, i) => sameValue(value, b[i]));
  if (a instanceof Set) return b instanceof Set && sameValue([...a].sort(), [...b].sort());
  if (a instanceof Map) return b instanceof Map && a.size === b.size && [...a].every(([key, value]) => sameValue(value, b.get(key)));
  const keys = Object.keys(a);
  const of = (value: object, key: string): unknown => (value as Readonly<Record<string, unknown>>)[key];
  return keys.length === Object.keys(b).length && keys.every((key) => sameValue(of(a, key), of(b, key)));
}
