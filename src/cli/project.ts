import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ScanHost } from "../analysis/scan.ts";
import { defaultSettings, type RuleSettings } from "../analysis/settings.ts";
import type { FoundFile } from "../analysis/survey.ts";
import { languageOf } from "../facts/languages.ts";
import type { Io } from "./io.ts";
import type { Targets } from "./targets.ts";

/** How a workspace wants to be checked, and where its files are. */
export interface Project {
  readonly host: ScanHost;
  readonly settings: RuleSettings;
  /** Names everything of the configuration that changes what is found or shown. */
  readonly digest: string;
  /** Fingerprints of findings that the project has accepted. */
  readonly baseline: ReadonlySet<string>;
  /** The absolute path of a file of the workspace, whether it exists or not. */
  pathOf(file: string): string;
}

export async function openProject(targets: Targets, _configFile: string | undefined, _io: Io): Promise<Project> {
  const [root] = targets.roots as readonly [string];
  return {
    host: { discover: async () => ({ files: await filesIn(root), skipped: [] }), read: (path) => readFile(path) },
    settings: defaultSettings,
    digest: "",
    baseline: new Set(),
    pathOf: (file) => join(root, file),
  };
}

async function filesIn(root: string): Promise<readonly FoundFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, file: path.slice(root.length + 1) }))
    .filter(({ file }) => languageOf(file) !== undefined && !/(^|\/)(target|build|test|node_modules)\//.test(file))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}
