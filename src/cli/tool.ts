import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Parsers } from "../facts/extract.ts";
import { bundledPlanner, sourcePlanner } from "../planner/assets.ts";
import { IDLE_MS, LIMIT_MS, Planner, type PlannerOptions, START_MS } from "../planner/planner.ts";
import { bundledAssets, sourceAssets } from "../syntax/assets.ts";
import { SqlParser } from "../syntax/sql/sql.ts";
import { type SyntaxAssets, SyntaxRuntime } from "../syntax/trees/runtime.ts";
import { ParsingThread } from "./parsingThread.ts";

/** This tool as it lies on disk: a bundle in `dist`, or its own source. */
export interface Tool {
  readonly version: string;
  /** Names the code and grammars that run: another one's caches are not read. */
  readonly identity: string;
  /** Where `docs/` and `package.json` are. */
  readonly packageRoot: string;
  createParsers(): Promise<Parsers>;
  /** Another thread to parse with; undefined where its script is not beside ours. To be closed by the caller. */
  createHelper(): ParsingThread | undefined;
  /** PostgreSQL's planner; it starts with its first question. To be closed by the caller. */
  createPlanner(): Planner;
}

/** Where the WASM files of all parsers lie. */
export interface ParserFiles {
  readonly syntax: SyntaxAssets;
  /** Undefined for the one in libpg-query's own folder. */
  readonly sql: string | undefined;
}

export function locateTool(): Tool {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = existsSync(join(here, "wasm"));
  const packageRoot = bundled ? dirname(here) : join(here, "../..");
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  const assets = bundled ? bundledAssets(here) : sourceAssets();
  const code = bundled ? [fileURLToPath(import.meta.url)] : sourceFiles(join(packageRoot, "src"));
  const files: ParserFiles = { syntax: assets, sql: bundled ? join(here, "wasm", "libpg-query.wasm") : undefined };
  const thread = ["parse.cjs", "parseThread.ts"].map((name) => join(here, name)).find((path) => existsSync(path));
  return {
    version,
    packageRoot,
    identity: identityOf(code, assets),
    createParsers: () => parsersFrom(files),
    createPlanner: () =>
      new Planner({ idleMs: IDLE_MS, startMs: START_MS, limitMs: LIMIT_MS, ...plannerFiles(here, packageRoot, bundled) }),
    createHelper: () => (thread === undefined ? undefined : new ParsingThread(thread, assets)),
  };
}

function plannerFiles(here: string, packageRoot: string, bundled: boolean): Pick<PlannerOptions, "script" | "assets"> {
  if (bundled) return { script: join(here, "planner.cjs"), assets: bundledPlanner(here) };
  // The build has made them, or `scripts/plannerFiles.mjs` does.
  const assets = sourcePlanner(join(packageRoot, "node_modules/.cache/performance-auditor/planner"));
  return { script: join(packageRoot, "scripts/plannerThread.mjs"), assets };
}

async function parsersFrom({ syntax, sql }: ParserFiles): Promise<Parsers> {
  return { syntax: await SyntaxRuntime.create(syntax), sql: new SqlParser(sql === undefined ? {} : { wasmFile: sql }) };
}

/** The code by content; the grammars, which are large, by size and time. */
function identityOf(code: readonly string[], assets: SyntaxAssets): string {
  const hash = createHash("sha256");
  for (const file of code) hash.update(readFileSync(file)).update("\0");
  for (const file of Object.values<string>({ ...assets })) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${size} ${mtimeMs}\0`);
  }
  return hash.digest("hex").slice(0, 16);
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(folder, name));
}
