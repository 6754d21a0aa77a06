import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PlannerAssets } from "./protocol.ts";

/** What PGlite needs, beside a bundle as the build script lays it. */
export function bundledPlanner(distDirectory: string): PlannerAssets {
  const folder = join(distDirectory, "planner");
  return { extensions: join(folder, "extensions"), ...packedFiles(folder) };
}

/** What PGlite needs: what `scripts/plannerFiles.mjs` keeps in a folder, and extensions in `node_modules`. */
export function sourcePlanner(files: string): PlannerAssets {
  return { extensions: dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite")), ...packedFiles(files) };
}

const packedFiles = (folder: string): Omit<PlannerAssets, "extensions"> => ({
  wasm: join(folder, "pglite.wasm.br"),
  data: join(folder, "pglite.data.br"),
  snapshot: join(folder, "snapshot.tar.br"),
});
