/**
 * Writes the generated parts of the rule documents: `npm run docs`. With `--check` it writes nothing and fails when something
 * is not as it would be written.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "../src/rules/index.ts";
import { ruleIndex, withTable } from "./ruleDocuments.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const check = process.argv.includes("--check");
const wanted = new Map<string, string>([["docs/rules/README.md", ruleIndex(rules)]]);
for (const rule of rules) {
  const path = `docs/rules/${rule.id}.md`;
  if (existsSync(join(root, path))) wanted.set(path, withTable(readFileSync(join(root, path), "utf8"), rule));
  else console.error(`${path} is missing`);
}

const stale = [...wanted].filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text);
for (const [path, text] of stale) {
  if (check) console.error(`${path} is not as "npm run docs" writes it`);
  else writeFileSync(join(root, path), text);
}
if (check && stale.length > 0) process.exitCode = 1;
