import assert from "node:assert/strict";
import { plannerFiles } from "../../scripts/plannerFiles.mjs";
import type { CheckReport } from "../../src/report/checkReport.ts";
import { FAILURES, withFailing } from "../planner/failing.ts";
import { inFolder } from "./shell.ts";

const PROJECT = `
//- src/main/resources/db/migration/V1__tables.sql
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE notes (id bigint PRIMARY KEY, owner_id bigint NOT NULL);
//- src/main/java/a/Ticket.java
package a;
@Entity @Table(name = "tickets") class Ticket { @Id Long id; Long ownerId; Instant createdAt; }
//- src/main/java/a/Note.java
package a;
@Entity @Table(name = "notes") class Note { @Id Long id; Long ownerId; }
//- src/main/java/a/TicketRepository.java
package a;
interface TicketRepository extends JpaRepository<Ticket, Long> {
  List<Ticket> findByOwnerId(Long ownerId);
  List<Ticket> findByCreatedAtAfter(Instant time);
}
//- src/main/java/a/NoteRepository.java
package a;
interface NoteRepository extends JpaRepository<Note, Long> { List<Note> findByOwnerId(Long ownerId); }
`;

const statistics = (tables: Readonly<Record<string, number>>): string =>
  JSON.stringify({
    version: 1,
    server: 150000,
    relations: Object.entries(tables).map(([name, rows]) => {
      const columns = name === "notes" && rows < 100_000 ? [FEW_OWNERS] : [];
      return { schema: "public", name, kind: "r", rows, pages: Math.ceil(rows / 80), columns };
    }),
  });

const FEW_OWNERS = { name: "owner_id", nullFraction: 0, distinct: 2, averageBytes: 8, correlation: 0 };

