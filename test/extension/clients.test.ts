import assert from "node:assert/strict";
import { Clients } from "../../src/extension/clients.ts";

describe("clients of the server", () => {
  let said: string[];
  /** By number: those whose server dies while it starts. */
  let dying: Set<number>;
  let made: number;
  let clients: Clients<{ readonly number: number; start(): Promise<void>; dispose(): Promise<void> }>;

  beforeEach(() => {
    said = [];
    dying = new Set();
    made = 0;
    clients = new Clients(() => {
      const number = ++made;
      let state: "new" | "running" | "failed" = "new";
      return {
        number,
        start: async () => {
          if (state === "running") return;
          if (state === "failed") throw new Error("Previous start failed");
          await Promise.resolve();
          state = dying.has(number) ? "failed" : "running";
          said.push(`${number} ${state}`);
          if (state === "failed") throw new Error("The server died");
        },
        dispose: async () => {
          if (state !== "running") throw new Error("Not running");
          said.push(`${number} ended`);
        },
      };
    });
  });

  it("start once, however often they are asked for", async () => {
    await clients.start();
    assert.equal((await clients.running()).number, 1);
    assert.equal((await clients.running()).number, 1);
    assert.deepEqual(said, ["1 running"]);
  });

  it("are started by whoever needs one first", async () => {
    assert.deepEqual(
      (await Promise.all([clients.running(), clients.running()])).map(({ number }) => number),
      [1, 1],
    );
    assert.deepEqual(said, ["1 running"]);
  });

  it("give way to a new one after a death at the start", async () => {
    dying.add(1);
    await assert.rejects(clients.start(), /The server died/);
    await clients.start();
    assert.equal(clients.current?.number, 2);
    assert.deepEqual(said, ["1 failed", "2 running"]);
  });

  it("give way to a new one where a command asks for it, and say when that dies, too", async () => {
    dying.add(1).add(2);
    await assert.rejects(clients.start(), /The server died/);
    await assert.rejects(clients.running(), /The server died/);
    assert.equal((await clients.running()).number, 3);
  });

  it("end one before they start another, and after a stop there is none", async () => {
    await Promise.all([clients.start(), clients.start()]);
    assert.deepEqual(said, ["1 running", "1 ended", "2 running"]);
    await clients.stop();
    assert.equal(clients.current, undefined);
    assert.deepEqual(said.slice(3), ["2 ended"]);
  });
});
