import { type ConfigFacts, canonicalKey } from "../../facts/config/configFacts.ts";
import { insertKey } from "../../facts/config/insertKey.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { ConfigurationModel, ConfigurationValue } from "../../model/configuration/configurationModel.ts";
import { booleanOf } from "../../model/configuration/placeholders.ts";
import { SERVLET_ARTIFACTS } from "../../model/configuration/webStack.ts";
import { applyEdits, changeBetween } from "../../text/edits.ts";
import type { Span } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";

/**
 * Whether a file is the one that decides for a Spring Boot application with servlets: its main configuration file. Libraries
 * have no say in how the application around them is configured.
 */
export function decidesForServletApplication(file: ConfigFile, configuration: ConfigurationModel): boolean {
  const path = file.file;
  if (configuration.mainFileOf(path) !== path || !configuration.buildOf(path).has(...SERVLET_ARTIFACTS)) return false;
  const type = configuration.value("spring.main.web-application-type", path);
  if (type !== undefined && /^(?:none|reactive)$/i.test(type.value.trim())) return false;
  return decidesForApplication(file, configuration);
}

/** The same for any Spring Boot application. */
export function decidesForApplication(file: ConfigFile, configuration: ConfigurationModel): boolean {
  const path = file.file;
  if (file.parse !== "full" || configuration.mainFileOf(path) !== path) return false;
  const build = configuration.buildOf(path);
  const isApplication =
    configuration.codeSettles("application", path) ||
    (build.plugins.some((plugin) => BOOT_PLUGINS.has(plugin)) && !configuration.isLibrary(path));
  return isApplication && !isConfiguredElsewhere(configuration, path);
}

/** Whether a configuration server, or a file that is not there or not read, has a say: then nothing is known to be missing. */
export function isConfiguredElsewhere(configuration: ConfigurationModel, path: string): boolean {
  const imports = configuration.everyValueBelow("spring.config", path).filter(({ key }) => /(?:^|\.)import(?:\[\d+\])?$/i.test(key));
  const isKnown = (from: string, by: string): boolean =>
    SECRETS_ONLY.test(from) || (SERVER.test(from) && configuration.isServedHere(path)) || configuration.isImportRead(from, by);
  if (forProduction(imports, configuration).some(({ value, at }) => value.split(",").some((from) => !isKnown(from.trim(), at.file))))
    return true;
  if (ELSEWHERE.some((key) => configuration.inEnvironment(key, path).some(({ value }) => !SECRETS_ONLY.test(value)))) return true;
  if (configuration.codeSettles("property-sources", path)) return true;
  if (configuration.buildOf(path).submodules.some((folder) => isKeptFor(folder) && !isThere(folder, configuration, path))) return true;
  if (configuration.isServedHere(path)) return false;
  const servers = configuration.everyValueBelow("spring.cloud", path).filter(({ key }) => /^spring\.cloud\.(?:\w+\.)?config\./i.test(key));
  const asked = forProduction(servers, configuration);
  const off = configuration.everyValue(SERVER_SWITCH, path).findLast(({ profile }) => profile === undefined);
  const isOff = off !== undefined && !off.overridable && booleanOf(off.value) === false;
  return asked.length > 0 && !(isOff && configuration.inEnvironment(SERVER_SWITCH, path).length === 0);
}

/**
 * Whether one of some keys is set where no file of settings shows it: for the containers that run the application, or in its code, such
 * as default properties. Of Hibernate's properties code gives the names without Spring's prefix.
 */
export const isSetOutside = (configuration: ConfigurationModel, file: string, ...keys: readonly string[]): boolean =>
  keys.some(
    (key) =>
      configuration.inEnvironment(key, file).length > 0 ||
      configuration.isNamedInCode(key) ||
      (key.startsWith(HIBERNATE) && configuration.isNamedInCode(key.slice(HIBERNATE.length))),
  );

const HIBERNATE = "spring.jpa.properties.";

