import { type ConfigDocument, type ConfigProperty, canonicalKey } from "../../facts/config/configFacts.ts";
import type { Build } from "../../model/configuration/configurationModel.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import { alikeBy } from "../alike.ts";
import { INTRODUCED_PREFIXES, REMOVED_PREFIXES, REMOVED_PROPERTIES, type RemovedProperty } from "./removedProperties.ts";

/** What a version of Spring Boot makes of a name that it does not read. */
export interface Unread {
  /** What it reads instead. */
  readonly replacement: string | undefined;
  /** The same value means something else there. */
  readonly otherMeaning: boolean;
  /** A name of Spring Boot's own, which nobody else would give to a key. */
  readonly sure: boolean;
  /** The version that reads it, where it is newer than this one. */
  readonly since?: string;
}

/** Names that were moved as one: the first of them speaks for all. */
export interface UnreadGroup<Key> {
  readonly keys: readonly (Unread & { readonly key: string; readonly place: Key })[];
  /** "spring.redis", and "spring.data.redis" where all of them went there. */
  readonly section: string;
  readonly target: string | undefined;
}

/** What becomes of a key, without the index of a list; undefined where this version reads it, and where nobody knows. */
export function unread(key: string, { boot, has }: Pick<Build, "boot" | "has">): Unread | undefined {
  if (boot === undefined) return undefined;
  const canonical = canonicalKey(key.replace(/\[\d+\]$/, ""));
  if (REMOVED_PROPERTIES.has(canonical)) {
    const removed = removedIn(canonical, boot);
    return removed && { sure: isBoots(key), ...readInstead(removed, boot) };
  }
  const prefix = REMOVED_PREFIXES.find((one) => canonical.startsWith(one.prefix));
  if (prefix !== undefined) {
    if (!versionAtLeast(boot, prefix.since) || has(...prefix.unless) || (prefix.of.length > 0 && !has(...prefix.of))) return undefined;
    const tail = key.slice(prefix.prefix.length);
    const isSame = key.toLowerCase().startsWith(prefix.prefix);
    const replacement = prefix.replacement === undefined || !isSame ? undefined : prefix.replacement + tail;
    return { replacement, otherMeaning: false, sure: prefix.replacement !== undefined };
  }
  const since = comesWith(canonical, boot);
  return since === undefined ? undefined : { replacement: undefined, otherMeaning: false, sure: true, since };
}

/** A key that this version does not read: it may have come back since it was given up. */
function removedIn(canonical: string, boot: string): RemovedProperty | undefined {
  const removed = REMOVED_PROPERTIES.get(canonical);
  if (removed === undefined || !versionAtLeast(boot, removed.since)) return undefined;
  return removed.until !== undefined && versionAtLeast(boot, removed.until) ? undefined : removed;
}

/** The version that reads a key, where it is newer than this one. */
function comesWith(canonical: string, boot: string): string | undefined {
  const [, since] = INTRODUCED_PREFIXES.find(([pattern]) => pattern.test(canonical)) ?? [];
  return since === undefined || versionAtLeast(boot, since) ? undefined : since;
}

/** What took a key's place may have been given up in turn, or come with a later version only. */
function readInstead({ replacement, otherMeaning }: RemovedProperty, boot: string): Pick<Unread, "replacement" | "otherMeaning"> {
  if (replacement !== undefined && comesWith(canonicalKey(replacement), boot) !== undefined)
    return { replacement: undefined, otherMeaning };
  const further = replacement === undefined ? undefined : removedIn(canonicalKey(replacement), boot);
  if (further === undefined) return { replacement, otherMeaning };
  const last = readInstead(further, boot);
  return { replacement: last.replacement, otherMeaning: otherMeaning || last.otherMeaning };
}

const isBoots = (key: string): boolean => /^(?:spring|server|management|logging)\./.test(key);

/** Brings together what one move explains: keys of one section, and where all of them went to one other, that one. */
export function grouped<Key>(found: readonly (Unread & { readonly key: string; readonly place: Key })[]): readonly UnreadGroup<Key>[] {
  const groups = alikeBy(found, ({ key, since = "" }) => `${canonicalKey(sectionOf(key))} ${since}`);
  return [...groups.values()].map((keys) => {
    const [first, ...others] = keys.map(({ key, replacement }) => moveOf(key, replacement));
    const isOne = first !== undefined && others.every(([section, target]) => section === first[0] && target === first[1]);
    const section = sectionOf(keys[0]?.key ?? "");
    return isOne ? { keys, section: first[0], target: first[1] } : { keys, section, target: undefined };
  });
}

