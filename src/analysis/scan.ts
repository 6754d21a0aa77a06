import type { Parsers } from "../facts/extract.ts";
import type { AnyRule } from "../rules/rule.ts";
import type { FactsCache } from "./factsCache.ts";
import type { RuleSettings } from "./settings.ts";
import { type FoundFile, type SkippedFile, type Survey, survey } from "./survey.ts";
import { type RuleError, Workspace } from "./workspace.ts";

/** The files of some roots, and how to read one. */
export interface ScanHost {
  /** Main sources, migrations, configuration and build files; what is left out for a reason that a person should know is skipped. */
  discover(
    roots: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly files: readonly FoundFile[]; readonly skipped: readonly SkippedFile[] }>;
  read(path: string): Promise<Uint8Array>;
}

export interface ScanOptions {
  /** Absolute paths; several are one system. */
  readonly roots: readonly string[];
  readonly host: ScanHost;
  readonly parsers: Parsers;
  readonly cache?: FactsCache;
  /** Leaves out files for which it answers false. */
  readonly only?: (file: string) => boolean;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

export interface Scan extends Survey {
  /** Where the host finds a file of the workspace. */
  pathOf(file: string): string | undefined;
}

/** Finds, reads and extracts the files of a workspace; facts that a cache holds are loaded when `facts` is asked for. */
export async function scan(options: ScanOptions): Promise<Scan> {
  const { roots, host, only, signal } = options;
  const discovered = await host.discover(roots, signal);
  const files = only === undefined ? discovered.files : discovered.files.filter(({ file }) => only(file));
  const paths = new Map(files.map(({ file, path }) => [file, path]));
  const surveyed = await survey({ ...options, files, read: (path) => host.read(path) });
  return { ...surveyed, skipped: [...discovered.skipped, ...surveyed.skipped].sort(byFile), pathOf: (file) => paths.get(file) };
}

/** The workspace of a scan, its facts applied at once. */
export async function workspaceOf(
  scanned: Survey,
  options: { readonly rules: readonly AnyRule[]; readonly settings: RuleSettings; onRuleError(error: RuleError): void },
): Promise<Workspace> {
  const workspace = new Workspace(options);
  workspace.apply(await scanned.facts());
  return workspace;
}

const byFile = (a: SkippedFile, b: SkippedFile): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
