import assert from "node:assert/strict";
import { textReport } from "../../src/report/text.ts";

describe("the report for people", () => {
  const remarks = (files: readonly string[]) =>
    textReport(
      {
        version: 1,
        findings: [],
        stats: { files: 3, parsed: 3, partlyParsed: [], notJudged: [{ database: "MySQL", files }], skipped: [], durationMs: 12 },
      },
      { paint: (_, text) => text, pathOf: (file) => `app/${file}` },
    );

  it("names the newest migration of which nobody knows whether it has run", () => {
    const stats = { files: 3, parsed: 3, partlyParsed: [], notJudged: [], skipped: [], durationMs: 12 };
    const text = (more: { notKnownToRun?: readonly string[] }) =>
      textReport({ version: 1, findings: [], stats: { ...stats, ...more } }, { paint: (_, part) => part, pathOf: (file) => `app/${file}` });
    assert.match(text({ notKnownToRun: ["V2__b.sql"] }), /^not known whether it has run.*migrations\.applied\): app\/V2__b\.sql$/m);
    assert.doesNotMatch(text({}), /not known/);
  });

  it("says once which scripts are for another database", () => {
    assert.match(remarks(["a.sql", "b.sql", "c.sql"]), /^for MySQL, not judged: app\/a\.sql and 2 more scripts$/m);
    assert.match(remarks(["a.sql"]), /^for MySQL, not judged: app\/a\.sql$/m);
  });

  it("shows the first steps of a long chain, and how many there are", () => {
    const place = { file: "a.yml", line: 1, column: 1, endLine: 1, endColumn: 5 };
    const shown = (steps: number) =>
      textReport(
        {
          version: 1,
          findings: [
            {
              rule: "config/open-in-view",
              severity: "warning",
              certainty: "proven",
              message: "not set",
              cost: "a connection",
              fingerprint: "",
              fixes: [],
              ...place,
              related: Array.from({ length: steps }, (_, index) => ({ message: "the same here", ...place, line: index + 2 })),
            },
          ],
          stats: { files: 1, parsed: 1, partlyParsed: [], notJudged: [], skipped: [], durationMs: 12 },
        },
        { paint: (_, part) => part, pathOf: (file) => file },
      );
    assert.equal(shown(21).match(/↳ a\.yml:\d+:1 the same here/g)?.length, 21);
    assert.equal(shown(40).match(/↳ a\.yml:\d+:1 the same here/g)?.length, 20);
    assert.match(shown(40), /↳ … and 20 more$/m);
  });
});