/** The first names of a key: two where Spring Boot has them, whose roots hold much else. */
function sectionOf(key: string): string {
  const names = key.split(".");
  return names.slice(0, Math.min(isBoots(key) ? 2 : 1, names.length - 1)).join(".");
}

/** The shortest prefixes that differ, of two names at least where Spring Boot has them: its roots hold much else. */
function moveOf(key: string, replacement: string | undefined): readonly [section: string, target: string | undefined] {
  const from = key.split(".");
  const least = isBoots(key) ? 2 : 1;
  if (replacement === undefined) return [sectionOf(key), undefined];
  const to = replacement.split(".");
  if (from.length > least && becameSection(from, to)) to.pop();
  while (from.length > least && to.length > 1 && canonicalKey(from.at(-1) as string) === canonicalKey(to.at(-1) as string)) {
    from.pop();
    to.pop();
  }
  if (from.length < key.split(".").length) return [from.join("."), to.join(".")];
  // Only the last name differs.
  return [from.slice(0, -1).join("."), to.slice(0, -1).join(".")];
}

/** `ssl` that is `ssl.enabled` now. */
const becameSection = (from: readonly string[], to: readonly string[]): boolean =>
  to.length > 1 && canonicalKey(from.at(-1) as string) === canonicalKey(to.at(-2) as string);

/** Whether a key is one of a list behind its first: the first speaks for all. */
export const isFurtherElement = (key: string): boolean => /\[[1-9]\d*\]$/.test(key);

/** Where a section stands as a key of its own. */
export interface MovedSection {
  readonly span: ConfigProperty["keySpan"];
  /** What takes the key's place, below the same one: "endpoint.health". */
  readonly name: string;
  /** Whether the first of several names is there already. */
  readonly isThere: boolean;
  /** Values below it that are sections there, and what they are called in them: "enabled". */
  readonly within: readonly { readonly span: ConfigProperty["keySpan"]; readonly name: string }[];
}

/** Where the section of a group stands in YAML as a key of its own, all of whose keys moved; its new name. */
export function movedSection(
  { section, target, keys }: UnreadGroup<ConfigProperty>,
  { sections, properties }: ConfigDocument,
): MovedSection | undefined {
  if (target === undefined) return undefined;
  const own = sections.filter(({ key }) => key === section);
  const [{ keySpan } = { keySpan: undefined }] = own;
  const parent = section.slice(0, section.lastIndexOf(".") + 1);
  if (own.length !== 1 || keySpan === undefined || !target.startsWith(parent)) return undefined;
  if (keySpan.end - keySpan.start !== section.length - parent.length) return undefined;
  const below = properties.filter(({ key }) => key.startsWith(`${section}.`) && !isFurtherElement(key));
  const isMoved = (property: ConfigProperty) =>
    keys.some(
      ({ place, replacement }) =>
        place === property && replacement !== undefined && sameKey(replacement, target + property.key.slice(section.length)),
    );
  const within = below.flatMap((property) => {
    const replacement = keys.find(({ place }) => place === property)?.replacement;
    const name = replacement === undefined ? undefined : nameWithin(target + property.key.slice(section.length), replacement);
    return name === undefined || /\]$/.test(property.key) ? [] : [{ property, span: property.keySpan, name }];
  });
  const isWithin = (property: ConfigProperty) => within.some((one) => one.property === property);
  if (below.length === 0 || !below.every((one) => isMoved(one) || isWithin(one)) || below.length !== keys.length) return undefined;
  const name = target.slice(parent.length);
  const first = parent + (name.split(".")[0] ?? "");
  const isThere = [...sections, ...properties].some(({ key }) => key === first || key.startsWith(`${first}.`));
  return { span: keySpan, name, isThere, within };
}

/** What a value is called in the section that has its key; undefined where it is in none. */
export function nameWithin(key: string, replacement: string): string | undefined {
  const [from, to] = [key.split("."), replacement.split(".")];
  return from.length + 1 === to.length && sameKey(from.join("."), to.slice(0, -1).join(".")) ? to.at(-1) : undefined;
}

const sameKey = (a: string, b: string): boolean => canonicalKey(a) === canonicalKey(b.replace(/\[\d+\]$/, ""));
