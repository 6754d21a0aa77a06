import type { YamlEntry, YamlNode } from "../../syntax/yaml.ts";
import type { Span } from "../../text/positions.ts";

/** Keys and indexes from the root down. */
export type Path = readonly (string | number)[];

/** Where a person looks for what is at `path`: its key, the first key of a mapping in a list, else its text. */
export function spanOf(root: YamlNode, path: Path): Span {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const entry = entryAt(root, part);
    if (entry !== undefined) return entry.keySpan;
    const node = nodeAt(root, part);
    if (node?.kind === "map" && node.entries[0] !== undefined) return node.entries[0].keySpan;
    if (node !== undefined) return node.span;
  }
  const first = root.kind === "map" ? root.entries[0] : undefined;
  return first?.keySpan ?? { start: root.span.start, end: Math.min(root.span.start + 1, root.span.end) };
}

export function entryAt(root: YamlNode, path: Path): YamlEntry | undefined {
  const holder = nodeAt(root, path.slice(0, -1));
  const last = path.at(-1);
  return holder?.kind === "map" ? holder.entries.find(({ key }) => key === last) : undefined;
}

export function nodeAt(root: YamlNode, path: Path): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const part of path) {
    if (node?.kind === "map") node = node.entries.find(({ key }) => key === part)?.value;
    else if (node?.kind === "list" && typeof part === "number") node = node.items[part];
    else return undefined;
  }
  return node;
}

/** The tree as plain values; an alias bomb runs out of `left`. */
export function plain(node: YamlNode | undefined, budget: { left: number }): unknown {
  if (node === undefined || budget.left-- <= 0) return null;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map((item) => plain(item, budget));
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value, budget)]));
}

export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

/** The tree without the entry or item at `path`; the same tree where there is none. */
export function without(node: YamlNode, path: Path): YamlNode {
  const [part, ...rest] = path;
  if (node.kind === "map") {
    const entry = node.entries.find(({ key }) => key === part);
    if (entry === undefined) return node;
    if (rest.length === 0) return { ...node, entries: node.entries.filter((other) => other !== entry) };
    const value = entry.value === undefined ? undefined : without(entry.value, rest);
    return value === entry.value
      ? node
      : { ...node, entries: node.entries.map((other) => (other === entry ? { ...entry, value } : other)) };
  }
  if (node.kind !== "list" || typeof part !== "number") return node;
  const item = node.items[part];
  if (item === undefined) return node;
  if (rest.length === 0) return { ...node, items: node.items.filter((_, index) => index !== part) };
  const shorter = without(item, rest);
  return shorter === item ? node : { ...node, items: node.items.with(part, shorter) };
}

/** A file of another version, or of none, is read as the one version that there is. */
export function withVersion(node: YamlNode): YamlNode {
  if (node.kind !== "map") return node;
  const at = { start: node.span.start, end: node.span.start };
  const version: YamlEntry = { key: "version", keySpan: at, value: { kind: "scalar", span: at, value: 1, text: "1" } };
  return { ...node, entries: [version, ...node.entries.filter(({ key }) => key !== "version")] };
}
