import type { Language } from "../facts/fileFacts.ts";
import { languageOf } from "../facts/languages.ts";
import { type Configuration, FolderReader, type FolderRules, isIgnored, readConfiguration } from "./folders.ts";
import { type Host, type HostEntry, HostError } from "./host.ts";
import { isSourceFolder, type Role, roleOfFolder, roleOfPath } from "./roles.ts";
import { isWithin, join, relativeTo, WorkspacePaths } from "./workspacePaths.ts";

/** A file that is read. */
export interface DiscoveredFile {
  /** Workspace path. */
  readonly file: string;
  /** Absolute path of the host. */
  readonly path: string;
  readonly language: Language;
  readonly role: Role;
}

/** What a person might miss, and why it is not read. Ignored files are not listed. */
export interface SkippedFile {
  readonly file: string;
  readonly why: string;
}

export interface DiscoveryOptions {
  readonly host: Host;
  /** Absolute paths of folders: one system, however many they are. */
  readonly roots: readonly string[];
  /** The absolute path of the one `performance.yaml` that counts, instead of those in the folders. */
  readonly config?: string | undefined;
}

export interface Discovered {
  /** In order of their workspace paths. */
  readonly files: readonly DiscoveredFile[];
  readonly skipped: readonly SkippedFile[];
  /** Every `performance.yaml` that governs some of the files, outer ones first. */
  readonly configurations: readonly Configuration[];
}

const MIB = 1024 * 1024;
/** A migration that loads rows is long, and makes tables as well. */
const MOST_MIB = { sql: 64, others: 1 };

/**
 * Finds what there is to read. It knows the `.gitignore` and `performance.yaml` files of the folders it has seen: after a
 * change of one of those, make a new one.
 */
export class Discovery {
  readonly paths: WorkspacePaths;
  readonly #host: Host;
  readonly #folders: FolderReader;
  #realRoots: readonly string[] = [];

  private constructor(host: Host, paths: WorkspacePaths, folders: FolderReader) {
    this.#host = host;
    this.paths = paths;
    this.#folders = folders;
  }

  /** Rejects with a HostError when `config` cannot be read; roots that cannot are reported by `all`. */
  static async create({ host, roots, config }: DiscoveryOptions): Promise<Discovery> {
    const paths = new WorkspacePaths(roots);
    const discovery = new Discovery(host, paths, new FolderReader(host, await onlyConfiguration(host, config)));
    discovery.#realRoots = await Promise.all(paths.roots.map((root) => host.realPath(root).catch(() => root)));
    return discovery;
  }

