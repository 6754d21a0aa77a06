import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads `docs/rules/<group>/<name>.md` of the package; undefined where there is no such document. */
export function documentReader(packageRoot: string): (rule: string) => string | undefined {
  return (rule) => {
    if (!/^[a-z]+\/[a-z0-9-]+$/.test(rule)) return undefined;
    try {
      return readFileSync(join(packageRoot, "docs", "rules", `${rule}.md`), "utf8");
    } catch {
      return undefined;
    }
  };
}
