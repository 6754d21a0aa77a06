/** A value with its placeholders resolved as far as the workspace tells. */
export interface ResolvedText {
  readonly text: string;
  /** False where something stays open: `${DB_URL}`, `@project.version@`. */
  readonly known: boolean;
  /** A variable of the environment may replace (a part of) it: `${POOL_SIZE:10}`. */
  readonly overridable: boolean;
}

/** Resolves `${name}` and `${name:default}`, nested ones too; `lookup` answers for the names that the configuration itself sets. */
export function resolvePlaceholders(value: string, lookup: (name: string) => string | undefined, depth = 0): ResolvedText {
  if (/@[\w.-]+@/.test(value)) return { text: value, known: false, overridable: true };
  if (!value.includes("${")) return { text: value, known: true, overridable: false };
  if (depth >= MAX_DEPTH) return { text: value, known: false, overridable: true };
  let text = "";
  let known = true;
  let at = 0;
  for (let start = value.indexOf("${"); start >= 0; start = value.indexOf("${", at)) {
    const end = closing(value, start + 2);
    if (end < 0) break;
    text += value.slice(at, start);
    const inner = value.slice(start + 2, end);
    const colon = topLevelColon(inner);
    const name = colon < 0 ? inner : inner.slice(0, colon);
    const given = lookup(name) ?? (colon < 0 ? undefined : inner.slice(colon + 1));
    const resolved = given === undefined ? undefined : resolvePlaceholders(given, lookup, depth + 1);
    known &&= resolved?.known ?? false;
    text += resolved?.text ?? value.slice(start, end + 1);
    at = end + 1;
  }
  return { text: text + value.slice(at), known, overridable: true };
}

const MAX_DEPTH = 8;

function closing(value: string, from: number): number {
  let open = 1;
  for (let at = from; at < value.length; at++) {
    if (value.startsWith("${", at)) open++;
    else if (value[at] === "}" && --open === 0) return at;
  }
  return -1;
}

function topLevelColon(inner: string): number {
  let open = 0;
  for (let at = 0; at < inner.length; at++) {
    if (inner.startsWith("${", at)) open++;
    else if (inner[at] === "}") open--;
    else if (inner[at] === ":" && open === 0) return at;
  }
  return -1;
}

/** As Spring converts texts; undefined for anything else. */
export function booleanOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (["true", "on", "yes", "1"].includes(word)) return true;
  return ["false", "off", "no", "0"].includes(word) ? false : undefined;
}
