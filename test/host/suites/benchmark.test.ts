import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type ExtensionContext, extensions, Uri, window, workspace } from "vscode";
import type { BenchmarkChoice } from "../../../src/bench/panelProtocol.ts";
import { readRun } from "../../../src/bench/runFile.ts";
import type { BenchmarkRequest } from "../../../src/extension/panels/benchmarkPanel.ts";
import { closeAll, diagnostics, EXTENSION, uriOf } from "./editor.ts";

const CONTROLLER = "backend/src/main/java/demo/SlowController.java";
const CONTROLLER_TEXT = `package demo;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SlowController {
  @GetMapping("/slow/{id}")
  String slow(String id) {
    return id;
  }
}
`;
const SLA = { p95Ms: 5 };
const PROJECT_TEXT = 'version: 1\nslas:\n  - { endpoint: "GET /slow/{id}", p95: 5ms }\n';

describe("a benchmark", () => {
  let server: Server;
  let target = "";
  const written = [uriOf(CONTROLLER), uriOf("performance.yaml")] as const;
  before(async () => {
    server = createServer((_, response) => void setTimeout(() => response.end("ok"), 20));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await write(written[0], CONTROLLER_TEXT);
    await write(written[1], PROJECT_TEXT);
  });
  after(async () => {
    server.close();
    await closeAll();
    for (const uri of [...written, uriOf(".performance")]) await workspace.fs.delete(uri, { recursive: true });
  });

  it("runs in its panel, is kept, and its broken SLA stands on the mapping", async () => {
    const draft: BenchmarkChoice["draft"] = {
      name: "slow",
      target,
      load: { executor: "constant-vus", vus: 4 },
      warmupMs: 0,
      durationMs: 1000,
      timeoutMs: 1000,
      maxRequests: 10_000,
      requests: [{ endpoint: "GET /slow/{id}", method: "GET", path: "/slow/1", sla: SLA }],
    };
    const kept = await new Promise<string>((resolve, reject) => {
      const choices: readonly BenchmarkChoice[] = [{ kind: "scenario", label: "slow", detail: "", draft, variables: [] }];
      openPanel({ choices, target: "", folder: uriOf("").fsPath, onKept: resolve }).catch(reject);
    });
    assert.ok(window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === "Benchmark: slow")));
    assert.match(kept, /\.performance\/runs\/.*-slow\.json$/);
    const run = readRun(Buffer.from(await workspace.fs.readFile(Uri.file(kept))).toString());
    assert.ok(typeof run !== "string", `${kept} ${run}`);
    assert.equal(run.verdict, "FAIL", JSON.stringify(run.endpoints[0]?.checks));
    const [finding] = await diagnostics(written[0], (codes) => codes.includes("java/sla-broken"));
    assert.match(finding?.message ?? "", /GET \/slow\/\{id\} p95 [\d.]+ ms, SLA 5 ms/);
    assert.equal(finding?.range.start.line, CONTROLLER_TEXT.split("\n").indexOf('  @GetMapping("/slow/{id}")'));
  });
});

/** As the command does it, with the bundle of the panel; of the context the panel needs where the extension lies. */
async function openPanel(request: BenchmarkRequest): Promise<void> {
  const extension = extensions.getExtension(EXTENSION);
  assert.ok(extension !== undefined);
  const path = `${extension.extensionPath}/dist/benchmarkPanel.cjs`;
  const { openBenchmarkPanel } = require(path) as typeof import("../../../src/extension/panels/benchmarkPanel.ts");
  const context = {
    extensionUri: extension.extensionUri,
    asAbsolutePath: (relative: string) => `${extension.extensionPath}/${relative}`,
  } as ExtensionContext;
  await openBenchmarkPanel(context, request);
}

const write = (uri: Uri, text: string) => workspace.fs.writeFile(uri, Buffer.from(text));
