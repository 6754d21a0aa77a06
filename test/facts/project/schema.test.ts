import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { performanceSchemaText } from "../../../scripts/performanceSchema.ts";
import { projectFacts } from "../../../src/facts/project/extract.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

describe("schemas/performance.schema.json", () => {
  it("is the schema that performance.yaml is read with (npx tsx scripts/generate-schema.ts)", () => {
    assert.equal(readFileSync(join(root, "schemas/performance.schema.json"), "utf8"), performanceSchemaText());
  });

  it("accepts and refuses what the reader does", () => {
    const validate = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true }).compile(JSON.parse(performanceSchemaText()));
    for (const [text, isValid] of [
      ['version: 1\nrules: { a/b: "off" }\n', true],
      ["version: 1\nslas: [{ endpoint: GET /a, p95: 200ms, errorRate: 0.01, throughput: 5 }]\n", true],
      ["version: 1\ndatabase: { tables: { t: { rows: 1.2M }, u: { rows: 4 } } }\n", true],
      ["version: 1\nscenarios: [{ name: a, url: /, rate: 100/s, body: { a: [1] } }]\n", true],
      ["version: 2\n", false],
      ["rules: {}\n", false],
      ["version: 1\nrulse: {}\n", false],
      ["version: 1\nrules: { a/b: loud }\n", false],
      ["version: 1\nslas: [{ endpoint: GET /a, p95: 200 }]\n", false],
      ["version: 1\nslas: [{ endpoint: GET /a, p95: soon }]\n", false],
      ["version: 1\nscenarios: [{ name: a, url: /, vus: 0 }]\n", false],
    ] as const) {
      assert.equal(validate(parse(text)), isValid, `${text}${JSON.stringify(validate.errors)}`);
      assert.equal(projectFacts("performance.yaml", text).problems.length === 0, isValid, text);
    }
  });
});
