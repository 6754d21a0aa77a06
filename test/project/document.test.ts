import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFacts } from "../../src/facts/project/extract.ts";
import { performanceSchema } from "../../src/facts/project/schema.ts";
import { suppressionsIn } from "../../src/facts/suppressions.ts";

const text = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../../docs/configuration.md"), "utf8");
const blocks = (language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map((match) => match[1] as string);

describe("docs/configuration.md", () => {
  it("shows a performance.yaml that is right, with every key there is", () => {
    const [example] = blocks("yaml");
    assert.ok(example !== undefined);
    assert.deepEqual(projectFacts("performance.yaml", example).problems, []);
    for (const key of Object.keys(performanceSchema.shape)) {
      assert.match(example, new RegExp(`^${key}:`, "m"));
      assert.match(text, new RegExp(`^\\|.*\`${key}[.\`]`, "m"), `the table has ${key}`);
    }
  });

  it("shows a suppression that is one", () => {
    assert.deepEqual(
      blocks("java")
        .flatMap(suppressionsIn)
        .map(({ rules, scope, reason }) => [rules, scope, reason]),
      [[["java/query-in-loop"], "line", "three elements at most"]],
    );
  });
});
