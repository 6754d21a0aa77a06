import type { BuildDependency, BuildFacts, BuildPlugin } from "../../facts/build/buildFacts.ts";
import type { BuildFile } from "../../facts/fileFacts.ts";
import { managedBy } from "./versions.ts";

/** What a module is built with, parents, catalogs and shared blocks taken in. Plain data. */
export interface BuildData {
  /** Its folder, "" for the root. */
  readonly module: string;
  readonly file: string | undefined;
  /** Versions as text, "3.5.6"; undefined where they are not to be known. */
  readonly boot: string | undefined;
  readonly hibernate: string | undefined;
  readonly springData: string | undefined;
  readonly java: number | undefined;
  /** Artifacts on the classpath of the application, of the modules that it depends on as well; versions "" where not known. */
  readonly artifacts: Readonly<Record<string, string>>;
  /** Those that the module's tests have besides. */
  readonly testArtifacts: readonly string[];
  readonly plugins: readonly string[];
  /** Folders of the modules that it depends on, over any number of steps. */
  readonly dependsOn: readonly string[];
  readonly flutter: boolean;
  /** Folders of git's submodules in it, whose files may not be there. */
  readonly submodules: readonly string[];
}

/** All build files of a workspace, and what they make of each module. */
export class Builds {
  /** By folder. */
  readonly #projects = new Map<string, BuildFile[]>();
  /** By folder: settings, catalogs and properties; a catalog counts for the folder above its `gradle`. */
  readonly #helpers = new Map<string, BuildFile[]>();
  readonly #byArtifact = new Map<string, string>();
  readonly #data = new Map<string, BuildData>();
  readonly #submodules: string[] = [];

