import assert from "node:assert/strict";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepRun } from "../../src/bench/runFile.ts";
import type { BenchmarkProject } from "../../src/server/protocol.ts";
import { resultFor } from "../bench/results.ts";
import { ServerWorkspace } from "./workspace.ts";

const CONTROLLER = "backend/src/main/java/demo/TicketController.java";

describe("server: benchmarks", () => {
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
    writeFileSync(
      workspace.path(CONTROLLER),
      `package demo;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/tickets")
public class TicketController {
  @GetMapping("/{id}")
  public String ticket(@PathVariable Long id) { return "ticket"; }
}
`,
    );
    writeFileSync(workspace.path("performance.yaml"), "version: 1\nslas:\n  - endpoint: GET /tickets/{id}\n    p95: 200ms\n");
  });
  afterEach(() => workspace.dispose());

  it("offers the endpoints that have an SLA and those that the code has", async () => {
    const client = await workspace.start();
    const [project, ...others] = await client.request<readonly BenchmarkProject[]>("performanceAuditor/benchmarkChoices", {});
    assert.deepEqual(others, []);
    assert.equal(project?.folder, workspace.root);
    assert.deepEqual(
      project?.choices.map(({ kind, label, variables }) => ({ kind, label, variables })),
      [{ kind: "sla", label: "GET /tickets/{id}", variables: ["{id}"] }],
    );
  });

  it("asks about an app beside a backend only where it has something to run", async () => {
    rmSync(workspace.path("performance.yaml"));
    const [backend, app] = [workspace.path("backend"), workspace.path("app")];
    const client = await workspace.start([backend, app]);
    const choices = () => client.request<readonly BenchmarkProject[]>("performanceAuditor/benchmarkChoices", {});
    assert.deepEqual(
      (await choices()).map(({ folder, choices }) => [folder, choices.map(({ label }) => label)]),
      [[backend, ["GET /tickets/{id}"]]],
    );
  });

  it("says of a broken SLA on the mapping, as long as the run is kept and the limit stands", async () => {
    const client = await workspace.start();
    client.pullWorkspace();
    const file = await keepRun(workspace.root, await resultFor({ endpoint: "GET /tickets/{id}", afterMs: 412, sla: { p95Ms: 200 } }));
    const kept = file.slice(workspace.root.length + 1);
    client.fileEvents([[kept, 1]]);
    await client.workspaceCodes(CONTROLLER, (codes) => codes.includes("java/sla-broken"));
    const [broken] = await client.diagnostics(CONTROLLER);
    assert.match(String(broken?.message), /^GET \/tickets\/\{id\} p95 41\d ms, SLA 200 ms/);
    assert.equal(broken?.range.start.line, 7);

    client.open("performance.yaml", "version: 1\n");
    await client.pull("performance.yaml");
    await client.workspaceCodes(CONTROLLER, (codes) => codes.length === 0);
    client.close("performance.yaml");
    await client.workspaceCodes(CONTROLLER, (codes) => codes.includes("java/sla-broken"));

    rmSync(join(workspace.root, kept));
    client.fileEvents([[kept, 3]]);
    await client.workspaceCodes(CONTROLLER, (codes) => codes.length === 0);
  });

  it("sees runs by itself, once it knows of the folder above them", async () => {
    const keepBrokenRun = async () =>
      keepRun(workspace.root, await resultFor({ endpoint: "GET /tickets/{id}", afterMs: 412, sla: { p95Ms: 200 } }));
    const client = await workspace.start();
    client.pullWorkspace();
    const first = await keepBrokenRun();
    client.fileEvents([[".performance", 1]]);
    await client.workspaceCodes(CONTROLLER, (codes) => codes.includes("java/sla-broken"));
    rmSync(first);
    await client.workspaceCodes(CONTROLLER, (codes) => codes.length === 0);
    await keepBrokenRun();
    await client.workspaceCodes(CONTROLLER, (codes) => codes.includes("java/sla-broken"));

    rmSync(join(workspace.root, ".performance"), { recursive: true });
    await client.workspaceCodes(CONTROLLER, (codes) => codes.length === 0);
    await keepBrokenRun();
    client.fileEvents([[".performance", 1]]);
    await client.workspaceCodes(CONTROLLER, (codes) => codes.includes("java/sla-broken"));
  });

  it("knows the runs of a project that is new in the workspace", async () => {
    const inBackend = workspace.path("backend");
    await keepRun(inBackend, await resultFor({ endpoint: "GET /tickets/{id}", afterMs: 412, sla: { p95Ms: 200 } }));
    const client = await workspace.start();
    client.pullWorkspace();
    await client.workspaceCodes("backend/src/main/resources/db/migration/V1__init.sql", (codes) => codes.length > 0);
    assert.deepEqual(await client.diagnostics(CONTROLLER), []);
    renameSync(workspace.path("performance.yaml"), join(inBackend, "performance.yaml"));
    client.fileEvents([
      ["performance.yaml", 3],
      ["backend/performance.yaml", 1],
    ]);
    await client.workspaceCodes(CONTROLLER, (codes) => codes.includes("java/sla-broken"));
  });
});
