import { statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { hostPath } from "../project/nodeHost.ts";
import { UsageError } from "./io.ts";

/** What the PATHs of a command line mean. */
export interface Targets {
  /** Absolute paths of the folders that make up the system. */
  readonly roots: readonly string[];
  /** Absolute paths of the files that were named. */
  readonly files: readonly string[];
  /** Whether findings of a file are asked for: it was named, or lies in a folder that was. */
  wants(path: string): boolean;
}

/**
 * Folders are roots; a file outside of them is judged within the current folder, or within its own where it lies elsewhere.
 * Throws a UsageError for a path that is not there.
 */
export function targetsOf(paths: readonly string[], cwd: string): Targets {
  const folders = new Set<string>();
  const files = new Set<string>();
  for (const given of paths.length === 0 ? ["."] : paths) {
    const path = resolve(cwd, given);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) throw new UsageError(`There is no file or folder ${given}`);
    (stats.isDirectory() ? folders : files).add(path);
  }
  const inFolders = (path: string) => [...folders].some((folder) => isInside(path, folder));
  const others = [...files].filter((file) => !inFolders(file)).map((file) => (isInside(file, cwd) ? cwd : dirname(file)));
  return {
    roots: [...new Set([...folders, ...others])].map(hostPath),
    files: [...files].map(hostPath),
    wants: (path) => files.has(path) || inFolders(path),
  };
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path);
}
