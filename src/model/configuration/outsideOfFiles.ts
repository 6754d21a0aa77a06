import { canonicalKey } from "../../facts/config/configFacts.ts";
import { changesOf, type FactsChange, type FactsStore } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { codeKeysOf, namesKey } from "./codeKeys.ts";
import { type EnvironmentSetting, environmentOf, squeezed } from "./environment.ts";
import { isLinked, linkedEnvironment } from "./linkedEnvironment.ts";

/** Keys that are set or read elsewhere than in files of settings, of the whole workspace. Its keys are the configuration model's. */
export class OutsideOfFiles {
  readonly #reads: ReadLog;
  /** By file; only files that set something. */
  readonly #environment = new Map<string, readonly EnvironmentSetting[]>();
  /** The same of what several files say together. */
  #linked: ReadonlyMap<string, readonly EnvironmentSetting[]> = new Map();
  /** By file; only files that name some. */
  readonly #codeKeys = new Map<string, readonly string[]>();
  /** Names in `${…}` of all settings. */
  #references: ReadonlySet<string> = new Set();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[], store: FactsStore): readonly string[] {
    return [...this.#updateEnvironment(changes, store), ...this.#updateCodeKeys(changes), ...this.#updateReferences(changes, store)];
  }

  /** What containers set a key to, in order of their files. */
  environment(key: string): readonly EnvironmentSetting[] {
    const wanted = squeezed(key);
    return this.#environmentWhere((name) => name === wanted);
  }

  /** The same of all keys below a prefix. */
  environmentBelow(prefix: string): readonly EnvironmentSetting[] {
    const start = squeezed(prefix);
    return this.#environmentWhere((name) => name.startsWith(start));
  }

  /** What one file of containers sets. */
  environmentIn(file: string): readonly EnvironmentSetting[] {
    this.#reads.note("environment:");
    return this.#given(file);
  }

  /** Whether code of the workspace reads or sets a key itself. */
  isNamedInCode(key: string): boolean {
    this.#reads.note("code-keys:");
    const canonical = canonicalKey(key);
    return [...this.#codeKeys.values()].some((keys) => namesKey(keys, canonical));
  }

  /** Whether a setting refers to a key, or to a variable of the environment. */
  refersTo(name: string): boolean {
    this.#reads.note("references:");
    return this.#references.has(canonicalKey(name));
  }

  #updateEnvironment(changes: readonly FactsChange[], store: FactsStore): readonly string[] {
    let changed = false;
    let relinks = false;
    for (const { file, before, after } of changesOf(changes, "container")) {
      relinks ||= isLinked(before) || isLinked(after);
      const settings = after === undefined ? [] : environmentOf(after);
      if (JSON.stringify(settings) === JSON.stringify(this.#environment.get(file) ?? [])) continue;
      if (settings.length === 0) this.#environment.delete(file);
      else this.#environment.set(file, settings);
      changed = true;
    }
    const linked = relinks ? linkedEnvironment(store.of("container")) : this.#linked;
    if (JSON.stringify([...linked]) !== JSON.stringify([...this.#linked])) changed = true;
    this.#linked = linked;
    return changed ? ["environment:"] : [];
  }

  #updateCodeKeys(changes: readonly FactsChange[]): readonly string[] {
    let changed = false;
    for (const { file, after } of changesOf(changes, "java")) {
      const keys = after === undefined ? [] : codeKeysOf(after);
      if (keys.join() === (this.#codeKeys.get(file) ?? []).join()) continue;
      if (keys.length === 0) this.#codeKeys.delete(file);
      else this.#codeKeys.set(file, keys);
      changed = true;
    }
    return changed ? ["code-keys:"] : [];
  }

  #updateReferences(changes: readonly FactsChange[], store: FactsStore): readonly string[] {
    if (changesOf(changes, "config").length === 0) return [];
    const references = new Set<string>();
    for (const { config } of store.of("config"))
      for (const { properties } of config.documents)
        for (const { value } of properties)
          if (value.includes("${")) for (const [, name = ""] of value.matchAll(/\$\{\s*([\w.-]+)/g)) references.add(canonicalKey(name));
    const before = this.#references;
    this.#references = references;
    return references.size === before.size && [...references].every((name) => before.has(name)) ? [] : ["references:"];
  }

  #environmentWhere(matches: (squeezed: string) => boolean): readonly EnvironmentSetting[] {
    this.#reads.note("environment:");
    const files = [...new Set([...this.#environment.keys(), ...this.#linked.keys()])].sort();
    return files.flatMap((file) => this.#given(file).filter((setting) => matches(setting.squeezed)));
  }

  #given(file: string): readonly EnvironmentSetting[] {
    return [...(this.#environment.get(file) ?? []), ...(this.#linked.get(file) ?? [])];
  }
}
