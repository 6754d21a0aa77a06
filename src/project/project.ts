import { createHash } from "node:crypto";
import type { FileProblem } from "../facts/fileFacts.ts";
import { type Baseline, readBaseline } from "./baseline.ts";
import type { Configuration } from "./folders.ts";
import type { Host } from "./host.ts";
import { baselinePathOf, ProjectSettings, unknownRules } from "./settings.ts";
import type { WorkspacePaths } from "./workspacePaths.ts";

/** How a workspace wants to be checked. */
export interface Project {
  readonly settings: ProjectSettings;
  /** Names everything of the configuration that changes what is found. */
  readonly digest: string;
  /** Whether the baseline that governs a file knows a finding. */
  isKnown(file: string, fingerprint: string): boolean;
  /** What is wrong with a `performance.yaml`, beyond what its facts say, by workspace path. */
  problemsOf(file: string): readonly FileProblem[];
  /** What a person should hear that belongs to no line of a file. */
  readonly remarks: readonly string[];
}

export interface ProjectFiles {
  readonly configurations: readonly Configuration[];
  readonly paths: WorkspacePaths;
}

/** Reads what the configurations name: the baselines. `ruleIds` are all rules that there are. */
export async function projectOf({ configurations, paths }: ProjectFiles, ruleIds: readonly string[], host: Host): Promise<Project> {
  const settings = new ProjectSettings(configurations, paths);
  const digest = createHash("sha256");
  for (const { base, text } of configurations) digest.update(`${base}\0${text}\0`);
  const remarks: string[] = [];
  const baselines = new Map<Configuration, Baseline>();
  for (const configuration of configurations) {
    const path = baselinePathOf(configuration);
    if (path === undefined) continue;
    const baseline = await readBaseline(host, path);
    if ("problem" in baseline) remarks.push(`${path}: ${baseline.problem}`);
    else baselines.set(configuration, baseline);
  }
  return {
    settings,
    digest: digest.digest("hex"),
    remarks,
    isKnown: (file, fingerprint) => {
      const configuration = settings.configurationOf(file);
      return configuration !== undefined && (baselines.get(configuration)?.has(fingerprint) ?? false);
    },
    problemsOf: (file) => {
      const path = paths.pathOf(file);
      const configuration = configurations.find((candidate) => candidate.path === path);
      return configuration === undefined ? [] : unknownRules(configuration, ruleIds);
    },
  };
}