  /** Walks all roots. Rejects with the reason of an aborted signal. */
  async all(signal?: AbortSignal): Promise<Discovered> {
    const files: DiscoveredFile[] = [];
    const skipped: SkippedFile[] = [];
    const followed = new Set<string>();
    const pending: Folder[] = [];
    for (const root of this.paths.roots) pending.push({ path: root, above: [], outer: await this.#rulesAt(root), isRoot: true });
    let turn = performance.now();
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      signal?.throwIfAborted();
      if (performance.now() - turn > TURN_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        turn = performance.now();
      }
      const entries = await this.#list(folder, skipped);
      const rules = folder.isRoot
        ? folder.outer
        : await this.#folders.inFolder(folder.path, folder.outer, new Set(entries.map(({ name }) => name)));
      for (const entry of entries) {
        const path = join(folder.path, entry.name);
        const kind = entry.kind === "link" ? await this.#linkKind(path, followed, skipped) : entry.kind;
        if (kind === "directory") {
          if (this.#enters(path, entry.name, folder.above, rules))
            pending.push({ path, above: [...folder.above, entry.name], outer: rules, isRoot: false });
        } else if (kind === "file") {
          const found = await this.#judgeFile(path, folder.above, rules, skipped);
          if (found !== undefined) files.push(found);
        }
      }
    }
    const { configurations } = this.#folders;
    files.push(...configurations.flatMap((configuration) => this.#asFile(configuration, files)));
    const byFile = (a: { readonly file: string }, b: { readonly file: string }) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
    return { files: files.sort(byFile), skipped: skipped.sort(byFile), configurations };
  }

  /** The file at a path, as `all` would find it; undefined where it would not. Symbolic links are not looked for. */
  async find(path: string): Promise<DiscoveredFile | undefined> {
    const root = this.paths.rootOf(path);
    if (root === undefined || path === root || languageOf(path) === undefined) return undefined;
    const above: string[] = [];
    let folder = root;
    let rules = await this.#rulesAt(root);
    for (const name of relativeTo(root, path).split("/").slice(0, -1)) {
      const inner = join(folder, name);
      if (!this.#enters(inner, name, above, rules)) return undefined;
      const names = new Set((await this.#list({ path: inner }, [])).map((entry) => entry.name));
      rules = await this.#folders.inFolder(inner, rules, names);
      above.push(name);
      folder = inner;
    }
    if ((await this.#host.stat(path))?.kind !== "file") return undefined;
    return this.#judgeFile(path, above, rules, []);
  }

  /** The configurations met so far, outer ones first. */
  get configurations(): readonly Configuration[] {
    return this.#folders.configurations;
  }

  /** A configuration above the roots, or one of another name, is a file of the workspace as well: it has table sizes and mistakes. */
  #asFile({ path }: Configuration, known: readonly DiscoveredFile[]): readonly DiscoveredFile[] {
    if (known.some((file) => file.path === path)) return [];
    return [{ file: this.paths.keyOf(path) ?? this.paths.outsideKeyOf(path), path, language: "project", role: "main" }];
  }

  #rulesAt(root: string): Promise<FolderRules> {
    return this.#folders.atRoot(root, this.paths.roots.find((outer) => isWithin(root, outer)) ?? root);
  }

  #enters(path: string, name: string, above: readonly string[], rules: FolderRules): boolean {
    if (isNeverRead(name, above) || this.paths.roots.includes(path)) return false;
    return isWanted(roleOfFolder(name, above), rules) && !isIgnored(rules, path, true);
  }

  async #judgeFile(
    path: string,
    above: readonly string[],
    rules: FolderRules,
    skipped: SkippedFile[],
  ): Promise<DiscoveredFile | undefined> {
    const language = languageOf(path);
    const file = this.paths.keyOf(path);
    if (language === undefined || file === undefined || (language === "project" && this.#folders.isOverruled(path))) return undefined;
    const role = roleOfPath([...above, path.slice(path.lastIndexOf("/") + 1)].join("/"));
    if (!isWanted(role, rules) || isIgnored(rules, path, false)) return undefined;
    const bytes = (await this.#host.stat(path))?.bytes ?? 0;
    const most = path.endsWith(".sql") ? MOST_MIB.sql : MOST_MIB.others;
    if (bytes <= most * MIB) return { file, path, language, role };
    skipped.push({ file, why: `larger than ${most} MiB (${(bytes / MIB).toFixed(1)} MiB)` });
    return undefined;
  }

  async #list(folder: { readonly path: string }, skipped: SkippedFile[]): Promise<readonly HostEntry[]> {
    try {
      return await this.#host.list(folder.path);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      skipped.push({ file: this.paths.keyOf(folder.path) || folder.path, why: `the folder could not be read: ${error.message}` });
      return [];
    }
  }

  /**
   * What a link leads to, if it is to be followed: not into a root, whose files are found where they are, not above or into
   * what was followed before, which would be a loop.
   */
  async #linkKind(path: string, followed: Set<string>, skipped: SkippedFile[]): Promise<"file" | "directory" | "other"> {
    const stat = await this.#host.stat(path);
    if (stat === undefined || (stat.kind === "file" && languageOf(path) === undefined)) return "other";
    const real = await this.#host.realPath(path).catch(() => undefined);
    if (real === undefined || this.#realRoots.some((root) => isWithin(real, root))) return "other";
    if (stat.kind === "file") return "file";
    const holds = [...this.#realRoots, ...followed].some((known) => isWithin(known, real));
    if (holds) {
      skipped.push({ file: this.paths.keyOf(path) ?? path, why: "the symbolic link leads to a folder that holds it or was read already" });
      return "other";
    }
    if ([...followed].some((known) => isWithin(real, known))) return "other";
    followed.add(real);
    return stat.kind;
  }
}

interface Folder {
  readonly path: string;
  /** The names of the folders from the root down to this one. */
  readonly above: readonly string[];
  /** The rules of the folder that holds it; of a root, its own. */
  readonly outer: FolderRules;
  readonly isRoot: boolean;
}

/** How long the thread is held before others have a turn. */
const TURN_MS = 20;

const NEVER: ReadonlySet<string> = new Set(["node_modules", "__pycache__"]);
/** Names of packages as well, but not outside of sources. */
const BUILD_OUTPUT: ReadonlySet<string> = new Set(["build", "target", "out", "dist", "coverage"]);

/** Whether a folder is passed over for its name; `above` are the names of the folders from the root down to it. */
export function isNeverRead(name: string, above: readonly string[]): boolean {
  return name.startsWith(".") || NEVER.has(name) || ((BUILD_OUTPUT.has(name) || isCopied(name, above)) && !isSourceFolder(above));
}

/** `bin/main` and `bin/src`: what Eclipse and its kin compile and copy to, where scripts of other projects lie in `bin`. */
const isCopied = (name: string, above: readonly string[]): boolean => above.at(-1) === "bin" && /^(?:src|main|test|default)$/.test(name);

function isWanted(role: Role, rules: FolderRules): boolean {
  return role === "main" || (role === "test" && rules.configuration?.facts.tests === "judge");
}

async function onlyConfiguration(host: Host, config: string | undefined): Promise<Configuration | undefined> {
  if (config === undefined) return undefined;
  const configuration = await readConfiguration(host, config, true);
  if (configuration === undefined) throw new HostError("missing", `${config} cannot be read`);
  return configuration;
}
