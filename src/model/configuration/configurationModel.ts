import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import { isRepositoryOfSettings } from "../../facts/languages.ts";
import type { Place } from "../../text/positions.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { type BuildData, Builds, folderOf } from "./builds.ts";
import { type CodeHint, codeHintsOf } from "./codeHints.ts";
import { addTo, type ConfigurationState, changedKeys, foldState } from "./configurationState.ts";
import { type EnvironmentSetting, isFor } from "./environment.ts";
import { importedPath } from "./imports.ts";
import { effective, type ModuleSettings, mergeSettings, profileNameOf, type Setting } from "./moduleSettings.ts";
import { OutsideOfFiles } from "./outsideOfFiles.ts";
import { resolvePlaceholders } from "./placeholders.ts";
import { isForDevelopment, type ProfileNames, profilesIn } from "./profiles.ts";
import { isServed, readersOf, type ServedSettings, servedTo, sharedFolders } from "./servedSettings.ts";

/** What a key is set to. */
export interface ConfigurationValue {
  /** As written where it is set. */
  readonly key: string;
  /** Placeholders resolved as far as they are known; as written where `known` is false. */
  readonly value: string;
  readonly known: boolean;
  /** A variable of the environment may replace it: `${POOL_SIZE:10}`. */
  readonly overridable: boolean;
  /** The key. */
  readonly at: Place;
  /** The profile that it holds for; undefined for all. */
  readonly profile: string | undefined;
}

/** What a module is built with; asking notes `build:<module>`. */
export interface Build extends BuildData {
  /** Whether one of these artifacts is on the application's classpath. */
  has(...artifacts: readonly string[]): boolean;
}

/**
 * Configuration by module and profile, and what modules are built with.
 *
 * Keys: `config:<canonical key>` for one key in all modules, `config:<prefix>.*` for all keys below a prefix,
 * `build:<module>` for a module's extent, build data and hints, `modules:` for the list of modules, `environment:` for all that
 * containers are given and `code-keys:` for all keys that code names, of which few files ask;
 * `references:` for the names that settings refer to, `served:` for who reads what a configuration server hands out.
 */
export class ConfigurationModel implements ModelPart {
  readonly #reads: ReadLog;
  #state: ConfigurationState = foldState(new Builds([]), new Map(), new Map(), new Map());
  /** By file; only files that have hints. */
  readonly #hints = new Map<string, readonly CodeHint[]>();
  readonly #outside: OutsideOfFiles;

  constructor(reads: ReadLog) {
    this.#reads = reads;
    this.#outside = new OutsideOfFiles(reads);
  }