/** Whether `spring.autoconfigure.exclude` names a class (its simple name): what it would configure is not there. */
export function leavesOut(autoConfiguration: string, configuration: ConfigurationModel, path: string): boolean {
  const excluded = configuration.everyValueBelow("spring.autoconfigure", path).filter(({ key }) => /\.exclude(?:\[\d+\])?$/i.test(key));
  const names = forProduction(excluded, configuration).flatMap(({ value }) => value.split(","));
  return names.some((name) => name.trim().endsWith(`.${autoConfiguration}`));
}

/** Settings that nobody but the team may see are kept in a repository of their own, among the resources or to be copied there. */
const isKeptFor = (submodule: string): boolean =>
  /(?:^|\/)resources(?!\/(?:static|public|templates)(?:\/|$))(?:\/|$)|secret|secur|private|config|setting|submodule/i.test(submodule);

const isThere = (folder: string, configuration: ConfigurationModel, path: string): boolean =>
  ["spring", "server", "management"].some((prefix) =>
    configuration.everyValueBelow(prefix, path).some(({ at }) => at.file.startsWith(`${folder}/`)),
  );

/** What names other files of settings, or a server of them, to an application that starts. */
const ELSEWHERE = ["spring.config.import", "spring.config.location", "spring.config.additional-location", "spring.application.json"];

const SERVER_SWITCH = "spring.cloud.config.enabled";

const SERVER = /^(?:optional:)?configserver:/;

/** Imports that stand for the environment: `.env` files and mounted secrets. */
const SECRETS_ONLY = /^(?:optional:)?(?:configtree:|(?:file|classpath):(?:.*\/)?[\w.-]*\.env\b|$)/;

/** Of what a key is set to, what counts outside of development and tests. */
export function forProduction(values: readonly ConfigurationValue[], configuration: ConfigurationModel): readonly ConfigurationValue[] {
  return values.filter(({ profile, at }) => profile === undefined || !configuration.isForDevelopment(profile, at.file));
}

/** Where a key would stand: the innermost section that is there, or the first property that shares the most levels with it. */
export function placeFor(key: string, { documents }: ConfigFacts): Span | undefined {
  const wanted = canonicalKey(key).split(".");
  let best: Span | undefined;
  let most = 0;
  for (const { properties, sections, onProfile } of documents) {
    if (onProfile !== undefined) continue;
    for (const { key: written, keySpan } of [...sections, ...properties]) {
      const levels = sharedLevels(canonicalKey(written).split("."), wanted);
      if (best !== undefined && levels <= most) continue;
      best = keySpan;
      most = levels;
    }
  }
  return best;
}

/** Sets a key where it belongs. Never safe: what it changes shows at run time. */
export function setKey(file: string, key: string, value: string): Fix {
  return {
    title: `Set ${key} to ${value}`,
    safe: false,
    edits: (sources) => {
      const text = sources.text(file);
      const edit = text === undefined ? undefined : insertKey(file, text, key, value);
      return edit === undefined ? undefined : [{ kind: "change", file, edits: [edit] }];
    },
  };
}

/** Sets several keys at once, which may stand beside each other. */
export function setKeys(file: string, values: Readonly<Record<string, string>>): Fix {
  const given = Object.entries(values);
  return {
    title: `Set ${given.map(([key, value]) => `${key} to ${value}`).join(" and ")}`,
    safe: false,
    edits: (sources) => {
      const text = sources.text(file);
      if (text === undefined) return undefined;
      let after = text;
      for (const [key, value] of given) {
        const edit = insertKey(file, after, key, value);
        if (edit === undefined) return undefined;
        after = applyEdits(after, [edit]);
      }
      return [{ kind: "change", file, edits: [changeBetween(text, after)] }];
    },
  };
}

const BOOT_PLUGINS: ReadonlySet<string> = new Set(["spring-boot-maven-plugin", "org.springframework.boot"]);
function sharedLevels(a: readonly string[], b: readonly string[]): number {
  let levels = 0;
  while (levels < a.length && a[levels] === b[levels]) levels++;
  return levels;
}
