import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { SchemaChange, SqlFacts } from "../../../facts/sql/sqlFacts.ts";
import type { FoldedFile } from "../fold/foldedFile.ts";
import type { Inclusion } from "../schema.ts";
import { type LiquibaseProfile, profilesRunning } from "./changesetFilter.ts";
import type { SchemaSettings } from "./settings.ts";

/** What one change log that no other includes makes run, in the order in which it runs. */
export interface ChangelogRun {
  readonly root: string;
  readonly steps: readonly FoldedFile[];
  /** What makes each file but the root part of it. */
  readonly inclusions: ReadonlyMap<string, Inclusion>;
  /** Some of what it runs is said to be for PostgreSQL. */
  readonly namesPostgres: boolean;
}

/** How deep change logs may include each other. */
const DEEPEST = 20;

/**
 * The change logs in XML, YAML and JSON of a workspace with all that they include. Roots are the files that the configuration names;
 * without one, those that no other includes are roots, and where one of them includes others, loose files beside it are taken for left
 * over.
 */
export function changelogRuns(files: ReadonlyMap<string, SqlFile>, settings: SchemaSettings): readonly ChangelogRun[] {
  const logs = [...files.values()].filter(({ sql }) => sql.changelog !== undefined);
  if (logs.length === 0) return [];
  const resources = new Resources(files.keys());
  const included = new Set<string>();
  const includes = new Map<string, number>();
  const runBySamples = new Map<string, readonly string[]>();
  for (const { file, sql } of logs) {
    const found = (sql.changelog?.steps ?? []).flatMap((step) => (step.kind === "statements" ? [] : resources.find(file, step)));
    includes.set(file, found.length);
    // `integration-demo.xml` runs the master and rows to look at: the application runs the master alone.
    if (SAMPLES.test(file)) runBySamples.set(file, found);
    else for (const one of found) if (one !== file) included.add(one);
  }
  for (const [file, found] of runBySamples) if (included.has(file)) for (const one of found) included.add(one);
  const free = logs.map(({ file }) => file).filter((file) => !included.has(file));
  const named = free.filter((file) => settings.changeLogs(file).some((path) => file === path || file.endsWith(`/${path}`)));
  const masters = free.filter((file) => (includes.get(file) ?? 0) > 0);
  const heads = free.filter((file) => {
    const rivals = named.length > 0 ? named : masters;
    return rivals.includes(file) || !rivals.some((rival) => sourceSetOf(rival) === sourceSetOf(file));
  });
  const roots = heads.filter((head) => !runBySamples.get(head)?.some((one) => one !== head && heads.includes(one)));
  return roots
    .map((root) => new Runner(files, resources, settings.liquibaseProfiles(root)).run(root))
    .filter(({ steps }) => steps.length > 0);
}

/** Change logs whose names say that they are run to try things out. */
const SAMPLES = /(?:^|[/_.-])(?:demo|tests?|samples?|examples?)(?:[_.-][^/]*)?\.(?:xml|ya?ml|json)$/i;

/** The folder of resources that a file lies in, as far as its path tells. */
const sourceSetOf = (file: string): string => /^(.*\/)?resources\//.exec(file)?.[0] ?? file.slice(0, file.lastIndexOf("/") + 1);

/** Finds what change logs name: on the class path, whose roots are folders above the one that names it, or beside it. */
class Resources {
  readonly #files: ReadonlySet<string>;
  readonly #sorted: readonly string[];

  constructor(files: Iterable<string>) {
    this.#sorted = [...files].sort();
    this.#files = new Set(this.#sorted);
  }

