/**
 * Writes the files of a new rule: `npm run new-rule group/name`. The rule, its test, its document, and its line in the index of its group.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const LANGUAGE_OF: Readonly<Record<string, string>> = { java: "java", sql: "sql", dart: "dart", config: "config" };
const EXAMPLE_OF: Readonly<Record<string, string>> = {
  java: "src/main/java/a/A.java",
  sql: "src/main/resources/db/migration/V1__create.sql",
  dart: "lib/main.dart",
  config: "src/main/resources/application.yml",
};
const FENCE_OF: Readonly<Record<string, string>> = { java: "java", sql: "sql", dart: "dart", config: "yaml" };

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const id = process.argv[2] ?? "";
const [, group, name] = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id) ?? [];

if (group === undefined || name === undefined || LANGUAGE_OF[group] === undefined) {
  console.error(`Usage: npm run new-rule group/kebab-name, group being one of ${Object.keys(LANGUAGE_OF).join(", ")}`);
  process.exitCode = 2;
} else {
  writeRule(group, name, LANGUAGE_OF[group]);
}

function writeRule(group: string, name: string, language: string): void {
  const constant = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const files: Readonly<Record<string, string>> = {
    [`src/rules/${id}.ts`]: ruleText(constant, language),
    [`test/rules/${id}.test.ts`]: testText(constant, group, name),
    [`docs/rules/${id}.md`]: documentText(group),
  };
  const taken = Object.keys(files).filter((path) => existsSync(join(root, path)));
  if (taken.length > 0) {
    console.error(`There is ${taken.join(", ")} already`);
    process.exitCode = 2;
    return;
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  const index = join(root, `src/rules/${group}/index.ts`);
  writeFileSync(index, withEntry(readFileSync(index, "utf8"), constant, name));
  console.log(`added ${constant} to src/rules/${group}/index.ts`);
}

/** Imports stay sorted by path, and the list in their order, which is that of the ids. */
function withEntry(index: string, constant: string, name: string): string {
  const lines = index.split("\n");
  const pathOf = (line: string) => /from "(.*)"/.exec(line)?.[1] ?? "";
  const imports = [...lines.filter((line) => line.startsWith("import ")), `import { ${constant} } from "./${name}.ts";`];
  imports.sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  const list = imports.flatMap((line) => /^import \{ (\w+) \} from "\.\//.exec(line)?.[1] ?? []);
  const body = lines
    .filter((line) => !line.startsWith("import "))
    .join("\n")
    .replace(/(readonly AnyRule\[\] = \[)[\s\S]*?\];/, (_, head: string) => `${head}${list.join(", ")}];`);
  return `${imports.join("\n")}\n${body}`;
}

function ruleText(constant: string, language: string): string {
  return `import { defineRule } from "../rule.ts";

export const ${constant} = defineRule({
  id: "${id}",
  title: "What is wrong, in a few words",
  language: "${language}",
  certainty: "likely",
  cost: "what it costs, as a formula",
  references: [],
  messages: { found: "{{name}} costs" },

  check({ file, model, report }) {},
});
`;
}

function testText(constant: string, group: string, name: string): string {
  return `import { ${constant} } from "../../../src/rules/${group}/${name}.ts";
import { rule } from "../../harness/rule.ts";

rule(${constant}, {
  reports: {},
  ignores: {},
});
`;
}

function documentText(group: string): string {
  const path = EXAMPLE_OF[group] ?? "";
  const example = `\`${path}\`\n\n\`\`\`${FENCE_OF[group]}\n\n\`\`\``;
  return `# ${id}

What it finds and why that costs, with a number and its source.

## Examples

### ❌ Reported

${example}

### ✅ Not reported

${example}

## When not to use it

## References
`;
}
