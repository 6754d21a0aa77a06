import type { SqlFile } from "../../../facts/fileFacts.ts";
import { isWithin, type MigrationSet, nameOf } from "./migrationSet.ts";
import { scriptSet } from "./scriptSets.ts";

/**
 * Takes Sqitch's folders out of those of a workspace: `deploy` is a set whose order stands in a plan that is not read, `revert` and `verify`
 * beside it make no schema. What a rework replaced (`change@v1.0.sql`) is left out.
 */
export function takeSqitchSets(byFolder: Map<string, readonly SqlFile[]>): readonly MigrationSet[] {
  const roots = new Set<string>();
  for (const folder of byFolder.keys()) {
    const [above] = /^(?:.*\/)?(?=deploy(?:\/|$))/.exec(folder) ?? [];
    if (above !== undefined && ["revert", "verify"].every((other) => [...byFolder.keys()].some((one) => isWithin(one, above + other))))
      roots.add(above);
  }
  return [...roots].flatMap((root) => {
    const deployed: SqlFile[] = [];
    for (const [folder, files] of [...byFolder]) {
      if (!["deploy", "revert", "verify"].some((part) => isWithin(folder, root + part))) continue;
      if (isWithin(folder, `${root}deploy`)) deployed.push(...files.filter(({ file }) => !nameOf(file).includes("@")));
      byFolder.delete(folder);
    }
    return deployed.length === 0 ? [] : [scriptSet(`${root}deploy`, undefined, deployed)];
  });
}
