import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ReportedFinding } from "../report/checkReport.ts";
import { UsageError } from "./io.ts";

/** By absolute path: the 1-based line ranges that a revision does not have, or "all" for a file that it does not have. */
export type ChangedLines = ReadonlyMap<string, "all" | readonly LineRange[]>;

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

const run = promisify(execFile);
const MAX_DIFF_BYTES = 512 * 1024 * 1024;

/**
 * What differs between the working tree at `folder` and the place where it left `revision` (their merge base). Throws a
 * UsageError where there is no repository, no git or no such revision.
 */
export async function changedLines(folder: string, revision: string): Promise<ChangedLines> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await run("git", ["-c", "core.quotePath=false", ...args], { cwd: folder, maxBuffer: MAX_DIFF_BYTES });
    return stdout;
  };
  const top = await git("rev-parse", "--show-toplevel").catch(() => {
    throw new UsageError(`--since needs git, and ${folder} is in no git repository`);
  });
  const commit = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`).catch(() => {
    throw new UsageError(`--since: git knows no revision ${revision} in ${folder}`);
  });
  const base = await git("merge-base", commit.trim(), "HEAD").catch(() => commit);
  const diff = ["diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/", base.trim()];
  const root = top.replace(/\r?\n$/, "");
  const changed = new Map<string, "all" | readonly LineRange[]>();
  for (const [file, ranges] of parseDiff(await git("-C", root, ...diff, "--"))) changed.set(join(root, file), ranges);
  const untracked = await git("-C", root, "ls-files", "--others", "--exclude-standard", "-z");
  for (const file of untracked.split("\0").filter(Boolean)) changed.set(join(root, file), "all");
  return changed;
}

/** The new side of a diff without context, by path. */
function parseDiff(diff: string): ReadonlyMap<string, readonly LineRange[]> {
  const byFile = new Map<string, LineRange[]>();
  let ranges: LineRange[] = [];
  let inHead = false;
  for (const line of diff.split("\n")) {
    if (line.startsWith("diff --git ")) inHead = true;
    else if (inHead && line.startsWith("+++ ")) {
      ranges = [];
      const path = unquoted(line.slice(4).replace(/\t$/, ""));
      if (path.startsWith("b/")) byFile.set(path.slice(2), ranges);
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

/** Whether a finding, or a step of its chain, lies on a changed line. */
export function touches(changed: ChangedLines, finding: ReportedFinding, pathOf: (file: string) => string | undefined): boolean {
  const hit = (file: string, first: number, last: number): boolean => {
    const ranges = changed.get(realPath(pathOf(file) ?? file));
    return ranges === "all" || (ranges?.some((range) => range.first <= last && first <= range.last) ?? false);
  };
  return (
    hit(finding.file, finding.line, finding.endLine) || finding.related.some((related) => hit(related.file, related.line, related.line))
  );
}

/** As git names it: a folder may have been reached through a link. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
