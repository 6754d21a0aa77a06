import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads `docs/rules/<group>/<name>.md` of the package; undefined where a rule has no document. */
export function documentReader(packageRoot: string): (rule: string) => string | undefined {
  return (rule) => {
    try {
      return readFileSync(join(packageRoot, "docs", "rules", `${rule}.md`), "utf8");
    } catch {
      return undefined;
    }
  };
}
