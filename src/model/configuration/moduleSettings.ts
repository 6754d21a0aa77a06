import { type ConfigDocument, canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { Place, Span } from "../../text/positions.ts";
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
  /** The workspace has what a configuration server says of the application. */
  readonly isServed: boolean;
}

/**
 * Merges the configuration files of one module in the order of Spring Boot. `module` is its folder. What a configuration server hands out
 * wins, the settings for all applications before those of one.
 */
export function mergeSettings(module: string, own: readonly ConfigFile[], served: ServedSettings): ModuleSettings {
  const files = [...own, ...served.files];
  const firstServed = LOCATIONS.length * 4;
  const ranked = files
    .map((file, index) => ({ file, rank: index < own.length ? rankOf(module, file) : firstServed + index - own.length }))
    .sort((a, b) => a.rank - b.rank || (a.file.file < b.file.file ? -1 : 1));
  const byKey = new Map<string, Setting[]>();
  for (const { file } of ranked) for (const document of file.config.documents) addDocument(file, document, byKey);
  for (const settings of byKey.values()) settings.sort((a, b) => Number(a.profiles.length > 0) - Number(b.profiles.length > 0));
  const main = ranked.filter(
    ({ file, rank }) => rank >= 0 && rank < firstServed && file.config.profile === undefined && file.config.kind === "application",
  );
  const deciding = main.find(({ file }) =>
    file.config.documents.some((document) => document.properties.some(({ key }) => DATABASE.test(key))),
  );
  return {
    files: ranked.map(({ file }) => file.file).sort(),
    mainFile: (deciding ?? main[0])?.file.file,
    fallback: fallbackOf(files, byKey),
    hasProduction: namedIn(files).some(isProduction),
    byKey,
    isServed: served.isNamed,
  };
}

const ACTIVE = /^spring\.profiles\.(?:active|include)(?:\[\d+\])?$/;

/**
 * Spring Boot asks for the settings of `default` only while no profile is active, an included one among them
 * (https://docs.spring.io/spring-boot/reference/features/external-config.html, profile specific files). Where there is one for
 * production, that is on somebody's own machine.
 */
function fallbackOf(files: readonly ConfigFile[], byKey: ReadonlyMap<string, readonly Setting[]>): string | undefined {
  const always = (key: string): readonly string[] => {
    const value = effective(byKey.get(key), new Set())?.value;
    return value === undefined ? [] : resolvePlaceholders(value, () => undefined).text.split(",");
  };
  const [name = "default"] = always("spring.profiles.default");
  const active = [...byKey.keys()].filter((key) => ACTIVE.test(key)).flatMap(always);
  if (active.length > 0) return active.some((one) => one.trim() === name) ? undefined : name;
  return namedIn(files).some((one) => one !== name && !isDevelopmentProfile(one)) ? name : undefined;
}

/** The profiles that files and documents are for. */
function namedIn(files: readonly ConfigFile[]): readonly string[] {
  const conditions = files.flatMap(({ config }) => config.documents.flatMap(({ onProfile }) => [config.profile, onProfile]));
  return conditions.flatMap((condition) => (condition === undefined ? [] : profilesIn(condition)));
}

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

function addDocument({ file, config }: ConfigFile, { onProfile, properties }: ConfigDocument, byKey: Map<string, Setting[]>): void {
  const profiles = [config.profile, onProfile].filter((condition) => condition !== undefined);
  for (const { key, value, keySpan, valueSpan } of properties) {
    const canonical = canonicalKey(key);
    let settings = byKey.get(canonical);
    if (settings === undefined) byKey.set(canonical, (settings = []));
    settings.push({ key, value, at: { file, ...keySpan }, valueSpan, profiles });
  }
}

/**
 * bootstrap before application; the class path before the folder that the application starts in, each before its `config`;
 * YAML before properties. Files elsewhere are read only where someone says so: they are the weakest.
 */
function rankOf(module: string, { file, config }: ConfigFile): number {
  const relative = module === "" ? file : file.slice(module.length + 1);
  const folder = relative.slice(0, Math.max(0, relative.lastIndexOf("/")));
  const location = LOCATIONS.findIndex((pattern) => pattern.test(folder));
  if (location < 0) return -1;
  return location * 4 + (config.kind === "application" ? 2 : 0) + (config.format === "properties" ? 1 : 0);
}

const LOCATIONS = [
  /^src\/main\/resources$|^src\/main\/webapp\/WEB-INF\/classes$/,
  /^src\/main\/resources\/config$/,
  /^$/,
  /^config(?:\/[^/]+)?$/,
];
