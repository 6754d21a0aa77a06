import { strict as assert } from "node:assert";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RunnerMessage, type RunnerRequest, readRunnerMessage, readRunnerRequest } from "../../src/bench/protocol.ts";
import { readRuns } from "../../src/bench/runFile.ts";
import type { Scenario } from "../../src/bench/scenario.ts";
import { Servers } from "./servers.ts";
import { openModel, scenarioOf } from "./simulation.ts";

const ENTRY = fileURLToPath(new URL("../../src/bench/processMain.ts", import.meta.url));

/** The benchmark process, and what it says in order. */
class Process {
  readonly #child: ChildProcess = fork(ENTRY, [], { execArgv: ["--import", "tsx"], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  readonly #said: RunnerMessage[] = [];
  #heard: () => void = () => {};

  constructor() {
    this.#child.on("message", (value) => {
      const message = readRunnerMessage(value);
      assert.ok(message !== undefined, `an unknown message: ${JSON.stringify(value)}`);
      this.#said.push(message);
      this.#heard();
    });
  }

  tell(request: RunnerRequest | object): void {
    this.#child.send(request);
  }

  /** The next message of that kind; those before it are passed over. */
  async next<K extends RunnerMessage["kind"]>(kind: K): Promise<Extract<RunnerMessage, { kind: K }>> {
    for (;;) {
      const message = this.#said.shift();
      if (message?.kind === kind) return message as Extract<RunnerMessage, { kind: K }>;
      if (message === undefined)
        await new Promise<void>((resolve) => {
          this.#heard = resolve;
        });
    }
  }

  async exit(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, "exit");
    return this.#child.exitCode;
  }

  hangUp(): void {
    this.#child.disconnect();
  }
}

const start = (scenario: Scenario, more: { allowRemote?: boolean; folder?: string } = {}): RunnerRequest => ({
  kind: "start",
  scenario,
  allowRemote: false,
  ...more,
});

describe("the benchmark process", function () {
  this.timeout(30_000);
  const servers = new Servers();
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "bench-"));
  });
  after(() => rm(folder, { recursive: true }));
  afterEach(() => servers.close());

  it("runs what it is told to, ticks, keeps the run and ends", async () => {
    const target = await servers.http((_, response) => response.end("ok"));
    const child = new Process();
    await child.next("ready");
    child.tell(start(scenarioOf({ target, name: "GET /x & more", load: openModel(50), durationMs: 1200 }), { folder }));
    const { tick } = await child.next("tick");
    assert.ok(tick.rate > 20 && tick.p95Ms !== null);
    const { result, file } = await child.next("done");
    assert.equal(result.endpoints[0]?.count, 60);
    assert.equal(await child.exit(), 0);
    assert.match(file ?? "", /\.performance\/runs\/\d{8}T\d{6}Z-get-x-more\.json$/);
    const kept = await readRuns(folder);
    assert.deepEqual(kept, { runs: [{ file, result }], unread: [] });
  });

  it("stops when told to", async () => {
    const target = await servers.http((_, response) => response.end("ok"));
    const child = new Process();
    child.tell(start(scenarioOf({ target, durationMs: 3_000_000 })));
    await child.next("tick");
    child.tell({ kind: "stop" });
    const { result, file } = await child.next("done");
    assert.equal(result.ended, "stopped");
    assert.equal(file, undefined);
    assert.equal(await child.exit(), 0);
  });

  it("refuses another machine, and says which one", async () => {
    const child = new Process();
    child.tell(start(scenarioOf({ target: "http://192.0.2.1:81" })));
    const { message, remoteHost } = await child.next("refused");
    assert.match(message, /is not this machine/);
    assert.equal(remoteHost, "192.0.2.1");
    assert.equal(await child.exit(), 0);
  });

  it("refuses a scenario that is none", async () => {
    const child = new Process();
    child.tell({ kind: "start", scenario: { name: "" }, allowRemote: false });
    const { message } = await child.next("refused");
    assert.match(message, /^The scenario is not valid: name: /);
    assert.equal(await child.exit(), 0);
  });

  it("ends when whoever started it is gone", async () => {
    const target = await servers.http((_, response) => response.end("ok"));
    const child = new Process();
    child.tell(start(scenarioOf({ target, durationMs: 3_000_000 })));
    await child.next("tick");
    child.hangUp();
    assert.equal(await child.exit(), 0);
  });

  it("understands only its own messages", () => {
    for (const value of [
      undefined,
      null,
      5,
      "stop",
      [],
      {},
      { kind: "go" },
      { kind: "start", scenario: {} },
      { kind: "start", allowRemote: "yes" },
    ])
      assert.equal(readRunnerRequest(value), undefined, JSON.stringify(value));
    for (const value of [
      null,
      [],
      {},
      { kind: "tick" },
      { kind: "tick", tick: { tMs: "0" } },
      { kind: "done", result: {} },
      { kind: "refused" },
    ])
      assert.equal(readRunnerMessage(value), undefined, JSON.stringify(value));
  });
});
