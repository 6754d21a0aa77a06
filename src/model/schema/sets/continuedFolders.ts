import type { SqlFile } from "../../../facts/fileFacts.ts";
import { folderOf, nameOf } from "./migrationSet.ts";
import { compareVersions, flywayName } from "./versions.ts";

/**
 * Folders of Flyway that a build gives it together where no configuration of the application says so: each maps to the last one that goes on
 * behind it and changes tables that only it makes. digitraffic: `base` and `update`; atlas: `baseline` and
 * `migrations`.
 */
export function continuedFolders(roots: readonly string[], byFolder: ReadonlyMap<string, readonly SqlFile[]>): ReadonlyMap<string, string> {
  const continued = new Map<string, string>();
  if (roots.length < 2) return continued;
  const histories = roots.map((root) => historyBelow(root, byFolder));
  for (const one of histories) {
    const above = folderOf(one.root);
    const next = histories.find(
      (other) =>
        other !== one &&
        above !== "" &&
        other.root.startsWith(`${above}/`) &&
        isBehind(other, one) &&
        [...other.changed].some((table) => one.created.has(table) && !other.created.has(table)),
    );
    if (next !== undefined) continued.set(one.root, next.root);
  }
  // Each goes on behind the one before, so there is no circle.
  const lastOf = (root: string): string => {
    const next = continued.get(root);
    return next === undefined ? root : lastOf(next);
  };
  return new Map([...continued.keys()].map((root) => [root, lastOf(root)]));
}

interface History {
  readonly root: string;
  /** In order. */
  readonly versions: readonly (readonly string[])[];
  readonly created: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
}

function historyBelow(root: string, byFolder: ReadonlyMap<string, readonly SqlFile[]>): History {
  const versions: (readonly string[])[] = [];
  const created = new Set<string>();
  const changed = new Set<string>();
  for (const [folder, files] of byFolder) {
    if (folder !== root && !folder.startsWith(`${root}/`)) continue;
    for (const { file, sql } of files) {
      const name = flywayName(nameOf(file));
      if (name?.kind !== "versioned") continue;
      versions.push(name.version);
      for (const change of sql.statements.flatMap((statement) => statement.changes)) {
        if (!("table" in change) || change.table === undefined) continue;
        (change.kind === "createTable" ? created : changed).add(change.table.name.toLowerCase());
      }
    }
  }
  return { root, versions: versions.sort(compareVersions), created, changed };
}

function isBehind(one: History, other: History): boolean {
  const [first, last] = [one.versions[0], other.versions.at(-1)];
  return first !== undefined && last !== undefined && compareVersions(first, last) > 0;
}
