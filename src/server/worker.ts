import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { FactsCache } from "../analysis/factsCache.ts";
import { survey } from "../analysis/survey.ts";
import type { Parsers } from "../facts/extract.ts";
import { type Discovered, type DiscoveredFile, Discovery } from "../project/discovery.ts";
import { diskStorage } from "../project/diskStorage.ts";
import { nodeHost } from "../project/nodeHost.ts";
import { loadParsers } from "./parsers.ts";
import type { FromWorker, SyncOutcome, SyncRequest, ToWorker, WorkerData } from "./workerProtocol.ts";

/** Facts a message: large enough to be few, small enough that the receiver answers others in between. */
const BATCH = 100;
const PROGRESS_MS = 100;

const port = parentPort;
if (port === null) throw new Error("worker.cjs runs as a thread of the server");
const { distDirectory, cacheDirectory, version } = workerData as WorkerData;
const send = (message: FromWorker): void => port.postMessage(message);

interface Known {
  readonly roots: string;
  readonly found: Discovered;
  readonly byPath: ReadonlyMap<string, DiscoveredFile>;
}

const running = new Map<number, AbortController>();
let parsers: Promise<Parsers> | undefined;
let known: Known | undefined;
/** One after the other: each starts from what the one before has learnt. */
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

async function sync({ id, roots, rediscover, changed }: SyncRequest, signal: AbortSignal): Promise<SyncOutcome> {
  signal.throwIfAborted();
  const before = known?.roots === JSON.stringify(roots) ? known : undefined;
  const now = before === undefined || rediscover ? await discover(roots, signal) : before;
  const touched = new Set(changed);
  const toRead = [...now.byPath.values()].filter(({ path }) => touched.has(path) || before?.byPath.has(path) !== true);

  let reportedAt = 0;
  const cache = before === undefined ? await openCache(roots) : undefined;
  const surveyed = await survey({
    files: toRead,
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
  known = now;
  return {
    files: now.found.files.map(({ file, path }) => [file, path] as const),
    skipped: [...now.found.skipped, ...surveyed.skipped],
    configurations: now.found.configurations,
    extracted: surveyed.extracted,
  };
}

/** Anew each time: a discovery keeps the `.gitignore` and `performance.yaml` files that it has met. */
async function discover(roots: readonly string[], signal: AbortSignal): Promise<Known> {
  const found = await (await Discovery.create({ host: nodeHost, roots })).all(signal);
  return { roots: JSON.stringify(roots), found, byPath: new Map(found.files.map((file) => [file.path, file])) };
}

async function openCache(roots: readonly string[]): Promise<FactsCache | undefined> {
  if (cacheDirectory === undefined) return undefined;
  const name = createHash("sha256").update(roots.join("\0")).digest("hex").slice(0, 16);
  return FactsCache.open({ storage: diskStorage(cacheDirectory), name: `${name}.facts`, version });
}
