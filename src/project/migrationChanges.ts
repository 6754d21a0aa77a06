import { changesSince, changesSinceDefaultBranch, type FileChanges, type LineRange } from "./gitChanges.ts";
import type { WorkspacePaths } from "./workspacePaths.ts";

/** Files that hold migrations. */
const MIGRATIONS = ["*.sql", "*.SQL"];

/**
 * By workspace path, what git says of the migrations: the lines that the default branch, or `revision`, does not have; "new" for whole
 * files. Folders outside of repositories, and those whose branch is not there, say nothing. `unknown` are roots without the revision.
 */
export async function migrationChanges(
  paths: WorkspacePaths,
  revision: string | undefined,
): Promise<{ readonly changed: ReadonlyMap<string, "new" | readonly LineRange[]>; readonly unknown: readonly string[] }> {
  const changed = new Map<string, "new" | readonly LineRange[]>();
  const unknown: string[] = [];
  for (const root of paths.roots) {
    const found =
      revision === undefined ? await changesSinceDefaultBranch(root, MIGRATIONS) : await changesSince(root, revision, MIGRATIONS);
    if (found !== undefined && "problem" in found) unknown.push(root);
    for (const [path, lines] of filesOf(found)) {
      const file = paths.keyOf(path);
      if (file !== undefined) changed.set(file, lines);
    }
  }
  return { changed, unknown };
}

const filesOf = (found: FileChanges | { readonly problem: string } | undefined): FileChanges =>
  found === undefined || "problem" in found ? new Map() : found;
