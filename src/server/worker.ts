import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { FactsCache } from "../analysis/factsCache.ts";
import { survey } from "../analysis/survey.ts";
import type { Parsers } from "../facts/extract.ts";
import { type Discovered, type DiscoveredFile, Discovery } from "../project/discovery.ts";
import { diskStorage } from "../project/diskStorage.ts";
import { nodeHost } from "../project/nodeHost.ts";
import { loadParsers } from "./parsers.ts";
import type { FromWorker, SyncOutcome, SyncRequest, ToWorker, WorkerData, WorkspaceFile } from "./workerProtocol.ts";

/** Facts a message: large enough to be few, small enough that the receiver answers others in between. */
const BATCH = 100;
const PROGRESS_MS = 100;

const port = parentPort;
if (port === null) throw new Error("worker.cjs runs as a thread of the server");
const { distDirectory, cacheDirectory, version } = workerData as WorkerData;
const send = (message: FromWorker): void => port.postMessage(message);

const running = new Map<number, AbortController>();
let parsers: Promise<Parsers> | undefined;
/** One after the other: the parsers have one text at a time. */
let queue: Promise<void> = Promise.resolve();

port.on("message", (message: ToWorker) => {
  if (message.kind === "cancel") {
    running.get(message.id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(message.id, controller);
  queue = queue.then(async () => {
    try {
      send({ kind: "done", id: message.id, outcome: await sync(message, controller.signal) });
    } catch (error) {
      send({
        kind: "failed",
        id: message.id,
        message: error instanceof Error ? error.message : String(error),
        cancelled: controller.signal.aborted,
      });
    } finally {
      running.delete(message.id);
    }
  });
});

async function sync({ id, roots, discover, known, changed }: SyncRequest, signal: AbortSignal): Promise<SyncOutcome> {
  signal.throwIfAborted();
  // Anew each time: a discovery keeps the `.gitignore` and `performance.yaml` files that it has met.
  const found = discover ? await (await Discovery.create({ host: nodeHost, roots })).all(signal) : undefined;
  const cache = known.length === 0 ? await openCache(roots) : undefined;
  let reportedAt = 0;
  const surveyed = await survey({
    files: found === undefined ? changed.map(([file, path]) => ({ file, path })) : newOrChanged(found, known, changed),
    read: (path) => nodeHost.read(path),
    parsers: await (parsers ??= loadParsers(distDirectory)),
    cache,
    signal,
    onProgress: (done, total) => {
      if (done < total && performance.now() - reportedAt < PROGRESS_MS) return;
      reportedAt = performance.now();
      send({ kind: "progress", id, done, total });
    },
  });
  const facts = [...(await surveyed.facts()).values()];
  for (let at = 0; at < facts.length; at += BATCH) send({ kind: "facts", id, facts: facts.slice(at, at + BATCH) });
  // A cache that cannot be written costs time at the next start, nothing else.
  await cache?.save().catch(() => undefined);
  return {
    found: found === undefined ? undefined : { ...found, files: found.files.map(({ file, path }) => [file, path] as const) },
    unread: surveyed.skipped,
  };
}

function newOrChanged(found: Discovered, known: readonly string[], changed: readonly WorkspaceFile[]): readonly DiscoveredFile[] {
  const has = new Set(known);
  for (const [, path] of changed) has.delete(path);
  return found.files.filter(({ path }) => !has.has(path));
}

async function openCache(roots: readonly string[]): Promise<FactsCache | undefined> {
  if (cacheDirectory === undefined) return undefined;
  const name = createHash("sha256").update(roots.join("\0")).digest("hex").slice(0, 16);
  return FactsCache.open({ storage: diskStorage(cacheDirectory), name: `${name}.facts`, version });
}
