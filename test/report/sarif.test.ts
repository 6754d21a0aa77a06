import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { CheckReport, ReportedFinding } from "../../src/report/checkReport.ts";
import { sarifReport } from "../../src/report/sarif.ts";
import { redundantIndex } from "../../src/rules/sql/redundant-index.ts";

const FINDING: ReportedFinding = {
  rule: redundantIndex.id,
  file: "db/V2__ä b.sql",
  line: 3,
  column: 5,
  endLine: 3,
  endColumn: 9,
  severity: "information",
  certainty: "likely",
  message: "a repeats b",
  cost: "one more write a row",
  related: [{ file: "db/V1__a.sql", line: 1, column: 2, message: "b is created here" }],
  fixes: [{ title: "Drop a", safe: false }],
  fingerprint: "0123456789abcdef0123456789abcdef",
};
const REPORT: CheckReport = {
  version: 1,
  findings: [
    FINDING,
    { ...FINDING, rule: "project/problem", severity: "error", related: [], line: 1, column: 1, endLine: 1, endColumn: 1 },
    { ...FINDING, severity: "warning", fingerprint: "f".repeat(32) },
  ],
  stats: {
    files: 3,
    parsed: 2,
    partlyParsed: ["A.java"],
    notJudged: [{ database: "MySQL", files: ["a.sql"] }],
    skipped: [{ file: "B.java", why: "larger than 1 MiB" }],
    durationMs: 12,
  },
};

const sarif = (report: CheckReport) =>
  JSON.parse(
    sarifReport(report, { toolVersion: "1.2.3", rules: [redundantIndex], documentOf: () => "# Document", pathOf: (file) => `app/${file}` }),
  );

describe("SARIF", () => {
  it("is valid by the schema of SARIF 2.1.0", () => {
    const validate = schemaOfSarif();
    for (const report of [REPORT, { ...REPORT, findings: [] }])
      assert.ok(validate(sarif(report)), JSON.stringify(validate.errors, undefined, 2));
    assert.ok(!validate({ version: "2.1.0" }), "the schema does reject");
  });

  it("carries the chain as a code flow, the fingerprint, and paths of the repository", () => {
    const [run] = sarif(REPORT).runs;
    const [first] = run.results;
    assert.equal(first.locations[0].physicalLocation.artifactLocation.uri, "app/db/V2__%C3%A4%20b.sql");
    assert.deepEqual(first.locations[0].physicalLocation.region, { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 });
    const steps = first.codeFlows[0].threadFlows[0].locations.map(
      ({ location }: { location: { message: { text: string } } }) => location.message.text,
    );
    assert.deepEqual(steps, ["a repeats b", "b is created here"]);
    assert.equal(first.partialFingerprints.primaryLocationLineHash, FINDING.fingerprint);
    assert.deepEqual(
      run.results.map(({ level }: { level: string }) => level),
      ["note", "error", "warning"],
    );
    for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
    assert.equal(run.columnKind, "utf16CodeUnits");
  });

  it("says what was skipped", () => {
    const [{ toolExecutionNotifications }] = sarif(REPORT).runs[0].invocations;
    assert.deepEqual(
      toolExecutionNotifications.map(({ message }: { message: { text: string } }) => message.text),
      ["a.sql is for MySQL and was not judged", "A.java was parsed in part", "B.java was skipped: larger than 1 MiB"],
    );
  });
});

/** The schema of the standard, as a package of Microsoft's SARIF kit carries it. It is of draft 4, which differs in how it names itself. */
function schemaOfSarif() {
  const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(path, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}
