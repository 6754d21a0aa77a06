import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { CodeLens } from "vscode-languageserver";
import { MIGRATION, REPOSITORY, SERVICE, ServerWorkspace } from "./workspace.ts";

interface Shown {
  readonly title: string;
  readonly markdown: string;
}

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
    const shown = await client.request<Shown>("performanceAuditor/explainQuery", lens?.command?.arguments?.[0]);
    assert.equal(shown.title, "plan of TicketRepository.coded");
    assert.match(shown.markdown, /## Before: cost [\d,.]+\n\n```text\nSeq Scan on ticket/);
    assert.match(shown.markdown, /## After: cost [\d,.]+\n\n```text\n(?:Index|Bitmap)/);
    assert.match(shown.markdown, /```sql\nCREATE INDEX \w+ ON ticket \(\(lower\(code\)\)\);/);
    assert.match(shown.markdown, /1,000,000 rows in ticket: nobody says how many/);
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
    const shown = await client.request<Shown>("performanceAuditor/explainQuery", lens?.command?.arguments?.[0]);
    assert.equal(shown.title, "plan of TicketService.count");
    assert.match(shown.markdown, /select count\(\*\) from ticket where owner_id = \$1/);
    assert.match(shown.markdown, /CREATE INDEX \w+ ON ticket \(owner_id\);/);
  }).timeout(60_000);

  it("says what is wrong with a statistics file, and plans without it", async () => {
    writeFileSync(workspace.path("performance.yaml"), "statistics: nowhere.json\n");
    const client = await workspace.start();
    const [lens] = await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument: { uri: client.uri(REPOSITORY) } });
    const shown = await client.request<Shown>("performanceAuditor/explainQuery", lens?.command?.arguments?.[0]);
    assert.match(shown.markdown, /- the statistics file counts for nothing: .*nowhere\.json cannot be read/);
    assert.match(shown.markdown, /```text\n.*ticket/s);
  }).timeout(60_000);

  it("proves a query on rows, with progress, until it is cancelled", async () => {
    const client = await workspace.start();
    const [lens] = await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument: { uri: client.uri(REPOSITORY) } });
    const place = lens?.command?.arguments?.[0] as object;
    const shown = await client.request<Shown>("performanceAuditor/proveQuery", { ...place, workDoneToken: "proof" });
    assert.equal(shown.title, "proof of TicketRepository.findByOwnerId");
    assert.match(shown.markdown, /## Before: [\d.]+ ms, [\d,]+ pages read\n\n```text\nSeq Scan on ticket/);
    assert.match(shown.markdown, /## After: [\d.]+ ms, \d+ pages read\n/);
    assert.match(shown.markdown, /- 200,000 rows in ticket\n- `\$1 = '\d+'::bigint`/);
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

  it("has none where there is no query, and no plan", async () => {
    const client = await workspace.start();
    assert.deepEqual(await client.request("textDocument/codeLens", { textDocument: { uri: client.uri(SERVICE) } }), []);
    assert.equal(await client.request("performanceAuditor/explainQuery", { uri: client.uri(SERVICE), line: 0, character: 0 }), null);
  });
});
