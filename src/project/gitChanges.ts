import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { join } from "./workspacePaths.ts";

/** By absolute path: the 1-based line ranges that a revision does not have, or "new" for a file that it does not have. */
export type FileChanges = ReadonlyMap<string, "new" | readonly LineRange[]>;

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export interface GitProblem {
  readonly problem: "no repository" | "no revision";
}

const run = promisify(execFile);
const MAX_DIFF_BYTES = 512 * 1024 * 1024;

export interface Comparison {
  /** The files to compare, as git's pathspecs; all of them by default. */
  readonly patterns?: readonly string[];
  /** Whether a file under another name is the old one, with the lines that differ, and not a new one. */
  readonly followRenames: boolean;
}

/** What differs below `folder` between the working tree and the place where it left `revision` (their merge base). */
export async function changesSince(
  folder: string,
  revision: string,
  { patterns = [], followRenames }: Comparison,
): Promise<FileChanges | GitProblem> {
  const git = gitIn(folder);
  if ((await git("rev-parse", "--git-dir")) === undefined) return { problem: "no repository" };
  const commit = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (commit === undefined) return { problem: "no revision" };
  const base = (await git("merge-base", commit.trim(), "HEAD")) ?? commit;
  const renames = followRenames ? "--find-renames" : "--no-renames";
  const diff = ["diff", "--relative", "--unified=0", "--no-color", "--no-ext-diff", renames, "--src-prefix=a/", "--dst-prefix=b/"];
  const changed = new Map<string, "new" | readonly LineRange[]>();
  const differences = parseDiff((await git(...diff, base.trim(), "--", ...patterns)) ?? "");
  for (const [file, ranges] of differences) changed.set(join(folder, file), ranges);
  const untracked = (await git("ls-files", "--others", "--exclude-standard", "-z", "--", ...patterns)) ?? "";
  for (const file of untracked.split("\0").filter(Boolean)) changed.set(join(folder, file), "new");
  return changed;
}

/**
 * The same since the default branch: the remote's, else `main` or `master`. On that branch itself it is what has not been pushed. A file
 * under another name is a new one. Undefined where there is no repository or no such branch, as in a shallow checkout of one commit.
 */
export async function changesSinceDefaultBranch(folder: string, patterns: readonly string[]): Promise<FileChanges | undefined> {
  const git = gitIn(folder);
  const remote = (await git("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"))?.trim();
  for (const branch of [...(remote === undefined ? [] : [remote]), "origin/main", "origin/master", "main", "master"]) {
    const changes = await changesSince(folder, branch, { patterns, followRenames: false });
    if (!("problem" in changes)) return changes;
    if (changes.problem === "no repository") return undefined;
  }
  return undefined;
}

/** The folder of the working tree that holds `folder`, without symbolic links; undefined outside of repositories. */
export async function workingTreeOf(folder: string): Promise<string | undefined> {
  return (await gitIn(folder)("rev-parse", "--show-toplevel"))?.replace(/\r?\n$/, "");
}

/** Whether the history of a working tree was fetched in part only. */
export async function isShallow(folder: string): Promise<boolean> {
  return (await gitIn(folder)("rev-parse", "--is-shallow-repository"))?.trim() === "true";
}

/** What git prints; undefined where it fails or is not there. */
function gitIn(folder: string): (...args: string[]) => Promise<string | undefined> {
  return async (...args) => {
    try {
      const { stdout } = await run("git", ["-c", "core.quotePath=false", ...args], { cwd: folder, maxBuffer: MAX_DIFF_BYTES });
      return stdout;
    } catch {
      return undefined;
    }
  };
}

/** The new side of a diff without context, by path. */
function parseDiff(diff: string): ReadonlyMap<string, "new" | readonly LineRange[]> {
  const byFile = new Map<string, "new" | LineRange[]>();
  let ranges: LineRange[] = [];
  let inHead = false;
  let added = false;
  for (const line of diff.split("\n")) {
    if (line.startsWith("diff --git ")) inHead = true;
    else if (inHead && line.startsWith("--- ")) added = line === "--- /dev/null";
    else if (inHead && line.startsWith("+++ ")) {
      ranges = [];
      const path = unquoted(line.slice(4).replace(/\t$/, ""));
      if (path.startsWith("b/")) byFile.set(path.slice(2), added ? "new" : ranges);
    } else {
      const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line);
      if (hunk === null) continue;
      inHead = false;
      const first = Number(hunk[1]);
      const count = hunk[2] === undefined ? 1 : Number(hunk[2]);
      if (count > 0) ranges.push({ first, last: first + count - 1 });
    }
  }
  return byFile;
}

/** Git puts paths with quotes, backslashes or control characters in C quotes. */
function unquoted(path: string): string {
  if (!path.startsWith('"')) return path;
  const names: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", a: "\x07" };
  return path
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
      code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (names[code] ?? code),
    );
}
