import { type BuildData, type Builds, foldersAbove } from "./builds.ts";
import type { CodeHint } from "./codeHints.ts";
import type { ModuleSettings } from "./moduleSettings.ts";
import type { ServedReader } from "./servedSettings.ts";

/** All that the configuration model answers from. */
export interface ConfigurationState {
  readonly builds: Builds;
  readonly settings: ReadonlyMap<string, ModuleSettings>;
  readonly hints: ReadonlyMap<string, readonly CodeHint[]>;
  /** By file that a configuration server hands out. */
  readonly readers: ReadonlyMap<string, ServedReader>;
  dataOf(module: string): BuildData;
  /** The module whose configuration counts for a module; undefined where there is none. */
  configuredModuleFor(module: string): string | undefined;
}

export function foldState(
  builds: Builds,
  settings: ReadonlyMap<string, ModuleSettings>,
  hints: ReadonlyMap<string, readonly CodeHint[]>,
  readers: ReadonlyMap<string, ServedReader>,
): ConfigurationState {
  const dataOf = (module: string): BuildData => builds.dataOf(module);
  const saysSomething = (module: string): boolean => (settings.get(module)?.byKey.size ?? 0) > 0;
  const configured = [...settings.keys()].sort((a, b) => Number(saysSomething(b)) - Number(saysSomething(a)) || (a < b ? -1 : 1));
  const users = new Map<string, string>();
  for (const module of configured) for (const used of dataOf(module).dependsOn) if (!users.has(used)) users.set(used, module);
  const configuredModuleFor = (module: string): string | undefined => {
    if (saysSomething(module)) return module;
    // A library may have a file that says nothing (adorsys/ledgers): what holds for it, the application says.
    const user = users.get(module);
    if (user !== undefined && (saysSomething(user) || !settings.has(module))) return user;
    if (settings.has(module)) return module;
    for (const folder of foldersAbove(module)) if (settings.has(folder)) return folder;
    return configured.length === 1 ? configured[0] : undefined;
  };
  return { builds, settings, hints, readers, dataOf, configuredModuleFor };
}

export function addTo<V>(map: Map<string, V[]>, key: string, values: readonly V[]): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [...values]);
  else known.push(...values);
}

/** The keys whose answers differ between two states. */
export function changedKeys(before: ConfigurationState, after: ConfigurationState): ReadonlySet<string> {
  const changed = new Set<string>();
  const modules = new Set(["", ...before.builds.modules, ...after.builds.modules, ...before.settings.keys(), ...after.settings.keys()]);
  const existed = new Set(before.builds.modules);
  const exists = new Set(after.builds.modules);
  const key = (canonical: string): void => {
    changed.add(`config:${canonical}`);
    for (let dot = canonical.indexOf("."); dot >= 0; dot = canonical.indexOf(".", dot + 1))
      changed.add(`config:${canonical.slice(0, dot)}.*`);
  };
  for (const module of modules) {
    if (extentOf(before, module) !== extentOf(after, module)) changed.add(`build:${module}`);
    if (existed.has(module) !== exists.has(module)) {
      changed.add("modules:").add(`build:${module}`);
      // Files of the module were or will be files of the one around it.
      for (const folder of foldersAbove(module)) changed.add(`build:${folder}`);
    }
    const [old, now] = [before.settings.get(module)?.byKey, after.settings.get(module)?.byKey];
    for (const canonical of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]))
      if (JSON.stringify(old?.get(canonical)) !== JSON.stringify(now?.get(canonical))) key(canonical);
  }
  if (JSON.stringify([...before.readers]) !== JSON.stringify([...after.readers])) changed.add("served:");
  const moved = [...modules].filter((module) => before.configuredModuleFor(module) !== after.configuredModuleFor(module));
  if (moved.length > 0)
    for (const state of [before, after]) {
      for (const module of moved) changed.add(`build:${state.configuredModuleFor(module) ?? module}`);
      for (const { byKey } of state.settings.values()) for (const canonical of byKey.keys()) key(canonical);
    }
  return changed;
}

/** All that `build:<module>` answers for, as text. */
function extentOf(state: ConfigurationState, module: string): string {
  const { mainFile, fallback, hasProduction, groups, importedOn, isServed } = state.settings.get(module) ?? {};
  const maps = [[...(groups ?? [])], [...(importedOn ?? [])]];
  return JSON.stringify([
    state.dataOf(module),
    mainFile,
    fallback,
    hasProduction,
    isServed,
    maps,
    [...new Set(state.hints.get(module))].sort(),
  ]);
}
