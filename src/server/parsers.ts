import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Parsers } from "../facts/extract.ts";
import { bundledAssets } from "../syntax/assets.ts";
import { SqlParser } from "../syntax/sql/sql.ts";
import { type SyntaxOptions, SyntaxRuntime } from "../syntax/trees/runtime.ts";

/** The parsers, with the WASM files beside the bundles. Grammars are loaded by `prepare`, when a language is met. */
export async function loadParsers(distDirectory: string, options: SyntaxOptions = {}): Promise<Parsers> {
  return {
    syntax: await SyntaxRuntime.create(bundledAssets(distDirectory), options),
    sql: new SqlParser({ wasmFile: join(distDirectory, "wasm/libpg-query.wasm") }),
  };
}

/** Names the code that makes facts, by the bundle that holds it. */
export function extractorsVersion(distDirectory: string): string {
  return createHash("sha256")
    .update(readFileSync(join(distDirectory, "worker.cjs")))
    .digest("hex")
    .slice(0, 16);
}
