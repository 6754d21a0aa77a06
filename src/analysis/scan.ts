import type { Parsers } from "../facts/extract.ts";
import { Discovery } from "../project/discovery.ts";
import type { Configuration } from "../project/folders.ts";
import type { Host } from "../project/host.ts";
import type { WorkspacePaths } from "../project/workspacePaths.ts";
import type { FactsCache } from "./factsCache.ts";
import { type ParsingHelper, type SkippedFile, type Survey, survey } from "./survey.ts";
import { Workspace, type WorkspaceOptions } from "./workspace.ts";

export interface ScanOptions {
  /** Absolute paths of the host; several are one system. */
  readonly roots: readonly string[];
  readonly host: Host;
  readonly parsers: Parsers;
  /** The absolute path of the one `performance.yaml` that counts, instead of those in the folders. */
  readonly config?: string | undefined;
  readonly cache?: FactsCache | undefined;
  readonly helper?: ParsingHelper | undefined;
  /** Leaves out files (workspace paths) for which it answers false. */
  readonly only?: (file: string) => boolean;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

export interface Scan extends Survey {
  readonly paths: WorkspacePaths;
  readonly configurations: readonly Configuration[];
  /** Workspace paths of all files that were looked at, those that were skipped then included. */
  readonly found: ReadonlySet<string>;
}

/**
 * Finds, reads and extracts the files of a workspace; facts that a cache holds are loaded when `facts` is asked for. Rejects
 * with a HostError when `config` cannot be read, and with the reason of an aborted signal.
 */
export async function scan(options: ScanOptions): Promise<Scan> {
  const { host, only, signal } = options;
  const discovery = await Discovery.create(options);
  const { paths } = discovery;
  const found = await discovery.all(signal);
  const files = only === undefined ? found.files : found.files.filter(({ file }) => only(file));
  const surveyed = await survey({ files, read: (path) => host.read(path), ...options });
  const skipped = [...found.skipped, ...surveyed.skipped].sort(byFile);
  return { paths, configurations: found.configurations, found: new Set(files.map(({ file }) => file)), ...surveyed, skipped };
}

/** The workspace of a scan, its facts applied at once. */
export async function workspaceOf(scanned: Pick<Survey, "facts">, options: WorkspaceOptions): Promise<Workspace> {
  const workspace = new Workspace(options);
  workspace.apply(await scanned.facts());
  return workspace;
}

const byFile = (a: SkippedFile, b: SkippedFile): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
