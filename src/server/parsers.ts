import type { Parsers } from "../facts/extract.ts";
import { bundledAssets } from "../syntax/assets.ts";
import { SyntaxRuntime } from "../syntax/runtime.ts";
import { SqlParser } from "../syntax/sql.ts";

/** The parsers, with the WASM files beside the bundles. Grammars are loaded by `prepare`, when a language is met. */
export async function loadParsers(distDirectory: string): Promise<Parsers> {
  return { syntax: await SyntaxRuntime.create(bundledAssets(distDirectory)), sql: new SqlParser() };
}
