/** Writes `schemas/performance.schema.json`. With `--check` it writes nothing and fails when the file is not as it would be written. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { performanceSchemaText } from "./performanceSchema.ts";

const path = join(dirname(fileURLToPath(import.meta.url)), "../schemas/performance.schema.json");
const text = performanceSchemaText();
const isCurrent = existsSync(path) && readFileSync(path, "utf8") === text;
if (process.argv.includes("--check")) {
  if (!isCurrent) {
    console.error("schemas/performance.schema.json is not as scripts/generate-schema.ts writes it");
    process.exitCode = 1;
  }
} else if (!isCurrent) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
