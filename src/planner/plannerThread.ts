import { parentPort, workerData } from "node:worker_threads";
import { PlannerDatabase } from "./database.ts";
import type { PlannerAssets, Request, Response, StepResult } from "./protocol.ts";

/** The thread in which PostgreSQL runs: nothing but ending it stops a query that runs away. */
const port = parentPort;
if (port === null) throw new Error("This is the script of a thread");
const say = (response: Response): void => port.postMessage(response);

const starting = PlannerDatabase.start(workerData as PlannerAssets).then(
  (database) => {
    say({ kind: "ready", residentBytes: process.memoryUsage.rss() });
    return database;
  },
  (error: unknown) => {
    say({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
    return undefined;
  },
);
/** One request after the other: PostgreSQL has one session here. */
let queue: Promise<unknown> = starting;

port.on("message", ({ id, steps }: Request) => {
  queue = queue.then(async () => {
    const database = await starting;
    if (database === undefined) return;
    const results: StepResult[] = [];
    for (const step of steps) results.push(await database.run(step));
    say({ kind: "done", id, results });
  });
});
