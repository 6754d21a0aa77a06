/**
 * Puts placeholders back where a statement names a PostgreSQL schema: `${schema}.orders` is parsed with a name of the same length in its
 * place, and what fixes write has to say what the script says.
 */
export function withPlaceholders<T>(value: T, raw: string, masked: string): T {
  if (!raw.includes("${")) return value;
  const names = new Map<string, string>();
  for (const { 0: written, index } of raw.matchAll(/\$\{[^}\s]+\}(?=\s*\.)/g))
    names.set(masked.slice(index, index + written.length).toLowerCase(), written);
  return names.size === 0 ? value : (restored(value, names) as T);
}

function restored(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => restored(one, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "namespace" && typeof inner === "string" ? (names.get(inner.toLowerCase()) ?? inner) : restored(inner, names),
    ]),
  );
}
