import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { commands } from "vscode";
import { closeAll, codeOf, diagnostics, MIGRATION, open, SERVICE, uriOf } from "./editor.ts";

describe("the server", () => {
  afterEach(closeAll);

  for (const [what, stop] of [
    ["is killed", async () => process.kill(serverProcess(), "SIGKILL")],
    ["is restarted by command", () => commands.executeCommand("performanceAuditor.restartServer")],
    ["is killed whenever it starts, until it is given up, and is restarted by command", killAndRestart],
  ] as const) {
    it(`has the same findings after it ${what}`, async () => {
      const before = await allFindings();
      const pid = serverProcess();
      await stop();
      // The old server's diagnostics go before another one starts; those that come then are the new one's.
      await diagnostics(uriOf(MIGRATION), (codes) => codes.length > 0 && ![pid, undefined].includes(aliveServer()));
      assert.deepEqual(await allFindings(), before);
    });
  }
});

async function allFindings(): Promise<readonly string[]> {
  await open(SERVICE);
  const found = [
    ...(await diagnostics(uriOf(SERVICE), (codes) => codes.length > 0)),
    ...(await diagnostics(uriOf(MIGRATION), (codes) => codes.length > 0)),
  ];
  return found
    .map((diagnostic) => `${codeOf(diagnostic)} ${diagnostic.range.start.line}:${diagnostic.range.start.character} ${diagnostic.message}`)
    .sort();
}

/** As often as a server is started again, and once more. */
const DEATHS = 6;

async function killAndRestart(): Promise<void> {
  let seen = serverProcess();
  await Promise.all([
    commands.executeCommand("performanceAuditor.restartServer"),
    (async () => {
      for (let death = 0; death < DEATHS; death++) seen = await killNext(seen);
    })(),
  ]);
  await commands.executeCommand("performanceAuditor.restartServer");
}

/** Kills the next server as soon as it is there: it has not answered yet, since it reads its bundle for longer than a look takes. */
async function killNext(before: number): Promise<number> {
  for (;;) {
    const next = aliveServer();
    if (next !== undefined && next !== before) {
      process.kill(next, "SIGKILL");
      return next;
    }
    await new Promise(setImmediate);
  }
}

function serverProcess(): number {
  const pid = aliveServer();
  assert.ok(pid !== undefined, "the server runs");
  return pid;
}

/** The server among the children of this extension host. */
function aliveServer(): number | undefined {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = / \(.*\) \S (\d+)/.exec(` ${readFileSync(`/proc/${pid}/stat`, "utf8")}`)?.[1];
      if (Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dist/server.cjs")) return Number(pid);
    } catch {
      // It ended while we looked.
    }
  }
  return undefined;
}
