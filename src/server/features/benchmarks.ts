import { benchmarkChoices, type EndpointPlace } from "../../bench/choices.ts";
import { METHODS } from "../../bench/endpoint.ts";
import { projectBenchmarks } from "../../bench/projectBenchmarks.ts";
import type { RunResult } from "../../bench/result.ts";
import { readRuns } from "../../bench/runFile.ts";
import { slaFindings } from "../../bench/slaFindings.ts";
import { NO_PROJECT_FACTS, type ProjectFacts } from "../../facts/project/projectFacts.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import type { Finding } from "../../rules/finding.ts";
import type { BenchmarkProject } from "../protocol.ts";
import type { Session } from "../session.ts";

/** What can be measured in a workspace, and what the kept measurements say of its SLAs. */
export class Benchmarks {
  readonly #session: Session;
  /** Newest first, by folder of the project. */
  #runs: ReadonlyMap<string, readonly RunResult[]> = new Map();
  #said:
    | { readonly endpoints: readonly Endpoint[]; readonly project: unknown; readonly byFile: ReadonlyMap<string, readonly Finding[]> }
    | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** For each folder with a `performance.yaml` (or, without one, each root) what a person may run there. */
  choices(): readonly BenchmarkProject[] {
    const endpoints = this.#places();
    return this.#folders().map(({ folder, facts }) => ({ folder, choices: benchmarkChoices(projectBenchmarks(facts), endpoints) }));
  }

  /** Reads the kept runs anew. Answers with the files whose findings may be others now. */
  async readRuns(log: (message: string) => void): Promise<ReadonlySet<string>> {
    const before = new Set(this.#runs.size === 0 ? [] : this.#findingsByFile().keys());
    const runs = new Map<string, readonly RunResult[]>();
    for (const { folder } of this.#folders()) {
      const kept = await readRuns(folder);
      for (const { file, why } of kept.unread) log(`${file} ${why}`);
      if (kept.runs.length > 0)
        runs.set(
          folder,
          kept.runs.map(({ result }) => result),
        );
    }
    this.#runs = runs;
    this.#said = undefined;
    return new Set([...before, ...(runs.size === 0 ? [] : this.#findingsByFile().keys())]);
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

  #folders(): readonly { readonly folder: string; readonly facts: ProjectFacts }[] {
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