  constructor(files: Iterable<BuildFile>) {
    const sorted = [...files].sort((a, b) => (a.file < b.file ? -1 : 1));
    for (const file of sorted) {
      const folder = folderOf(file.file);
      if (file.build.kind === "submodules") {
        this.#submodules.push(...file.build.modules.map((path) => join(folder, path)));
        continue;
      }
      if (file.build.kind === "requirements") continue;
      if (file.build.kind === "project") {
        add(this.#projects, folder, file);
        const name = file.build.name;
        if (name !== undefined && file.build.tool === "maven") this.#byArtifact.set(name, folder);
      } else add(this.#helpers, file.build.kind === "catalog" ? folder.replace(/(?:^|\/)gradle$/, "") : folder, file);
      if (file.build.kind === "settings") for (const module of file.build.modules) addNone(this.#projects, join(folder, module));
    }
  }

  /** Folders of all modules, in order. */
  get modules(): readonly string[] {
    return [...this.#projects.keys()].sort();
  }

  /** The innermost module that holds a file; "" outside of all. */
  moduleOf(file: string): string {
    for (const folder of foldersAbove(file)) if (this.#projects.has(folder)) return folder;
    return "";
  }

  dataOf(module: string): BuildData {
    let known = this.#data.get(module);
    if (known === undefined) this.#data.set(module, (known = this.#read(module)));
    return known;
  }

  #read(module: string): BuildData {
    const layers = this.#layers(module);
    const properties = Object.assign({}, ...layers.map(({ build }) => build.properties).reverse()) as Record<string, string>;
    const version = (text: string | undefined) => resolved(text, properties, layers);
    const artifacts: Record<string, string> = {};
    const dependsOn = new Set<string>();
    this.#collect(module, artifacts, dependsOn, NOTHING, 0);
    const boot = version(this.#bootVersion(layers));
    const managed = boot === undefined ? undefined : managedBy(boot);
    const java = Number.parseInt((version(layers.map(({ build }) => build.javaVersion).find(Boolean)) ?? "").replace(/^1\./, ""), 10);
    dependsOn.delete(module);
    return {
      module,
      file: this.#projects.get(module)?.[0]?.file,
      boot,
      hibernate: known(artifacts["hibernate-core"]) ?? version(properties["hibernate.version"]) ?? managed?.hibernate,
      springData: known(artifacts["spring-data-jpa"]) ?? managed?.springData,
      java: Number.isNaN(java) ? undefined : java,
      artifacts,
      testArtifacts: this.#testArtifacts(layers),
      plugins: [...new Set(layers.flatMap((layer) => this.#pluginsOf(layer)))].sort(),
      dependsOn: [...dependsOn].sort(),
      flutter: layers.some(({ build }) => build.flutter),
      submodules: this.#submodules.filter((folder) => this.moduleOf(`${folder}/_`) === module).sort(),
    };
  }

  #testArtifacts(layers: readonly Layer[]): readonly string[] {
    const found = layers.flatMap(({ build, own }) => build.dependencies.filter(({ scope, shared }) => scope === "test" && (own || shared)));
    return [...new Set(found.flatMap((dependency) => this.#unaliased(dependency, layers)).map(({ artifact }) => artifact))].sort();
  }

  /**
   * What speaks for a module, its own files first: then parents as far as they are in the workspace, and for Gradle the files
   * of the folders above, of which only what they share counts.
   */
  #layers(module: string): readonly Layer[] {
    const layers: Layer[] = [];
    for (const file of this.#projects.get(module) ?? []) {
      layers.push({ file, build: file.build, own: true });
      if (file.build.tool === "maven")
        for (const parent of this.#parents(file)) layers.push({ file: parent, build: parent.build, own: false });
    }
    for (const folder of [module, ...foldersAbove(module === "" ? "" : module)]) {
      for (const file of this.#helpers.get(folder) ?? []) layers.push({ file, build: file.build, own: false });
      if (folder === module) continue;
      for (const file of this.#projects.get(folder) ?? [])
        if (file.build.tool === "gradle") layers.push({ file, build: file.build, own: false });
    }
    return layers;
  }

  #parents(file: BuildFile): readonly BuildFile[] {
    const parents: BuildFile[] = [];
    for (let at = file; parents.length < MAX_PARENTS; ) {
      const { parent } = at.build;
      if (parent === undefined || parent.relativePath === "") break;
      const path = join(folderOf(at.file), parent.relativePath ?? "..").replace(/\/?pom\.xml$/, "");
      const inPlace = this.#projects.get(path)?.find(({ build }) => build.name === parent.artifact);
      const next = inPlace ?? this.#projects.get(this.#byArtifact.get(parent.artifact) ?? "?")?.find(({ build }) => build.tool === "maven");
      if (next === undefined || next === file || parents.includes(next)) break;
      parents.push(next);
      at = next;
    }
    return parents;
  }

  #collect(module: string, into: Record<string, string>, seen: Set<string>, without: ReadonlySet<string>, depth: number): void {
    if (seen.has(module) || depth > MAX_PARENTS) return;
    seen.add(module);
    const layers = this.#layers(module);
    const properties = Object.assign({}, ...layers.map(({ build }) => build.properties).reverse()) as Record<string, string>;
    const managed = new Map<string, string>();
    const direct: BuildDependency[] = [];
    for (const layer of layers) {
      for (const dependency of layer.build.dependencies.flatMap((found) => this.#unaliased(found, layers))) {
        if (dependency.scope === "managed" && dependency.version !== undefined && !managed.has(dependency.artifact))
          managed.set(dependency.artifact, dependency.version);
        else if (dependency.scope === "main" && (layer.own || dependency.shared) && !(dependency.optional && depth > 0))
          direct.push(dependency);
      }
    }
    for (const { kind, artifact, version, excludes } of direct) {
      if (without.has(artifact)) continue;
      const target = kind === "project" ? this.#projectFolder(artifact, module) : this.#byArtifact.get(artifact);
      if (target !== undefined)
        this.#collect(target, into, seen, excludes.length === 0 ? without : new Set([...without, ...excludes]), depth + 1);
      if (kind === "project") continue;
      const text = resolved(version ?? managed.get(artifact), properties, layers) ?? "";
      if (into[artifact] === undefined || into[artifact] === "") into[artifact] = text;
    }
  }

  #unaliased(dependency: BuildDependency, layers: readonly Layer[], depth = 0): readonly BuildDependency[] {
    if (dependency.kind !== "alias") return [dependency];
    const catalog = layers.find(({ build }) => build.aliases[dependency.artifact] !== undefined)?.build;
    const entry = catalog?.aliases[dependency.artifact];
    if (entry === undefined || depth > 1) return [];
    if (entry.kind === "bundle")
      return entry.artifact.split(",").flatMap((artifact) => this.#unaliased({ ...dependency, artifact }, layers, depth + 1));
    return [{ ...dependency, kind: "module", group: entry.group, artifact: entry.artifact, version: entry.version }];
  }

  /** ":core:api" and the folders above it as a settings file names them; a path for pub. */
  #projectFolder(path: string, from: string): string | undefined {
    const relative = path.replace(/^:/, "").replaceAll(":", "/");
    const folders = [from, ...foldersAbove(from)].map((folder) => join(folder, relative));
    return folders.find((folder) => this.#projects.has(folder));
  }

  #pluginsOf({ build, own }: Layer): readonly string[] {
    return build.plugins.filter(({ applied, shared }) => applied && (own || shared)).map((plugin) => this.#pluginId(plugin));
  }

  #pluginId(plugin: BuildPlugin): string {
    if (!plugin.isAlias) return plugin.id;
    for (const file of [...this.#helpers.values()].flat()) {
      const entry = file.build.aliases[`plugins.${plugin.id}`];
      if (entry !== undefined) return entry.artifact;
    }
    return plugin.id;
  }

  #bootVersion(layers: readonly Layer[]): string | undefined {
    for (const { build } of layers) {
      if (build.parent?.artifact === "spring-boot-starter-parent" && build.parent.version !== undefined) return build.parent.version;
      const bom = build.dependencies.find(({ artifact, version }) => artifact === "spring-boot-dependencies" && version !== undefined);
      if (bom !== undefined) return bom.version;
      const plugin = build.plugins.find(({ id, version }) => id === "org.springframework.boot" && version !== undefined);
      if (plugin !== undefined) return plugin.version;
      const alias = build.plugins.find((candidate) => candidate.isAlias && this.#pluginId(candidate) === "org.springframework.boot");
      const entry = alias === undefined ? undefined : layers.map((layer) => layer.build.aliases[`plugins.${alias.id}`]).find(Boolean);
      if (entry?.version !== undefined) return entry.version;
      const starter = build.dependencies.find(
        ({ artifact, version }) => artifact.startsWith("spring-boot-starter") && version !== undefined,
      );
      if (starter !== undefined) return starter.version;
    }
    return undefined;
  }
}

interface Layer {
  readonly file: BuildFile;
  readonly build: BuildFacts;
  /** The module's own file, not one that it inherits from. */
  readonly own: boolean;
}

const MAX_PARENTS = 20;
const NOTHING: ReadonlySet<string> = new Set();

const known = (version: string | undefined): string | undefined => (version === "" ? undefined : version);

/** `${x}`, `$x` and `@x@` looked up; undefined while something stays open. */
function resolved(text: string | undefined, properties: Readonly<Record<string, string>>, layers: readonly Layer[]): string | undefined {
  let version = text;
  for (let turn = 0; version !== undefined && /[$@]/.test(version); turn++) {
    if (turn === 10) return undefined;
    const own = layers[0]?.build;
    let open = false;
    version = version.replace(/\$\{([^}]+)\}|\$(\w+)|@([\w.-]+)@/g, (_, braced, bare, filtered) => {
      const name: string = braced ?? bare ?? filtered;
      const value = properties[name] ?? (/^(?:project\.)?version$/.test(name) ? (own?.version ?? own?.parent?.version) : undefined);
      open ||= value === undefined;
      return value ?? "";
    });
    if (open) return undefined;
  }
  return version;
}

function add(into: Map<string, BuildFile[]>, folder: string, file: BuildFile): void {
  addNone(into, folder);
  into.get(folder)?.push(file);
}

function addNone(into: Map<string, BuildFile[]>, folder: string): void {
  if (!into.has(folder)) into.set(folder, []);
}

export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** The folders that hold a path, innermost first, "" last. */
export function* foldersAbove(path: string): Generator<string> {
  for (let at = path; at !== ""; ) {
    at = folderOf(at);
    yield at;
  }
}

/** `..` and `.` taken out; a path that leads above the root ends at it. */
export function join(folder: string, relative: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