describe("check --plan", function () {
  this.timeout(180_000);
  before(() => plannerFiles());

  it("confirms, withdraws, and says what it cannot tell", () =>
    inFolder(PROJECT, async (folder) => {
      folder.write("production.json", statistics({ tickets: 3_000_000, notes: 20_000 }));
      const { out, err } = await folder.run("check", ".", "--format", "json", "--statistics", "production.json");
      assert.equal(err, "");
      const report = JSON.parse(out) as CheckReport;
      const said = report.findings.filter(({ rule }) => rule === "sql/missing-index-for-query");
      assert.deepEqual(
        said.map(({ line, severity, certainty, plan }) => [line, severity, certainty, plan?.verdict]),
        [
          [3, "warning", "proven", "confirmed"],
          [4, "information", "likely", "open"],
        ],
      );
      assert.match(said[0]?.plan?.text ?? "", /^the planner confirms: cost [\d,]+ → [\d,.]+ at 3,000,000 rows$/);
      assert.deepEqual(
        report.withdrawn?.map(({ file, plan }) => [file, plan?.verdict]),
        [["src/main/java/a/NoteRepository.java", "withdrawn"]],
      );
      const text = await folder.run("check", ".", "--statistics", "production.json");
      assert.match(text.out, /\n +plan: the planner confirms: cost /);
      assert.match(
        text.out,
        /\nwithdrawn: no index makes it cheaper than \d+ at 20,000 rows[^\n]*: src\/main\/java\/a\/NoteRepository\.java:2 findByOwnerId filters/,
      );
    }));

  it("leaves the certainty at sizes that are assumed, and the severity that the project has chosen", () =>
    inFolder(PROJECT, async (folder) => {
      const only = ["--rule", "sql/missing-index-for-query", "--format", "json"];
      const assumed = JSON.parse((await folder.run("check", ".", "--plan", ...only)).out) as CheckReport;
      assert.deepEqual(
        assumed.findings.map(({ severity, certainty, plan }) => [severity, certainty, plan?.verdict]),
        [
          ["information", "likely", "confirmed"],
          ["information", "likely", "confirmed"],
          ["information", "likely", "open"],
        ],
      );
      folder.write("production.json", statistics({ tickets: 3_000_000, notes: 3_000_000 }));
      folder.write("performance.yaml", "version: 1\nstatistics: production.json\nrules: { sql/missing-index-for-query: hint }\n");
      const told = JSON.parse((await folder.run("check", ".", "--plan", ...only)).out) as CheckReport;
      assert.deepEqual([...new Set(told.findings.map(({ severity }) => severity))], ["hint"]);
      assert.equal(told.findings[0]?.certainty, "proven");
    }));

  it("keeps what it said until statistics are others, and nothing of it without --plan", () =>
    inFolder(PROJECT, async (folder) => {
      const ask = (...more: readonly string[]) => folder.run("check", ".", "--format", "json", "--cache-location", "cache", ...more);
      folder.write("production.json", statistics({ tickets: 3_000_000, notes: 20_000 }));
      const given = ["--statistics", "production.json"];
      const [plain, first, again] = [await ask(), await ask(...given), await ask(...given)].map(
        ({ out }) => JSON.parse(out) as CheckReport,
      );
      assert.deepEqual(again?.findings, first?.findings);
      assert.equal(first?.withdrawn?.length, 1);
      assert.equal(plain?.withdrawn, undefined);
      assert.ok(plain?.findings.every(({ plan }) => plan === undefined));
      assert.equal(plain?.findings.length, (first?.findings.length ?? 0) + 1);
      folder.write("production.json", statistics({ tickets: 3_000_000, notes: 2_000_000 }));
      assert.deepEqual((JSON.parse((await ask(...given)).out) as CheckReport).withdrawn, []);
      assert.deepEqual((JSON.parse((await ask()).out) as CheckReport).findings, plain?.findings);
    }));

  for (const [what, [script, why]] of Object.entries(FAILURES)) {
    it(`keeps every finding, as not confirmed, where the planner ${what}`, () =>
      withFailing(script, (create) =>
        inFolder(PROJECT, async (folder) => {
          const without = await folder.run("check", ".", "--format", "json");
          const plain = JSON.parse(without.out) as CheckReport;
          folder.createPlanner = create;
          const { out, err, exit } = await folder.run("check", ".", "--format", "json", "--plan");
          const planned = JSON.parse(out) as CheckReport;
          assert.match(err, why);
          assert.match(err, /not confirmed/);
          assert.equal(exit, without.exit);
          const said = ({ findings }: CheckReport) => findings.map(({ plan: _plan, ...finding }) => finding);
          assert.deepEqual(said(planned), said(plain));
          assert.deepEqual(planned.withdrawn ?? [], []);
          const claimed = planned.findings.filter(({ rule }) => rule === "sql/missing-index-for-query");
          assert.equal(claimed.length, 3);
          for (const { plan } of claimed) {
            assert.equal(plan?.verdict, "open");
            assert.match(plan?.text ?? "", why);
          }
          const text = await folder.run("plan", ".");
          assert.equal(text.exit, 2);
          assert.equal(text.out, "");
          assert.match(text.err, /What the rules find without it stays as it is, not confirmed by a plan\.\n$/);
        }),
      ));
  }

  it("takes sizes from the file that performance.yaml names without --plan, and says where that counts for nothing", () =>
    inFolder(PROJECT, async (folder) => {
      const ask = async () => {
        const { out, err } = await folder.run("check", ".", "--format", "json", "--rule", "sql/missing-index-for-query");
        return { files: (JSON.parse(out) as CheckReport).findings.map(({ file }) => file.replace(/.*\//, "")), err };
      };
      folder.write("performance.yaml", "version: 1\nstatistics: production.json\n");
      const missing = await ask();
      assert.match(missing.err, /production\.json cannot be read\. No rule knows what it says\.\n$/);
      assert.deepEqual(missing.files, ["NoteRepository.java", "TicketRepository.java", "TicketRepository.java"]);
      folder.write("production.json", "[]");
      assert.match((await ask()).err, /production\.json is no statistics file: /);
      folder.write("production.json", statistics({ tickets: 400, notes: 3_000_000 }));
      assert.deepEqual(await ask(), { files: ["NoteRepository.java"], err: "" });
    }));

  it("says what is wrong with a statistics file", () =>
    inFolder(PROJECT, async (folder) => {
      folder.write("bad.json", "[]");
      const { exit, err } = await folder.run("check", ".", "--statistics", "bad.json");
      assert.equal(exit, 2);
      assert.match(err, /^performance-auditor: bad\.json is no statistics file: /);
    }));
});
