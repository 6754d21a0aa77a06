import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { Place, Span } from "../../text/positions.ts";
import { type ReadDocument, readDocuments } from "./imports.ts";
import { resolvePlaceholders } from "./placeholders.ts";
import { isDevelopmentProfile, isProduction, type ProfileNames, profileMatches, profilesIn } from "./profiles.ts";
import type { ServedSettings } from "./servedSettings.ts";

/** One place where a key is set. Plain data. */
export interface Setting {
  readonly key: string;
  /** As written, placeholders unresolved. */
  readonly value: string;
  /** The key. */
  readonly at: Place;
  readonly valueSpan: Span;
  /** Conditions that must all hold: the profile of the file's name, the profile expression of the document. */
  readonly profiles: readonly string[];
}

/** All settings of one module, by canonical key; of each key the weakest first. */
export interface ModuleSettings extends ProfileNames {
  readonly files: readonly string[];
  /** The file that a module's settings are usually written in: without a profile, and where Spring Boot looks for it. */
  readonly mainFile: string | undefined;
  readonly byKey: ReadonlyMap<string, readonly Setting[]>;
  /** By imported file the condition of those who import it; "" where somebody always does. */
  readonly importedOn: ReadonlyMap<string, string>;
  /** The workspace has what a configuration server says of the application. */
  readonly isServed: boolean;
}

/**
 * Merges the configuration files of one module in the order of Spring Boot. `module` is its folder. What a configuration server hands out
 * wins, the settings for all applications before those of one.
 */
export function mergeSettings(module: string, own: readonly ConfigFile[], served: ServedSettings): ModuleSettings {
  const ranked = own.map((file) => ({ file, rank: rankOf(module, file) })).sort(byRank);
  const servedFirst = served.files.toSorted((a, b) => Number(a.config.profile !== undefined) - Number(b.config.profile !== undefined));
  const files = [...ranked.map(({ file }) => file), ...servedFirst];
  const { documents, importedOn } = readDocuments(module, files);
  const byKey = new Map<string, Setting[]>();
  for (const document of documents) addDocument(document, byKey);
  const main = ranked.filter(({ file: { config }, rank }) => rank[0] >= 0 && config.profile === undefined && config.kind === "application");
  const deciding = main.find(({ file }) =>
    file.config.documents.some((document) => document.properties.some(({ key }) => DATABASE.test(key))),
  );
  const named = documents.flatMap(({ profiles }) => profiles.flatMap(profilesIn));
  return {
    files: files.map(({ file }) => file).sort(),
    mainFile: (deciding ?? main[0])?.file.file,
    fallback: fallbackOf(named, byKey),
    hasProduction: named.some(isProduction),
    groups: groupsIn(byKey),
    byKey,
    importedOn,
    isServed: served.isNamed,
  };
}

const ACTIVE = /^spring\.profiles\.(?:active|include)(?:\[\d+\])?$/;

/**
 * Spring Boot asks for the settings of `default` only while no profile is active, an included one among them
 * (https://docs.spring.io/spring-boot/reference/features/external-config.html, profile specific files). Where there is one for
 * production, that is on somebody's own machine.
 */
function fallbackOf(namedProfiles: readonly string[], byKey: ReadonlyMap<string, readonly Setting[]>): string | undefined {
  const always = (key: string): readonly string[] => {
    const value = effective(byKey.get(key), new Set())?.value;
    return value === undefined ? [] : resolvePlaceholders(value, () => undefined).text.split(",");
  };
  const [name = "default"] = always("spring.profiles.default");
  const active = [...byKey.keys()].filter((key) => ACTIVE.test(key)).flatMap(always);
  if (active.length > 0) return active.some((one) => one.trim() === name) ? undefined : name;
  return namedProfiles.some((one) => one !== name && !isDevelopmentProfile(one)) ? name : undefined;
}

/** By profile the groups that bring it along: "postgres" of `spring.profiles.group.prod=postgres,metrics`. */
function groupsIn(byKey: ReadonlyMap<string, readonly Setting[]>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, settings] of byKey) {
    const [, group] = GROUP.exec(key) ?? [];
    if (group === undefined) continue;
    for (const member of settings.flatMap(({ value }) => value.split(",")).map((name) => name.trim()))
      groups.set(member, [...(groups.get(member) ?? []), group]);
  }
  return groups;
}

const GROUP = /^spring\.profiles\.group\.([^[]+)(?:\[\d+\])?$/;

const DATABASE = /^spring\.(?:datasource|jpa)\./;

/** The setting that counts while `active` are the active profiles. */
export function effective(settings: readonly Setting[] | undefined, active: ReadonlySet<string>): Setting | undefined {
  return settings?.findLast(({ profiles }) => profiles.every((condition) => profileMatches(condition, active)));
}

/** How a person calls the profile that a setting belongs to; undefined for one that always holds. */
export function profileNameOf({ profiles }: Setting): string | undefined {
  const named = [...new Set(profiles.flatMap(profilesIn))];
  return profiles.length === 0 ? undefined : named.length > 0 ? named.join(", ") : profiles.join(", ");
}

function addDocument({ file, document, profiles }: ReadDocument, byKey: Map<string, Setting[]>): void {
  for (const { key, value, keySpan, valueSpan } of document.properties) {
    const canonical = canonicalKey(key);
    let settings = byKey.get(canonical);
    if (settings === undefined) byKey.set(canonical, (settings = []));
    settings.push({ key, value, at: { file, ...keySpan }, valueSpan, profiles });
  }
}

/**
 * Files elsewhere are read only where someone says so: they are the weakest. Then bootstrap, the class path, the folder that the
 * application starts in; there files without a profile before those with one, each place before its `config`, YAML before properties
 * (`ConfigDataLocation`, two groups of places since Spring Boot 2.4).
 */
function rankOf(module: string, { file, config }: ConfigFile): Rank {
  const relative = module === "" ? file : file.slice(module.length + 1);
  const folder = relative.slice(0, Math.max(0, relative.lastIndexOf("/")));
  const location = LOCATIONS.findIndex((pattern) => pattern.test(folder));
  const group = location < 0 ? -1 : config.kind === "bootstrap" ? 0 : location < ON_CLASS_PATH ? 1 : 2;
  return [group, Number(config.profile !== undefined), location, Number(config.format === "properties")];
}

type Rank = readonly [group: number, hasProfile: number, location: number, format: number];

function byRank(a: { readonly rank: Rank; readonly file: ConfigFile }, b: { readonly rank: Rank; readonly file: ConfigFile }): number {
  const level = a.rank.findIndex((one, index) => one !== b.rank[index]);
  return level < 0 ? (a.file.file < b.file.file ? -1 : 1) : (a.rank[level] ?? 0) - (b.rank[level] ?? 0);
}

const LOCATIONS = [
  /^src\/main\/resources$|^src\/main\/webapp\/WEB-INF\/classes$/,
  /^src\/main\/resources\/config$/,
  /^$/,
  /^config(?:\/[^/]+)?$/,
];
/** So many of them. */
const ON_CLASS_PATH = 2;
