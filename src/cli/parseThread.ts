import { parentPort, workerData } from "node:worker_threads";
import { type PackedTree, packTree } from "../syntax/trees/packedTree.ts";
import { SyntaxRuntime, timedOut } from "../syntax/trees/runtime.ts";
import type { Batch, BatchDone, ThreadData } from "./parsingThread.ts";

/** A thread that parses for the one that asks, and hands over trees. */
const port = parentPort;
if (port === null) throw new Error("This is the script of a thread");
const { assets } = workerData as ThreadData;
let loading: Promise<SyntaxRuntime> | undefined;
/** One batch after the other: parsing is not shared. */
let queue = Promise.resolve();

port.on("message", ({ id, texts }: Batch) => {
  queue = queue.then(async () => {
    const syntax = await (loading ??= SyntaxRuntime.create(assets));
    for (const { grammar } of texts) await syntax.load(grammar);
    const trees = texts.map(({ grammar, text }) => {
      const tree = syntax.parse(grammar, text);
      return timedOut(tree) ? tree : packTree(tree);
    });
    const done: BatchDone = { id, trees };
    port.postMessage(
      done,
      trees.filter((tree): tree is PackedTree => !("timedOut" in tree)).map(({ memory }) => memory),
    );
  });
});