  update(changes: readonly FactsChange[], store: FactsStore): Iterable<string> {
    return [...this.#outside.update(changes, store), ...this.#updateSettings(changes, store)];
  }

  #updateSettings(changes: readonly FactsChange[], store: FactsStore): Iterable<string> {
    const rebuilt = changesOf(changes, "build").length > 0;
    let stale = rebuilt || changesOf(changes, "config").length > 0;
    for (const { file, after } of changesOf(changes, "java")) {
      const hints = after === undefined ? [] : codeHintsOf(after);
      if (hints.join() === (this.#hints.get(file) ?? []).join()) continue;
      if (hints.length === 0) this.#hints.delete(file);
      else this.#hints.set(file, hints);
      stale = true;
    }
    if (!stale) return [];
    const before = this.#state;
    const builds = rebuilt ? new Builds(store.of("build")) : before.builds;
    const configs = new Map<string, ConfigFile[]>();
    const served: ConfigFile[] = [];
    for (const file of store.of("config")) {
      if (isServed(file, builds)) served.push(file);
      else if (file.config.kind !== "script" && file.config.kind !== "served") addTo(configs, builds.moduleOf(file.file), [file]);
    }
    served.sort((a, b) => (a.file < b.file ? -1 : 1));
    const handedOut = new Map([...configs].map(([module, files]) => [module, servedTo(module, files, served)]));
    const settings = new Map(
      [...configs].map(([module, files]) => [module, mergeSettings(module, files, handedOut.get(module) ?? NOT_SERVED)]),
    );
    const hints = new Map<string, CodeHint[]>();
    for (const [file, found] of this.#hints) addTo(hints, builds.moduleOf(file), found);
    this.#state = foldState(builds, settings, hints, readersOf(handedOut, builds));
    return changedKeys(before, this.#state);
  }

  /** Folders of all modules; "" stands for the root. */
  modules(): readonly string[] {
    this.#reads.note("modules:");
    return this.#state.builds.modules;
  }

  /** The folder of the module that a file belongs to; of what a configuration server hands out, one that reads it. */
  moduleOf(file: string): string {
    const isHandedOut = isRepositoryOfSettings(file);
    if (isHandedOut) this.#reads.note("served:");
    const module = (isHandedOut ? this.#state.readers.get(file)?.module : undefined) ?? this.#state.builds.moduleOf(file);
    this.#reads.note(`build:${module}`);
    return module;
  }

  /**
   * The profile that a file is for by its name, or the condition of those who import it; what a server hands out has that of the
   * application in front.
   */
  profileOf({ file, config }: ConfigFile): string | undefined {
    if (config.kind !== "served") {
      const importedOn = this.#state.settings.get(this.moduleOf(file))?.importedOn.get(file);
      return importedOn === undefined ? config.profile : importedOn || undefined;
    }
    this.#reads.note("served:");
    return this.#state.readers.get(file)?.profile;
  }

  /** Whether an application of the workspace reads a file: not every file in a folder of settings is one that a server hands out. */
  isRead({ file, config }: ConfigFile): boolean {
    if (config.kind !== "served") return true;
    this.#reads.note("served:");
    return this.#state.readers.has(file);
  }

  /** Whether the workspace has what a configuration server says of a file's application. */
  isServedHere(file: string): boolean {
    return this.#state.settings.get(this.moduleOf(file))?.isServed ?? false;
  }

  /** What the module of a file is built with. */
  buildOf(file: string): Build {
    const data = this.#dataOf(this.moduleOf(file));
    return { has: (...artifacts) => artifacts.some((artifact) => Object.hasOwn(data.artifacts, artifact)), ...data };
  }

  /** Whether the code of a file's module, or of the modules that it depends on, settles something itself. */
  codeSettles(hint: CodeHint, file: string): boolean {
    const { module, dependsOn } = this.#dataOf(this.moduleOf(file));
    return [module, ...dependsOn].some((folder) => {
      this.#reads.note(`build:${folder}`);
      return this.#state.hints.get(folder)?.includes(hint) ?? false;
    });
  }

  /** Whether a file's module has no application of its own and is part of one: parents hand plugins down to libraries too. */
  isLibrary(file: string): boolean {
    const module = this.moduleOf(file);
    const starts = (folder: string): boolean => this.#state.hints.get(folder)?.includes("application") ?? false;
    return !starts(module) && this.modules().some((folder) => this.#dataOf(folder).dependsOn.includes(module) && starts(folder));
  }

  /** The modules that start an application of Spring Boot. */
  applications(): readonly string[] {
    return this.modules().filter((folder) => {
      this.#reads.note(`build:${folder}`);
      return this.#state.hints.get(folder)?.includes("application") ?? false;
    });
  }

  /** Whether a module is built without Spring Boot, which alone reads `spring.…` and `logging.level.…`; not so where no build is known. */
  lacksBoot(file: string): boolean {
    const { boot, file: buildFile, artifacts, plugins } = this.buildOf(file);
    const names = [...Object.keys(artifacts), ...plugins];
    if (
      boot !== undefined ||
      buildFile === undefined ||
      names.length === 0 ||
      names.some((name) => /spring-boot|springframework\.boot/.test(name))
    )
      return false;
    return !this.codeSettles("application", file) && !this.isLibrary(file);
  }

  /** The file that the settings of a file's module are written in; undefined for a module without any. */
  mainFileOf(file: string): string | undefined {
    return this.#state.settings.get(this.moduleOf(file))?.mainFile;
  }

  /** The same of the application that a file belongs to, where its module is a library without settings. */
  applicationFileOf(file: string): string | undefined {
    const module = this.moduleOf(file);
    const configured = this.#state.configuredModuleFor(module) ?? module;
    this.#reads.note(`build:${configured}`);
    return this.#state.settings.get(configured)?.mainFile;
  }

  /**
   * What a key is set to for the application that a file belongs to, with one profile active or, without one, those that
   * `spring.profiles.active` names in the configuration itself.
   */
  value(key: string, nearFile: string, profile?: string): ConfigurationValue | undefined {
    const settings = this.#settingsFor(nearFile);
    const active = this.#active(settings, profile);
    const setting = effective(this.#of(key, settings), active);
    return setting === undefined ? undefined : this.#resolved(setting, settings, active);
  }

  /** Whether what a file imports, "classpath:db/application-db.yml", is one of the files that are read. */
  isImportRead(location: string, from: string): boolean {
    const module = this.moduleOf(from);
    const path = importedPath(location, module, from);
    return path !== undefined && (this.#state.settings.get(module)?.importedOn.has(path) ?? false);
  }

  /** What the modules that use a file's module set a key to, where they agree: settings of a library may say nothing of it. */
  valueOfUsers(key: string, file: string): string | undefined {
    const module = this.moduleOf(file);
    const values = new Set<string>();
    for (const [folder, settings] of this.#state.settings) {
      const set = folder === module ? undefined : this.#of(key, settings);
      if (set === undefined || !this.#dataOf(folder).dependsOn.includes(module)) continue;
      const { value } = effective(set, this.#active(settings, undefined)) ?? {};
      if (value !== undefined) values.add(value);
    }
    const [only, ...others] = values;
    return others.length > 0 ? undefined : only;
  }

  /** Every place that sets a key, whatever the profile; the weakest first. */
  everyValue(key: string, nearFile: string): readonly ConfigurationValue[] {
    const settings = this.#settingsFor(nearFile);
    return (this.#of(key, settings) ?? []).map((setting) =>
      this.#resolved(setting, settings, new Set(setting.profiles.flatMap(profilesIn))),
    );
  }

  /** Whether code of the workspace reads or sets a key itself. */
  isNamedInCode(key: string): boolean {
    return this.#outside.isNamedInCode(key);
  }

  /** Whether a setting refers to a key, or to a variable of the environment. */
  refersTo(name: string): boolean {
    return this.#outside.refersTo(name);
  }

  /**
   * The module whose application is given a setting: that of its image, or one whose folder is called so, the nearest of several.
   */
  moduleRunning({ image, names, at }: EnvironmentSetting): string | undefined {
    const modules = this.modules();
    if (image !== undefined) return this.moduleOf(`${image === "" ? "" : `${image}/`}_`);
    const called = modules.filter((folder) => folder !== "" && names.includes(folder.slice(folder.lastIndexOf("/") + 1)));
    const nearness = (folder: string): number => sharedFolders(folder, folderOf(at.file));
    return called.toSorted((a, b) => nearness(b) - nearness(a))[0];
  }

  /** What one file of containers sets. */
  environmentIn(file: string): readonly EnvironmentSetting[] {
    return this.#outside.environmentIn(file);
  }

  /** What containers that may run a file's application set a key to, beside and above all files; in order of their files. */
  inEnvironment(key: string, nearFile: string): readonly EnvironmentSetting[] {
    return this.#running(this.#outside.environment(key), nearFile);
  }

  /** The same of all keys below a prefix. */
  inEnvironmentBelow(prefix: string, nearFile: string): readonly EnvironmentSetting[] {
    return this.#running(this.#outside.environmentBelow(prefix), nearFile);
  }

  /** What all keys below a prefix are set to, by their keys as written; in order of the keys. */
  values(prefix: string, nearFile: string): readonly ConfigurationValue[] {
    const start = `${canonicalKey(prefix)}.`;
    this.#reads.note(`config:${start}*`);
    const settings = this.#settingsFor(nearFile);
    const active = this.#active(settings, undefined);
    return [...(settings?.byKey ?? [])]
      .filter(([key]) => key.startsWith(start))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, all]) => effective(all, active) ?? [])
      .map((setting) => this.#resolved(setting, settings, active));
  }

  /** Every place that sets a key below a prefix, whatever the profile; in order of the keys, the weakest first. */
  everyValueBelow(prefix: string, nearFile: string): readonly ConfigurationValue[] {
    const start = `${canonicalKey(prefix)}.`;
    this.#reads.note(`config:${start}*`);
    const keys = [...(this.#settingsFor(nearFile)?.byKey.keys() ?? [])].filter((key) => key.startsWith(start));
    return keys.sort().flatMap((key) => this.everyValue(key, nearFile));
  }

  /** Whether settings under a condition say nothing of production; `default` beside a profile for production does not either. */
  isForDevelopment(condition: string, nearFile: string): boolean {
    const module = this.moduleOf(nearFile);
    const configured = this.#state.configuredModuleFor(module) ?? module;
    this.#reads.note(`build:${configured}`);
    return isForDevelopment(condition, this.#state.settings.get(configured) ?? NO_NAMES);
  }

  #running(found: readonly EnvironmentSetting[], nearFile: string): readonly EnvironmentSetting[] {
    if (found.length === 0) return [];
    const module = this.moduleOf(nearFile);
    const modules = this.modules();
    return found.filter((setting) => isFor(setting, module, modules));
  }

  #dataOf(module: string): BuildData {
    this.#reads.note(`build:${module}`);
    return this.#state.dataOf(module);
  }

  /** The settings of the file's module; of a library, those of the application that uses it. */
  #settingsFor(file: string): ModuleSettings | undefined {
    const module = this.moduleOf(file);
    return this.#state.settings.get(this.#state.configuredModuleFor(module) ?? module);
  }

  #of(key: string, settings: ModuleSettings | undefined): readonly Setting[] | undefined {
    const canonical = canonicalKey(key);
    this.#reads.note(`config:${canonical}`);
    return settings?.byKey.get(canonical);
  }

  #active(settings: ModuleSettings | undefined, profile: string | undefined): ReadonlySet<string> {
    const named = profile?.split(",") ?? this.#listed("spring.profiles.active", settings, new Set());
    const active = new Set([...named.map((name) => name.trim()), ...this.#listed("spring.profiles.include", settings, new Set())]);
    for (const name of active) for (const member of this.#listed(`spring.profiles.group.${name}`, settings, active)) active.add(member);
    return active.size === 0 ? new Set(["default"]) : active;
  }

  /** The texts of a key, which may be one between commas or a list. */
  #listed(key: string, settings: ModuleSettings | undefined, active: ReadonlySet<string>): readonly string[] {
    this.#reads.note(`config:${canonicalKey(key.slice(0, key.lastIndexOf(".")))}.*`);
    const all = settings?.byKey;
    const written: string[] = [];
    const whole = effective(all?.get(canonicalKey(key)), active);
    if (whole !== undefined) written.push(...resolvePlaceholders(whole.value, () => undefined).text.split(","));
    for (let index = 0; ; index++) {
      const item = effective(all?.get(`${canonicalKey(key)}[${index}]`), active);
      if (item === undefined) return written.map((name) => name.trim()).filter(Boolean);
      written.push(item.value);
    }
  }

  #resolved(setting: Setting, settings: ModuleSettings | undefined, active: ReadonlySet<string>): ConfigurationValue {
    const lookup = (name: string): string | undefined => effective(this.#of(name, settings), active)?.value;
    const { text, known, overridable } = resolvePlaceholders(setting.value, lookup);
    return { key: setting.key, value: text, known, overridable, at: setting.at, profile: profileNameOf(setting) };
  }
}

const NO_NAMES: ProfileNames = { fallback: undefined, hasProduction: false, groups: new Map() };
const NOT_SERVED: ServedSettings = { files: [], isNamed: false };
