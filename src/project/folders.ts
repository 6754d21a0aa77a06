import ignore, { type Ignore } from "ignore";
import type { FileProblem } from "../facts/fileFacts.ts";
import { projectFacts } from "../facts/project/extract.ts";
import type { ProjectFacts } from "../facts/project/projectFacts.ts";
import { decodeText } from "../text/encodings.ts";
import { type Host, HostError } from "./host.ts";
import { isWithin, join, parentOf, relativeTo } from "./workspacePaths.ts";

/** A `performance.yaml` that was read. */
export interface Configuration {
  /** Absolute path of the file. */
  readonly path: string;
  /** The folder whose files it governs and that its patterns start from. */
  readonly base: string;
  /** The one of `--config`: it governs files outside of its folder too, its patterns start from their roots. */
  readonly governsAll: boolean;
  readonly text: string;
  readonly facts: ProjectFacts;
  readonly problems: readonly FileProblem[];
}

/** What holds in one folder: everything that its own files and those above say. */
export interface FolderRules {
  /** The innermost last. */
  readonly layers: readonly Layer[];
  /** The configuration that governs the folder. */
  readonly configuration: Configuration | undefined;
}

interface Layer {
  readonly base: string;
  readonly patterns: Ignore;
}

/** Reads the rules of folders, each folder once. */
export class FolderReader {
  readonly #host: Host;
  /** The one configuration of `--config`, which leaves no say to any other. */
  readonly #only: Configuration | undefined;
  readonly #known = new Map<string, Promise<FolderRules>>();
  readonly #configurations = new Map<string, Configuration>();

  constructor(host: Host, only: Configuration | undefined) {
    this.#host = host;
    this.#only = only;
  }

  /** All configurations that were met, outer ones first. */
  get configurations(): readonly Configuration[] {
    if (this.#only !== undefined) return [this.#only];
    return [...this.#configurations.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Whether a `performance.yaml` has no say because `--config` names another one. */
  isOverruled(path: string): boolean {
    return this.#only !== undefined && this.#only.path !== path;
  }

  /** The rules at a root: those of the folders above it count up to the top of its git repository, else up to `outermost`. */
  async atRoot(root: string, outermost: string): Promise<FolderRules> {
    const above = await this.#foldersAbove(root, outermost);
    let rules: FolderRules = { layers: [], configuration: this.#only };
    if (this.#only !== undefined)
      rules = { ...rules, layers: layerOf(this.#only, isWithin(root, this.#only.base) ? this.#only.base : root) };
    for (const folder of above) rules = await this.#within(folder, rules);
    // A folder that someone opens is meant, also where the repository around it ignores it.
    if ([...above, root].some((folder) => isIgnored(rules, folder, true))) rules = { ...rules, layers: [] };
    return this.#within(root, rules);
  }

  /** The rules in `folder`, which lies directly in a folder with the rules `outer`. */
  inFolder(folder: string, outer: FolderRules, names: ReadonlySet<string>): Promise<FolderRules> {
    const mayHaveRules = names.has(".gitignore") || (this.#only === undefined && CONFIGURATION_NAMES.some((name) => names.has(name)));
    return mayHaveRules ? this.#within(folder, outer) : Promise.resolve(outer);
  }

  async #within(folder: string, outer: FolderRules): Promise<FolderRules> {
    let known = this.#known.get(folder);
    if (known === undefined) this.#known.set(folder, (known = this.#read(folder, outer)));
    return known;
  }

  async #read(folder: string, outer: FolderRules): Promise<FolderRules> {
    const layers = [...outer.layers];
    const patterns = await this.#text(join(folder, ".gitignore"));
    if (patterns !== undefined) layers.push({ base: folder, patterns: ignore({ ignorecase: false }).add(patterns) });
    if (this.#only !== undefined) return { ...outer, layers };
    for (const name of CONFIGURATION_NAMES) {
      const configuration = await readConfiguration(this.#host, join(folder, name), false);
      if (configuration === undefined) continue;
      this.#configurations.set(configuration.path, configuration);
      return { layers: [...layers, ...layerOf(configuration, folder)], configuration };
    }
    return { ...outer, layers };
  }

  /** From the top down, without `root` itself. */
  async #foldersAbove(root: string, outermost: string): Promise<readonly string[]> {
    const folders: string[] = [];
    for (let folder: string | undefined = root; folder !== undefined; folder = parentOf(folder)) {
      if (folder !== root) folders.unshift(folder);
      if ((await this.#host.stat(join(folder, ".git"))) !== undefined) return folders;
    }
    return folders.filter((folder) => isWithin(folder, outermost));
  }

  async #text(path: string): Promise<string | undefined> {
    try {
      return decodeText(await this.#host.read(path)).text.replace(/^\ufeff/, "");
    } catch (error) {
      if (error instanceof HostError) return undefined;
      throw error;
    }
  }
}

export const CONFIGURATION_NAMES: readonly string[] = ["performance.yaml", "performance.yml"];

/** Reads a `performance.yaml`; undefined where there is none. */
export async function readConfiguration(host: Host, path: string, governsAll: boolean): Promise<Configuration | undefined> {
  try {
    const { text } = decodeText(await host.read(path));
    const { facts, problems } = projectFacts(path, text);
    return { path, base: parentOf(path) ?? "/", governsAll, text, facts, problems };
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

/**
 * Whether a path below the folder that `rules` hold in is ignored there; the innermost word counts. The folder that holds the path is
 * not ignored: what an inner layer has let in is not kept out by what an outer one says of that folder.
 */
export function isIgnored(rules: FolderRules, path: string, isFolder: boolean): boolean {
  for (let index = rules.layers.length - 1; index >= 0; index--) {
    const { base, patterns } = rules.layers[index] as Layer;
    if (path === base || !isWithin(path, base)) continue;
    const asked = isFolder ? `${relativeTo(base, path)}/` : relativeTo(base, path);
    let verdict = patterns.test(asked);
    if (verdict.ignored && foldersAbove(asked).some((folder) => patterns.ignores(folder))) verdict = lettingIn(patterns, asked).test(asked);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

const foldersAbove = (path: string): readonly string[] => [...path.matchAll(/\/(?!$)/g)].map(({ index }) => path.slice(0, index + 1));

/** The patterns, but for the folders above a path. */
const lettingIn = (patterns: Ignore, path: string): Ignore =>
  ignore({ ignorecase: false })
    .add(patterns)
    .add(foldersAbove(path).map((folder) => `!/${folder.replace(/[\\*?[\] ]/g, "\\$&")}`));

function layerOf({ facts }: Configuration, base: string): readonly Layer[] {
  return facts.ignore.length === 0 ? [] : [{ base, patterns: ignore({ ignorecase: false }).add([...facts.ignore]) }];
}
