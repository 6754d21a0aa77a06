import { benchmarkChoices, type EndpointPlace } from "../../bench/choices.ts";
import { METHODS } from "../../bench/endpoint.ts";
import { projectBenchmarks } from "../../bench/projectBenchmarks.ts";
import type { RunResult } from "../../bench/result.ts";
import { readRuns } from "../../bench/runFile.ts";
import { slaFindings } from "../../bench/slaFindings.ts";
import { NO_PROJECT_FACTS, type ProjectFacts } from "../../facts/project/projectFacts.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import { isWithin } from "../../project/workspacePaths.ts";
import type { Finding } from "../../rules/finding.ts";
import type { BenchmarkProject } from "../protocol.ts";
import type { Session } from "../session.ts";
import { RunsWatch } from "./runsWatch.ts";

interface ProjectFolder {
  readonly folder: string;
  readonly facts: ProjectFacts;
}

export interface BenchmarksOptions {
  readonly session: Session;
  log(message: string): void;
  /** Files whose findings may be others now. */
  onStale(files: ReadonlySet<string>): void;
}

/** What can be measured in a workspace, and what the kept measurements say of its SLAs. */
export class Benchmarks {
  readonly #session: Session;
  readonly #options: BenchmarksOptions;
  readonly #watch = new RunsWatch(() => void this.readRuns());
  /** Newest first, by folder of the project. */
  #runs: ReadonlyMap<string, readonly RunResult[]> = new Map();
  #said:
    | { readonly endpoints: readonly Endpoint[]; readonly project: unknown; readonly byFile: ReadonlyMap<string, readonly Finding[]> }
    | undefined;

  /** The reading that goes on, and the one that waits for its end: none is overtaken by a later one. */
  #reading: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #project: unknown;
  #readFolders = "";
  #disposed = false;

  constructor(options: BenchmarksOptions) {
    this.#session = options.session;
    this.#options = options;
  }

  /** For each folder with a `performance.yaml` (or, without one, each root) what a person may run there; for none, of the first. */
  choices(): readonly BenchmarkProject[] {
    const folders = this.#folders();
    const endpoints = this.#places().map((place) => ({ place, folder: this.#folderOf(place.at.file, folders) }));
    const projects = folders.map(({ folder, facts }) => {
      const own = endpoints.filter((endpoint) => endpoint.folder === undefined || endpoint.folder === folder);
      const choices = benchmarkChoices(
        projectBenchmarks(facts),
        own.map(({ place }) => place),
      );
      return { folder, choices };
    });
    const worth = projects.filter(({ choices }) => choices.length > 0);
    return worth.length > 0 ? worth : projects.slice(0, 1);
  }

  /** The innermost folder around a file: an app beside a backend has no endpoints. */
  #folderOf(file: string, folders: readonly ProjectFolder[]): string | undefined {
    const path = this.#session.documents.pathOf(file);
    const around = path === undefined ? [] : folders.filter(({ folder }) => isWithin(path, folder)).map(({ folder }) => folder);
    return around.sort((a, b) => b.length - a.length)[0];
  }

  /** Reads the kept runs anew; done when what lies there at the time of the call has been read. */
  readRuns(): Promise<void> {
    this.#waiting ??= this.#reading.then(() => {
      this.#waiting = undefined;
      this.#reading = this.#readOnce().catch((error) => this.#options.log(`The kept runs could not be read: ${error}`));
      return this.#reading;
    });
    return this.#waiting;
  }

  /** Reads the runs of other folders when the session has come to know others. */
  followSession(): void {
    const { isIndexed, project } = this.#session;
    if (!isIndexed || project === this.#project) return;
    this.#project = project;
    if (keyOf(this.#folders()) !== this.#readFolders) void this.readRuns();
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch.dispose();
  }

  async #readOnce(): Promise<void> {
    this.#readFolders = "";
    if (this.#disposed || !this.#session.isIndexed) return;
    const folders = this.#folders();
    this.#readFolders = keyOf(folders);
    // First watched, then read: nothing lies between.
    this.#watch.follow(folders.map(({ folder }) => folder));
    const runs = new Map<string, readonly RunResult[]>();
    for (const { folder } of folders) {
      const kept = await readRuns(folder);
      for (const { file, why } of kept.unread) this.#options.log(`${file} ${why}`);
      if (kept.runs.length > 0)
        runs.set(
          folder,
          kept.runs.map(({ result }) => result),
        );
    }
    const before = this.#runs.size === 0 ? [] : [...this.#findingsByFile().keys()];
    this.#runs = runs;
    this.#said = undefined;
    const stale = new Set([...before, ...(runs.size === 0 ? [] : this.#findingsByFile().keys())]);
    if (stale.size > 0) this.#options.onStale(stale);
  }

  /** Broken SLAs, on the mappings of the endpoints that broke them. */
  findings(file: string): readonly Finding[] {
    if (this.#runs.size === 0 || !this.#session.isIndexed) return [];
    return this.#findingsByFile().get(file) ?? [];
  }

  #findingsByFile(): ReadonlyMap<string, readonly Finding[]> {
    const endpoints = this.#session.workspace.model.web.endpoints();
    const project = this.#session.project;
    if (this.#said?.endpoints === endpoints && this.#said.project === project) return this.#said.byFile;
    const byFile = new Map<string, Finding[]>();
    for (const { folder, facts } of this.#folders()) {
      const said = slaFindings(this.#runs.get(folder) ?? [], this.#places(), projectBenchmarks(facts).slas);
      for (const finding of said) {
        const severity = project?.settings.severityOf(finding.rule, finding.file);
        if (severity === "off") continue;
        const same = byFile.get(finding.file);
        const shown = severity === undefined ? finding : { ...finding, severity };
        if (same === undefined) byFile.set(finding.file, [shown]);
        else same.push(shown);
      }
    }
    this.#said = { endpoints, project, byFile };
    return byFile;
  }

  #folders(): readonly ProjectFolder[] {
    const configurations = this.#session.project?.settings.configurations ?? [];
    if (configurations.length === 0) return this.#session.roots.map((folder) => ({ folder, facts: NO_PROJECT_FACTS }));
    return configurations.map(({ base, facts }) => ({ folder: base, facts }));
  }

  #places(): readonly EndpointPlace[] {
    return this.#session.workspace.model.web.endpoints().flatMap(({ verb, path, mapping }) => {
      const method = METHODS.find((known) => known === (verb === "ANY" ? "GET" : verb));
      return method === undefined || path === "" ? [] : [{ method, path, at: mapping }];
    });
  }
}

const keyOf = (folders: readonly ProjectFolder[]): string => folders.map(({ folder }) => folder).join("\n");
