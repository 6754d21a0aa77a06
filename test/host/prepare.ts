import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { PROJECT } from "./install.ts";

/** A copy of the fixture that the suites may change. */
export function workspaceFor(name: string): string {
  const workspace = join(PROJECT, ".cache/host", name, "workspace");
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  cpSync(join(PROJECT, "test/host/workspace"), workspace, { recursive: true });
  return workspace;
}

/** The suites as one file that an extension host can load. */
export async function bundledSuites(): Promise<string> {
  const outfile = join(PROJECT, ".cache/host/suite/index.cjs");
  await build({
    entryPoints: [join(PROJECT, "test/host/suite.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Mocha is a module of its own kind and is found in this project's node_modules.
    external: ["vscode", "mocha"],
  });
  return outfile;
}
