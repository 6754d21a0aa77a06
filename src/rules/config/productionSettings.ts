import { type ConfigProperty, canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { resolvePlaceholders } from "../../model/configuration/placeholders.ts";
import { isDevelopmentFolder } from "../../model/configuration/profiles.ts";
import { replace } from "../../text/edits.ts";
import { type Alike, alikeBy } from "../alike.ts";
import type { Fix } from "../finding.ts";

/** A setting of a file that holds in production, as far as profiles tell. */
export interface ProductionSetting {
  readonly property: ConfigProperty;
  /** Placeholders resolved to their defaults; undefined where nothing is known. */
  readonly value: string | undefined;
  /** A variable of the environment may replace it. */
  readonly overridable: boolean;
  /** "without a profile", "in profile prod". */
  readonly where: string;
  /** The condition of its document: `spring.config.activate.on-profile`. */
  readonly onProfile: string | undefined;
}

/** The level that is quiet, written as the one before it. */
export const quietLevel = (value: string): string => (/^[a-z]+$/.test(value.trim()) ? "info" : "INFO");

/** What a file sets of some keys for production; `matches` is asked with canonical keys (see canonicalKey). */
export function* productionSettings(
  file: ConfigFile,
  configuration: ConfigurationModel,
  matches: (key: string) => boolean,
): Generator<ProductionSetting> {
  if (isDevelopmentFolder(file.file) || !configuration.isRead(file) || configuration.lacksBoot(file.file)) return;
  for (const { onProfile, properties } of file.config.documents) {
    const conditions = conditionsOf(file, onProfile, configuration);
    if (isForDevelopment(conditions, properties, file, configuration)) continue;
    for (const property of properties) {
      if (!matches(canonicalKey(property.key))) continue;
      if (conditions.length === 0 && isOverridden(property, file.file, configuration)) continue;
      const { text, known, overridable } = resolvePlaceholders(property.value, () => undefined);
      const where = conditions.length === 0 ? "without a profile" : `in profile ${conditions.join(", ")}`;
      yield { property, value: known ? text.trim() : undefined, overridable, where, onProfile };
    }
  }
}

/** Whether a document of a file says nothing of production. */
export function isDocumentForDevelopment(file: ConfigFile, onProfile: string | undefined, configuration: ConfigurationModel): boolean {
  const { properties } = file.config.documents.find((document) => document.onProfile === onProfile) ?? { properties: [] };
  return isDevelopmentFolder(file.file) || isForDevelopment(conditionsOf(file, onProfile, configuration), properties, file, configuration);
}

/** Whether a document's profiles are for development, by their names, by a database that is gone when the process ends, or by where services are. */
function isForDevelopment(
  conditions: readonly string[],
  properties: readonly ConfigProperty[],
  { file }: ConfigFile,
  configuration: ConfigurationModel,
): boolean {
  return (
    conditions.some((condition) => configuration.isForDevelopment(condition, file)) ||
    (conditions.length > 0 &&
      properties.some(({ key, value }) => (IN_MEMORY.test(value) && /\burl$/i.test(key)) || ON_ONES_OWN_MACHINE.test(value)))
  );
}

/** The machine around a container as Docker Desktop calls it. */
const ON_ONES_OWN_MACHINE = /\bhost\.docker\.internal\b/;
const IN_MEMORY = /^jdbc:(?:h2:mem|hsqldb:mem|derby:memory):/;

/** The profiles that a document of a file is for, by the file's name and by its own condition. */
function conditionsOf(file: ConfigFile, onProfile: string | undefined, configuration: ConfigurationModel): readonly string[] {
  return [configuration.profileOf(file), onProfile].filter((condition) => condition !== undefined);
}

/**
 * Whether a profile that is not for development says otherwise, or what containers are given: then the setting of all profiles is for
 * the others.
 */
function isOverridden({ key, value }: ConfigProperty, file: string, configuration: ConfigurationModel): boolean {
  return (
    configuration
      .everyValue(key, file)
      .some((other) => other.profile !== undefined && other.value !== value && !configuration.isForDevelopment(other.profile, file)) ||
    configuration.inEnvironment(key, file).some((other) => other.value !== value)
  );
}

/** Settings of one kind that hold together: whoever wrote one of them into a document meant all. */
export function perDocument<S extends ProductionSetting>(settings: readonly S[]): readonly Alike<S>[] {
  return [...alikeBy(settings, ({ where }) => where).values()];
}

/** Puts other values in place of those of several settings. Never safe: what it changes shows at run time. */
export function changeValues(file: string, changes: readonly (readonly [property: ConfigProperty, value: string])[]): readonly Fix[] {
  const written = changes.filter(([{ valueSpan }]) => valueSpan.end > valueSpan.start);
  const [first, ...others] = written;
  if (first === undefined) return [];
  const title = `Set ${first[0].key} to ${first[1]}${others.length === 0 ? "" : `, and ${others.length} more`}`;
  return [
    {
      title,
      safe: false,
      edits: () => [{ kind: "change", file, edits: written.map(([{ valueSpan }, value]) => replace(valueSpan, value)) }],
    },
  ];
}
