// Makes the data directory that the planner starts from: `initdb` takes seconds, reading its result tenths of one. It is made once
// a version of PGlite and kept in node_modules/.cache.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort, Worker, workerData } from "node:worker_threads";

const MAKES = "planner snapshot";
const require = createRequire(import.meta.url);
const pglite = join(dirname(require.resolve("@electric-sql/pglite")), "..");

const cache = fileURLToPath(new URL("../node_modules/.cache/performance-auditor/", import.meta.url));

/** The path of the snapshot, made where it is missing. PGlite holds on to its thread, so it gets one of its own. @returns {Promise<string>} */
export async function plannerSnapshot() {
  const path = join(cache, "planner-snapshot.tar.gz");
  const madeWith = join(cache, "planner-snapshot.version");
  const { version } = JSON.parse(readFileSync(join(pglite, "package.json"), "utf8"));
  if (existsSync(path) && existsSync(madeWith) && readFileSync(madeWith, "utf8") === version) return path;
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: MAKES });
  /** @type {Uint8Array} */
  const bytes = await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  mkdirSync(dirname(path), { recursive: true });
  // Written beside and renamed: two builds may run at once.
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, bytes);
  renameSync(beside, path);
  writeFileSync(madeWith, version);
  return path;
}

if (workerData === MAKES && parentPort !== null) {
  const { PGlite } = await import("@electric-sql/pglite");
  const database = await PGlite.create();
  const directory = await database.dumpDataDir("gzip");
  parentPort.postMessage(new Uint8Array(await directory.arrayBuffer()));
}
