import { relative } from "node:path";
import type { FixedText } from "../analysis/verifyFix.ts";
import { nodeHost } from "../project/nodeHost.ts";
import { TestStubs } from "../project/testStubs.ts";
import type { Session } from "./session.ts";
import { isInside } from "./targets.ts";

/** What tests stub or count and changed sources no longer call as before: a line for each method, with the first of its places. */
export async function stubNotes(changed: readonly FixedText[], { pathOf, io }: Session): Promise<readonly string[]> {
  const tests = new TestStubs(nodeHost);
  const places = new Map<string, Set<string>>();
  for (const { file, before, after } of changed) {
    if (before === undefined) continue;
    for (const { type, method, path, line } of await tests.concerned({ path: pathOf(file), before, after })) {
      const what = `${type}.${method}`;
      const shown = isInside(path, io.cwd) ? relative(io.cwd, path).replaceAll("\\", "/") : path;
      places.set(what, (places.get(what) ?? new Set()).add(`${shown}:${line}`));
    }
  }
  return [...places].map(([what, at]) => {
    const [first, ...more] = at;
    const others = more.length === 0 ? "" : ` and ${more.length} more ${more.length === 1 ? "place" : "places"}`;
    return `tests stub what is called less now: ${what} in ${first}${others}\n`;
  });
}
