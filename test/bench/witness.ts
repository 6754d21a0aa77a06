import { once } from "node:events";
import { Worker } from "node:worker_threads";

const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
const over = new Int32Array(workerData);
const lateMs = [];
while (Atomics.load(over, 0) === 0) {
  const fromMs = performance.now();
  Atomics.wait(over, 0, 0, 1);
  lateMs.push(performance.now() - fromMs - 1);
}
parentPort.postMessage(lateMs.sort((a, b) => a - b)[Math.ceil(lateMs.length * 0.99) - 1]);
`;

/**
 * Does something while a thread that has no part in it sleeps a millisecond at a time: how late that wakes is what the machine does
 * to everybody. `lateP99Ms` is a tenth of a millisecond on a machine that has time.
 */
export async function witnessed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly lateP99Ms: number }> {
  const shared = new SharedArrayBuffer(4);
  const thread = new Worker(THREAD, { eval: true, workerData: shared });
  await once(thread, "online");
  const said = once(thread, "message") as Promise<[number]>;
  try {
    const result = await work();
    stop(shared);
    const [lateP99Ms] = await said;
    return { result, lateP99Ms };
  } finally {
    stop(shared);
    await thread.terminate();
  }
}

function stop(shared: SharedArrayBuffer): void {
  const over = new Int32Array(shared);
  Atomics.store(over, 0, 1);
  Atomics.notify(over, 0);
}
