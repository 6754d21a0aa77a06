import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CodeLens } from "vscode-languageserver";
import type { PlanPanelState } from "../../src/planner/panelProtocol.ts";
import { MIGRATION, REPOSITORY, SERVICE, ServerWorkspace } from "./workspace.ts";

describe("server: plans of queries", () => {
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
  });
  afterEach(() => workspace.dispose());

  it("has a lens above each query, which shows its plan before and after an index", async () => {
    const text = readFileSync(workspace.path(REPOSITORY), "utf8");
    writeFileSync(
      workspace.path(REPOSITORY),
      text.replace(
        /\}\s*$/,
        '  @Query("select t from Ticket t where lower(t.code) = :code")\n  java.util.List<Ticket> coded(String code);\n}\n',
      ),
    );
    writeFileSync(
      workspace.path(MIGRATION),
      `${readFileSync(workspace.path(MIGRATION), "utf8")}\nALTER TABLE ticket ADD COLUMN code text;\n`,
    );
    const entity = REPOSITORY.replace("TicketRepository", "Ticket");
    writeFileSync(workspace.path(entity), readFileSync(workspace.path(entity), "utf8").replace(/\}\s*$/, "  private String code;\n}\n"));
    const client = await workspace.start();
    const lenses = await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument: { uri: client.uri(REPOSITORY) } });
    const lens = lenses.at(-1);
    assert.equal(lens?.command?.title, "Explain at production size");
    const shown = await client.request<PlanPanelState>("performanceAuditor/explainQuery", lens?.command?.arguments?.[0]);
    assert.equal(shown.title, "Plan of TicketRepository.coded");
    const [before, after] = shown.plans;
    assert.match(`${before?.title}: ${before?.summary}`, /^Before: cost [\d,.]+$/);
    assert.match(before?.text ?? "", /^Seq Scan on ticket/);
    assert.equal(before?.root.type, "Seq Scan");
    assert.deepEqual([before?.root.changed, after?.root.changed], [true, true]);
    assert.match(`${after?.title}: ${after?.summary}`, /^After: cost [\d,.]+$/);
    assert.match(after?.text ?? "", /^(?:Index|Bitmap)/);
    const [index] = shown.indexes;
    assert.match(index?.sql ?? "", /^CREATE INDEX \w+ ON ticket \(\(lower\(code\)\)\);$/);
    assert.deepEqual(after?.indexes, [/INDEX (\w+)/.exec(index?.sql ?? "")?.[1]]);
    assert.match(index?.remarks[0] ?? "", /^about \d+ MB, built in about \d+ s on one core$/);
    assert.ok(
      shown.assumed.some((line) => /1,000,000 rows in ticket: nobody says how many/.test(line)),
      shown.assumed.join("\n"),
    );
    assert.deepEqual(shown.place, lens?.command?.arguments?.[0]);
  }).timeout(60_000);

  it("has one above a query in a body, too", async () => {
    const text = readFileSync(workspace.path(SERVICE), "utf8");
    writeFileSync(
      workspace.path(SERVICE),
      text.replace(
        /\}\s*$/,
        '  Long count(org.springframework.jdbc.core.JdbcTemplate jdbc, Long owner) {\n    return jdbc.queryForObject("select count(*) from ticket where owner_id = ?", Long.class, owner);\n  }\n}\n',
      ),
    );
    const client = await workspace.start();
    const [lens, ...others] = await client.request<readonly CodeLens[]>("textDocument/codeLens", {
      textDocument: { uri: client.uri(SERVICE) },
    });
    assert.deepEqual(others, []);
    const shown = await client.request<PlanPanelState>("performanceAuditor/explainQuery", lens?.command?.arguments?.[0]);
    assert.equal(shown.title, "Plan of TicketService.count");
    assert.equal(shown.sql, "select count(*) from ticket where owner_id = $1");
    assert.match(shown.indexes[0]?.sql ?? "", /CREATE INDEX \w+ ON ticket \(owner_id\);/);
  }).timeout(60_000);

  it("has one above a statement of SQL that is no migration, and plans those of migrations when asked", async () => {
    const report = "backend/reports/tickets.sql";
    mkdirSync(dirname(workspace.path(report)), { recursive: true });
    writeFileSync(
      workspace.path(report),
      "-- Ünique\nSELECT 1;\n\nSELECT count(*)\nFROM ticket WHERE owner_id = $1;\nCREATE TABLE x (id int);\n",
    );
    writeFileSync(
      workspace.path(MIGRATION),
      `${readFileSync(workspace.path(MIGRATION), "utf8")}\nUPDATE ticket SET owner_id = 2 WHERE owner_id = 1;\n`,
    );
    const client = await workspace.start();
    const lenses = (file: string) =>
      client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument: { uri: client.uri(file) } });
    const [first, second, ...others] = await lenses(report);
    assert.deepEqual([first?.range.start.line, second?.range.start.line, others], [1, 3, []]);
    const shown = await client.request<PlanPanelState>("performanceAuditor/explainQuery", second?.command?.arguments?.[0]);
    assert.equal(shown.title, "Plan of tickets.sql #2");
    assert.equal(shown.sql, "SELECT count(*)\nFROM ticket WHERE owner_id = $1");
    assert.match(shown.indexes[0]?.sql ?? "", / ON ticket \(owner_id\);$/);
    assert.deepEqual(await lenses(MIGRATION), []);
    const line = readFileSync(workspace.path(MIGRATION), "utf8")
      .split("\n")
      .findIndex((text) => text.startsWith("UPDATE"));
    const asked = await client.request<PlanPanelState>("performanceAuditor/explainQuery", {
      uri: client.uri(MIGRATION),
      line,
      character: 3,
    });
    assert.match(asked.plans[0]?.text ?? "", /^ModifyTable on ticket .*\n {2}Operation: Update\n/);
  }).timeout(60_000);

  it("says what is wrong with a statistics file, and plans without it", async () => {
    writeFileSync(workspace.path("performance.yaml"), "statistics: nowhere.json\n");
    const client = await workspace.start();
    const [lens] = await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument: { uri: client.uri(REPOSITORY) } });
    const shown = await client.request<PlanPanelState>("performanceAuditor/explainQuery", lens?.command?.arguments?.[0]);
    assert.match(shown.assumed[0] ?? "", /^the statistics file counts for nothing: .*nowhere\.json cannot be read/);
    assert.match(shown.plans[0]?.text ?? "", /ticket/);
  }).timeout(60_000);

  it("proves a query on rows, with progress, until it is cancelled", async () => {
    const client = await workspace.start();
    const [lens] = await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument: { uri: client.uri(REPOSITORY) } });
    const place = lens?.command?.arguments?.[0] as object;
    const shown = await client.request<PlanPanelState>("performanceAuditor/proveQuery", { ...place, workDoneToken: "proof" });
    assert.equal(shown.title, "Proof of TicketRepository.findByOwnerId");
    const [before, after] = shown.plans;
    assert.match(before?.summary ?? "", /^[\d.]+ ms, [\d,]+ pages read$/);
    assert.match(before?.root.ran ?? "", /^[\d,.]+ rows?, [\d.]+ ms, [\d,]+ pages$/);
    assert.match(after?.summary ?? "", /^[\d.]+ ms, \d+ pages read$/);
    assert.match(after?.text ?? "", /actual time=[\d.]+ ms rows=\d+ loops=1 pages=\d+\)/);
    assert.equal(shown.assumed[0], "made: 200,000 rows in ticket");
    assert.match(shown.assumed[1] ?? "", /^run with \$1 = '\d+'::bigint$/);
    const reports = client.received.filter(
      ({ method, params }) => method === "$/progress" && (params as { token: unknown }).token === "proof",
    );
    assert.ok(reports.length > 5);
    const { id, answer } = client.startRequest("performanceAuditor/proveQuery", { ...place, workDoneToken: "again" });
    await client.until(() =>
      client.received.find(({ method, params }) => method === "$/progress" && (params as { token: unknown }).token === "again"),
    );
    client.notify("$/cancelRequest", { id });
    await assert.rejects(answer, { code: -32800 });
    assert.equal(await client.request("performanceAuditor/proveQuery", { uri: client.uri(SERVICE), line: 0, character: 0 }), null);
  }).timeout(90_000);

  it("calls an index redundant only where no other query needs it", async () => {
    const migration = readFileSync(workspace.path(MIGRATION), "utf8");
    writeFileSync(
      workspace.path(MIGRATION),
      `${migration}\nALTER TABLE ticket ADD COLUMN state text, ADD COLUMN code text;\nCREATE INDEX by_state ON ticket (state);\n`,
    );
    const repository = readFileSync(workspace.path(REPOSITORY), "utf8");
    const remarks = async (...queries: readonly string[]): Promise<readonly string[]> => {
      const methods = queries.map((sql, i) => `  @Query(value = "${sql}", nativeQuery = true) java.util.List<Ticket> q${i}();\n`).join("");
      writeFileSync(workspace.path(REPOSITORY), repository.replace(/\}\s*$/, `${methods}}\n`));
      const client = await workspace.start();
      const lenses = await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument: { uri: client.uri(REPOSITORY) } });
      const lens = lenses.at(-queries.length);
      const shown = await client.request<PlanPanelState>("performanceAuditor/explainQuery", lens?.command?.arguments?.[0]);
      assert.match(shown.indexes[0]?.sql ?? JSON.stringify(shown), / ON ticket \(state, code\)/);
      return shown.indexes[0]?.remarks.slice(1) ?? [];
    };
    const both = "select * from ticket where state = :s order by code limit 20";
    assert.deepEqual(await remarks(both), ["by_state becomes redundant"]);
    assert.deepEqual(await remarks(both, "select count(*) from ticket where state between :a and :b"), [
      "it covers by_state, but TicketRepository.q1 is planned dearer without that",
    ]);
  }).timeout(90_000);

  it("has none where there is no query, and no plan", async () => {
    const client = await workspace.start();
    assert.deepEqual(await client.request("textDocument/codeLens", { textDocument: { uri: client.uri(SERVICE) } }), []);
    assert.equal(await client.request("performanceAuditor/explainQuery", { uri: client.uri(SERVICE), line: 0, character: 0 }), null);
  });
});
