import { parentPort, workerData } from "node:worker_threads";
import { encodeFacts } from "../analysis/factsCodec.ts";
import { extractBytes } from "../analysis/survey.ts";
import { type Parsers, prepare } from "../facts/extract.ts";
import { languageOf } from "../facts/languages.ts";
import type { Batch, BatchDone, ThreadData, ThreadResult } from "./extractHelper.ts";
import { parsersFrom } from "./tool.ts";

/** A thread that extracts facts for the one that asks, and answers with them as bytes. */
const port = parentPort;
if (port === null) throw new Error("This is the script of a thread");
const { wasm } = workerData as ThreadData;
let loading: Promise<Parsers> | undefined;
/** One batch after the other: parsing is not shared. */
let queue = Promise.resolve();

port.on("message", (batch: Batch) => {
  queue = queue.then(async () => {
    const parsers = await (loading ??= parsersFrom(wasm));
    await prepare(
      batch.jobs.flatMap(({ found: { file, language = languageOf(file) } }) => language ?? []),
      parsers,
    );
    const results = batch.jobs.map(({ found, content, hash }): ThreadResult => {
      const extracted = extractBytes(found, content, hash, parsers);
      return extracted === "generated" || "why" in extracted ? extracted : encodeFacts(extracted);
    });
    const done: BatchDone = { id: batch.id, results };
    port.postMessage(
      done,
      results.flatMap((result) => (result instanceof Uint8Array ? (result.buffer as ArrayBuffer) : [])),
    );
  });
});
