import { parentPort, workerData } from "node:worker_threads";
import type { FoundFile, SkippedFile } from "../analysis/survey.ts";
import { survey } from "../analysis/survey.ts";
import type { Parsers } from "../facts/extract.ts";
import type { FileFacts } from "../facts/fileFacts.ts";
import { type FactsCaches, openCaches } from "./caches.ts";
import { loadParsers } from "./parsers.ts";
import { nodeScanHost } from "./scanHost.ts";
import type { FromWorker, SyncOutcome, SyncRequest, ToWorker, WorkerData } from "./workerProtocol.ts";

/** Facts a message: large enough to be few, small enough that the receiver answers others in between. */
const BATCH = 100;
const PROGRESS_MS = 100;

const port = parentPort;
if (port === null) throw new Error("worker.cjs runs as a thread of the server");
const { distDirectory, cacheDirectory } = workerData as WorkerData;
const send = (message: FromWorker): void => port.postMessage(message);

interface Known {
  readonly roots: string;
  readonly byPath: ReadonlyMap<string, FoundFile>;
  readonly skipped: readonly SkippedFile[];
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
  const caches = before === undefined ? await cachesOf(roots) : undefined;
  const surveyed = await survey({
    files: toRead,
    read: host.read,
    parsers: await (parsers ??= loadParsers(distDirectory)),
    ...(caches === undefined ? {} : { cache: caches.facts }),
    signal,
    onProgress: (done, total) => {
      if (done < total && performance.now() - reportedAt < PROGRESS_MS) return;
      reportedAt = performance.now();
      send({ kind: "progress", id, done, total });
    },
  });
  const facts = [...(await surveyed.facts()).values()];
  for (let at = 0; at < facts.length; at += BATCH) send({ kind: "facts", id, facts: facts.slice(at, at + BATCH) satisfies FileFacts[] });
  await caches?.facts.save().catch(() => undefined);
  known = now;
  return {
    files: [...now.byPath.values()].map(({ file, path }) => [file, path] as const),
    skipped: [...now.skipped, ...surveyed.skipped],
    extracted: surveyed.extracted,
  };
}

const host = nodeScanHost();

async function discover(roots: readonly string[], signal: AbortSignal): Promise<Known> {
  const { files, skipped } = await host.discover(roots, signal);
  return { roots: JSON.stringify(roots), byPath: new Map(files.map((found) => [found.path, found])), skipped };
}

function cachesOf(roots: readonly string[]): Promise<FactsCaches> | undefined {
  return cacheDirectory === undefined ? undefined : openCaches(cacheDirectory, roots);
}
