import { realpathSync } from "node:fs";
import { changesSince, type FileChanges, isShallow, workingTreeOf } from "../project/gitChanges.ts";
import { hostPath } from "../project/nodeHost.ts";
import type { ReportedFinding } from "../report/checkReport.ts";
import { UsageError } from "./io.ts";

/**
 * What differs between the working tree at `folder` and the place where it left `revision` (their merge base). Throws a
 * UsageError where there is no repository, no git or no such revision.
 */
export async function changedLines(folder: string, revision: string): Promise<FileChanges> {
  const top = await workingTreeOf(folder);
  if (top === undefined) throw new UsageError(`--since needs git, and ${folder} is in no git repository`);
  const changes = await changesSince(top, revision, { followRenames: true });
  if ("problem" in changes) {
    const remedy = (await isShallow(top))
      ? ". This is a shallow clone: fetch what came before (git fetch --unshallow, or fetch-depth: 0)"
      : "";
    throw new UsageError(`--since: git knows no revision ${revision} in ${folder}${remedy}`);
  }
  return changes;
}

/** Whether a finding, another of its places, or a step of its chain, lies on a changed line. */
export function touches(changed: FileChanges, finding: ReportedFinding, pathOf: (file: string) => string | undefined): boolean {
  const hit = (file: string, first: number, last: number): boolean => {
    const ranges = changed.get(realPath(pathOf(file) ?? file));
    return ranges === "new" || (ranges?.some((range) => range.first <= last && first <= range.last) ?? false);
  };
  return (
    hit(finding.file, finding.line, finding.endLine) ||
    [...finding.related, ...(finding.alike ?? [])].some(({ file, line }) => hit(file, line, line))
  );
}

/** As git names it: a folder may have been reached through a link. */
function realPath(path: string): string {
  try {
    return hostPath(realpathSync.native(path));
  } catch {
    return path;
  }
}
