import { changesSince, changesSinceDefaultBranch, type FileChanges, type LineRange } from "./gitChanges.ts";
import type { WorkspacePaths } from "./workspacePaths.ts";

/** Files that may hold migrations: scripts, change logs, and classes named as Flyway wants them. */
const MIGRATIONS = ["*.sql", "*.SQL", "*.xml", "*.yaml", "*.yml", "*.json", "*V[0-9]*__*.java", "*R__*.java"];

export interface MigrationChanges {
  readonly changed: ReadonlyMap<string, "new" | readonly LineRange[]>;
  readonly silent: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * By workspace path, what git says of the migrations: the lines that the default branch, or `revision`, does not have; "new" for whole
 * files. `silent` are roots outside of repositories, or whose branch is not there; `unknown` are roots without the revision.
 */
export async function migrationChanges(paths: WorkspacePaths, revision: string | undefined): Promise<MigrationChanges> {
  const changed = new Map<string, "new" | readonly LineRange[]>();
  const silent: string[] = [];
  const unknown: string[] = [];
  for (const root of paths.roots) {
    const found =
      revision === undefined
        ? await changesSinceDefaultBranch(root, MIGRATIONS)
        : await changesSince(root, revision, { patterns: MIGRATIONS, followRenames: false });
    if (found === undefined) silent.push(root);
    else if ("problem" in found) unknown.push(root);
    for (const [path, lines] of filesOf(found)) {
      const file = paths.keyOf(path);
      if (file !== undefined) changed.set(file, lines);
    }
  }
  return { changed, silent, unknown };
}

const filesOf = (found: FileChanges | { readonly problem: string } | undefined): FileChanges =>
  found === undefined || "problem" in found ? new Map() : found;
