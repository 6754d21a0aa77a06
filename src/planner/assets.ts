import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PlannerAssets } from "./protocol.ts";

/** What PGlite needs, beside a bundle as the build script lays it. */
export function bundledPlanner(distDirectory: string): PlannerAssets {
  const at = (...path: readonly string[]) => join(distDirectory, "planner", ...path);
  return { wasm: at("pglite.wasm"), data: at("pglite.data"), snapshot: at("snapshot.tar.gz"), extensions: at("extensions") };
}

/** What PGlite needs, in `node_modules`; the snapshot lies where `scripts/plannerSnapshot.mjs` keeps it. */
export function sourcePlanner(snapshot: string): PlannerAssets {
  const folder = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  return { wasm: join(folder, "pglite.wasm"), data: join(folder, "pglite.data"), snapshot, extensions: folder };
}
