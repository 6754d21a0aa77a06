import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { plannerFiles } from "../../scripts/plannerFiles.mjs";
import { sourcePlanner } from "../../src/planner/assets.ts";
import { Planner } from "../../src/planner/planner.ts";

const THREAD = fileURLToPath(new URL("../../scripts/plannerThread.mjs", import.meta.url));
const READY = `import { parentPort } from "node:worker_threads"; parentPort.postMessage({ kind: "ready", residentBytes: 1 });`;

/** Scripts of threads that fail, and what is said of each. */
export const FAILURES: Readonly<Record<string, readonly [script: string, why: RegExp]>> = {
  "runs away": [`${READY} parentPort.on("message", () => { for (;;); });`, /the planner did not answer within \d\.\d s and was stopped/],
  dies: [`${READY} parentPort.on("message", () => process.exit(3));`, /the planner died/],
  "has a mistake": [`${READY} parentPort.on("message", () => { throw new Error("broken"); });`, /the planner died: broken/],
  // What V8 throws where the system gives it no memory for a module.
  "has no memory": [
    `WebAssembly.Memory = class { constructor() { throw new RangeError("WebAssembly.Memory(): could not allocate memory"); } };
     for (const name of ["instantiate", "instantiateStreaming"])
       WebAssembly[name] = () => Promise.reject(new RangeError(\`WebAssembly.\${name}(): Out of memory: Cannot allocate Wasm memory for new instance\`));
     await import(${JSON.stringify(pathToFileURL(THREAD).href)});`,
    /could not allocate memory|Out of memory/,
  ],
  "does not start in time": ["setInterval(() => {}, 1000);", /the planner did not start within 4 s/],
};

/** A planner with such a script, for as long as `work` takes. */
export async function withFailing(script: string, work: (create: () => Planner) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "failing-planner-"));
  const path = join(folder, "thread.mjs");
  writeFileSync(path, script);
  const assets = sourcePlanner(await plannerFiles());
  const made: Planner[] = [];
  try {
    await work(() => {
      const planner = new Planner({
        script: path,
        assets,
        idleMs: 60_000,
        startMs: script.startsWith("setInterval") ? 4_000 : 60_000,
        limitMs: 300,
      });
      made.push(planner);
      return planner;
    });
  } finally {
    for (const planner of made) await planner.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
