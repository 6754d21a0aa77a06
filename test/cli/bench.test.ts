import { strict as assert } from "node:assert";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../src/bench/result.ts";
import { EXIT } from "../../src/cli/io.ts";
import { Servers } from "../bench/servers.ts";
import { Folder } from "./shell.ts";

const QUICK = ["--warmup", "0s", "--duration", "600ms"];

describe("performance-auditor bench", function () {
  this.timeout(30_000);
  const servers = new Servers();
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(async () => {
    folder.remove();
    await servers.close();
  });

  const project = (sla: string, scenario = "") =>
    folder.write("performance.yaml", `version: 1\nslas:\n  - { endpoint: "GET /tickets/{id}", ${sla} }\n${scenario}`);
  const quickServer = () => servers.http((_, response) => response.end("ok"));
  const bench = async (...args: readonly string[]) => {
    const ran = await folder.run("bench", ...args, ...QUICK);
    return { ...ran, result: ran.out.startsWith("{") ? (JSON.parse(ran.out) as { result: RunResult; file: string | null }) : undefined };
  };

  it("passes a kept SLA, by the endpoint's name in the project, and keeps the run", async () => {
    project("p95: 2s, errorRate: 0.05");
    const target = await quickServer();
    const { exit, out, err } = await bench("--endpoint", "GET /tickets/42?full=true", "--target", target, "--rate", "200/s");
    assert.equal(exit, EXIT.clean, out + err);
    assert.match(out, /^GET \/tickets\/42: 200 requests\/s for 0\.6 s against http:/);
    assert.match(out, /GET \/tickets\/\{id\} +120 .* ✓ PASS/);
    assert.match(out, /p95 .* SLA 2 s: PASS \(95 % interval .*, 120 requests\)/);
    assert.equal(readdirSync(join(folder.path, ".performance/runs")).length, 1);
    assert.equal(err, "");
  });

  it("fails a broken SLA", async () => {
    project("p50: 5ms");
    const target = await servers.http((_, response) => void setTimeout(() => response.end(), 30));
    const { exit, result } = await bench("--endpoint", "GET /tickets/1", "--target", target, "--vus", "5", "--format", "json");
    assert.equal(exit, EXIT.findings);
    assert.equal(result?.result.verdict, "FAIL");
    assert.equal(result?.result.endpoints[0]?.checks[0]?.metric, "p50");
    assert.match(result?.file ?? "", /\.performance\/runs\/.*-get-tickets-1\.json$/);
  });

  it("says that it is not sure, and ends well", async () => {
    project("p99: 2s");
    const { exit, out } = await bench("--endpoint", "GET /tickets/1", "--target", await quickServer(), "--rate", "50");
    assert.equal(exit, EXIT.clean);
    assert.match(out, /\? INCONCLUSIVE: neither kept nor broken for sure/);
    assert.match(out, /the percentile needs at least 368/);
  });

  it("runs a scenario, from a folder below the project file, without keeping it", async () => {
    const target = await quickServer();
    project(
      "p95: 2s",
      `scenarios:\n  - { name: steady, endpoint: "GET /tickets/{id}", url: /tickets/7, rate: 100/s, target: "${target}" }\n`,
    );
    folder.write("backend/readme.txt", "");
    const { exit, result } = await bench("backend", "--scenario", "steady", "--no-keep", "--format", "json");
    assert.equal(exit, EXIT.clean);
    assert.equal(result?.file, null);
    assert.deepEqual([result?.result.name, result?.result.endpoints[0]?.count, result?.result.verdict], ["steady", 60, "INCONCLUSIVE"]);
    assert.deepEqual(readdirSync(folder.path).sort(), ["backend", "performance.yaml"]);
  });

  it("has no verdict without an SLA, but fails when nothing succeeds", async () => {
    const fine = await bench("--endpoint", "GET /", "--target", await quickServer(), "--vus", "1");
    assert.equal(fine.exit, EXIT.clean);
    assert.match(fine.out, /No SLA is set/);
    const missing = await servers.http((_, response) => {
      response.statusCode = 404;
      response.end();
    });
    const wrong = await bench("--endpoint", "GET /", "--target", missing, "--rate", "20");
    assert.equal(wrong.exit, EXIT.findings);
    assert.match(wrong.out, /GET \/: 12 failed, mostly status 404 \(12\)/);
    assert.match(wrong.out, /✗ No request succeeded/);
  });

  it("explains every mistake of usage and sends nothing", async () => {
    project("p95: 2s", `scenarios:\n  - { name: steady, url: /x, vus: 1 }\n`);
    const cases: readonly (readonly [RegExp, ...string[]])[] = [
      [/Say what to run: .*scenarios: steady/],
      [/Give --endpoint or --scenario, not both/, "--endpoint", "GET /x", "--scenario", "steady"],
      [/"\/x" is no endpoint; give method and path/, "--endpoint", "/x"],
      [/GET \/tickets\/\{id\} needs a value for \{id\}/, "--endpoint", "GET /tickets/{id}"],
      [/no scenario "stedy"\. Did you mean steady\?/, "--scenario", "stedy"],
      [/Give --vus .* or --rate .*, not both/, "--endpoint", "GET /x", "--vus", "1", "--rate", "1"],
      [/--vus is a number of users, not "many"/, "--endpoint", "GET /x", "--vus", "many"],
      [/--rate is requests a second, not "0"/, "--endpoint", "GET /x", "--rate", "0"],
      [/The scenario is not valid: load\.ratePerSecond/, "--endpoint", "GET /x", "--rate", "1000000"],
      [/--timeout is a time with its unit, .* not "5"/, "--endpoint", "GET /x", "--timeout", "5"],
      [/example\.org is not this machine/, "--endpoint", "GET /x", "--target", "http://example.org"],
      [/"8080" is not a URL/, "--endpoint", "GET /x", "--target", "8080"],
      [/There is no folder nowhere/, "nowhere", "--endpoint", "GET /x"],
      [/There is no project file other\.yaml/, "--config", "other.yaml", "--scenario", "steady"],
      [
        /Nothing answers at .* \(ECONNREFUSED\): is the application running\?/,
        "--endpoint",
        "GET /x",
        "--target",
        await servers.closedPort(),
      ],
    ];
    for (const [message, ...args] of cases) {
      const { exit, out, err } = await bench(...args);
      assert.equal(exit, EXIT.error, args.join(" "));
      assert.match(err, message);
      assert.equal(out, "");
    }
  });
});