  find(from: string, step: { readonly kind: "file" | "folder"; readonly path: string; readonly relative: boolean }): readonly string[] {
    const path = step.path.replace(/^(?:classpath\*?:|file:)/, "").replace(/^\/+|\/+$/g, "");
    for (const base of basesOf(from, step.relative)) {
      const whole = normalised(`${base}${path}`);
      if (whole === undefined) continue;
      if (step.kind === "file" && this.#files.has(whole)) return [whole];
      const inside = step.kind === "folder" ? this.#sorted.filter((file) => file.startsWith(`${whole}/`) && file !== from) : [];
      if (inside.length > 0) return inside;
    }
    return step.relative ? [] : this.#inOtherModules(path, step.kind);
  }

  /**
   * What the class path has from other modules, in Liquibase's order: by the path in it. Nothing where two modules have the same file,
   * since which of them a build takes is not known.
   */
  #inOtherModules(path: string, kind: "file" | "folder"): readonly string[] {
    const place = `/resources/${path}${kind === "file" ? "" : "/"}`;
    const found = new Map<string, string>();
    for (const file of this.#sorted) {
      if (kind === "file" ? !file.endsWith(place) : !file.includes(place)) continue;
      const onClassPath = file.slice(file.indexOf(place));
      if (found.has(onClassPath)) return [];
      found.set(onClassPath, file);
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
  }
}

/** The folders that a path may start at, the nearest first. */
function basesOf(from: string, relative: boolean): readonly string[] {
  const folders = from.split("/").slice(0, -1);
  const bases = folders.map((_, i) => `${folders.slice(0, folders.length - i).join("/")}/`);
  return relative ? bases.slice(0, 1) : [...bases, ""];
}

/** Without "." and ".."; undefined where it leaves the workspace. */
function normalised(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

class Runner {
  readonly #files: ReadonlyMap<string, SqlFile>;
  readonly #resources: Resources;
  readonly #steps: FoldedFile[] = [];
  readonly #ran = new Set<string>();
  readonly #inclusions = new Map<string, Inclusion>();
  /** Properties are global, and the first value of a name stays. */
  readonly #properties = new Map<string, string>();
  readonly #profiles: readonly LiquibaseProfile[];
  #namesPostgres = false;

  constructor(files: ReadonlyMap<string, SqlFile>, resources: Resources, profiles: readonly LiquibaseProfile[]) {
    this.#files = files;
    this.#resources = resources;
    this.#profiles = profiles;
  }

  run(root: string): ChangelogRun {
    this.#file(root, 0, this.#profiles);
    return { root, steps: this.#steps, inclusions: this.#inclusions, namesPostgres: this.#namesPostgres };
  }

  /** `profiles` are those that come to the file; where nothing is configured, there are none, and all runs. */
  #file(file: string, depth: number, profiles: readonly LiquibaseProfile[]): void {
    const facts = this.#files.get(file)?.sql;
    // A changeset runs once, however often its file is included.
    if (facts === undefined || depth > DEEPEST || this.#ran.has(file)) return;
    this.#ran.add(file);
    if (facts.changelog === undefined) {
      const parts = this.#running(facts, 0, facts.statements.length, profiles);
      if (parts === undefined) this.#steps.push({ file, facts, seeds: true });
      else this.#steps.push(...parts.map((statements, i) => ({ file, facts, seeds: i === 0, statements })));
      return;
    }
    this.#namesPostgres ||= facts.changelog.namesPostgres === true;
    for (const { name, value } of facts.changelog.properties) if (!this.#properties.has(name)) this.#properties.set(name, value);
    let seeds = true;
    for (const step of facts.changelog.steps) {
      if (step.kind === "statements") {
        for (const statements of this.#running(facts, step.from, step.to, profiles) ?? [[step.from, step.to] as const]) {
          this.#steps.push({ file, facts, seeds, statements, ...this.#filling(facts.statements.slice(...statements)) });
          seeds = false;
        }
      } else {
        const coming = profilesRunning(step, profiles);
        if (coming.length === 0 && profiles.length > 0) continue;
        for (const one of this.#resources.find(file, step)) {
          if (!this.#ran.has(one)) this.#inclusions.set(one, { by: file, kind: step.script ? "script" : step.kind, path: step.path });
          this.#file(one, depth + 1, coming);
        }
      }
    }
  }

  /** The statements of the changesets that run, where the contexts or the labels of some keep them off; undefined where all do. */
  #running(
    { changesets, statements }: SqlFacts,
    from: number,
    to: number,
    profiles: readonly LiquibaseProfile[],
  ): readonly (readonly [from: number, to: number])[] | undefined {
    const off = profiles.length === 0 ? [] : changesets.filter((one) => profilesRunning(one, profiles).length === 0);
    if (off.length === 0) return undefined;
    const parts: (readonly [number, number])[] = [];
    for (let i = from; i < to; i++) {
      const start = statements[i]?.span.start ?? 0;
      if (off.some(({ span }) => span.start <= start && start < span.end)) continue;
      const last = parts.at(-1);
      if (last?.[1] === i) parts[parts.length - 1] = [last[0], i + 1];
      else parts.push([i, i + 1]);
    }
    return parts;
  }

  /** The properties that statements wait for, as one text: it stands for them in comparisons. */
  #filling(statements: readonly { readonly changes: readonly SchemaChange[] }[]): { readonly properties?: string } {
    if (this.#properties.size === 0 || !JSON.stringify(statements).includes("${")) return {};
    return { properties: JSON.stringify([...this.#properties]) };
  }
}
