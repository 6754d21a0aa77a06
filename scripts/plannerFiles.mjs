// What the planner's PostgreSQL starts from, compressed and kept in node_modules/.cache once a version of PGlite: its program, its
// files, and a data directory, since `initdb` takes seconds and reading its result tenths of one. The directory holds the same database
// three times, which a window of 64 MB sees and gzip's of 32 KB does not.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { brotliCompress, constants } from "node:zlib";

const MAKES = "planner snapshot";
const require = createRequire(import.meta.url);
const pglite = dirname(require.resolve("@electric-sql/pglite"));
const cache = fileURLToPath(new URL("../node_modules/.cache/performance-auditor/planner/", import.meta.url));

/** The folder with the files, made where they are missing or of another version. @returns {Promise<string>} */
export async function plannerFiles() {
  const { version } = JSON.parse(readFileSync(join(pglite, "../package.json"), "utf8"));
  const madeWith = join(cache, "version");
  if (existsSync(madeWith) && readFileSync(madeWith, "utf8") === version) return cache;
  mkdirSync(cache, { recursive: true });
  // Compressing takes seconds, on threads of its own.
  await Promise.all([
    ...["pglite.wasm", "pglite.data"].map((name) => keep(name, readFileSync(join(pglite, name)))),
    dataDirectory().then((bytes) => keep("snapshot.tar", bytes)),
  ]);
  writeFileSync(madeWith, version);
  return cache;
}

/** @param {string} name @param {Uint8Array} bytes */
async function keep(name, bytes) {
  const compressed = await promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 10,
      [constants.BROTLI_PARAM_LARGE_WINDOW]: 1,
      [constants.BROTLI_PARAM_LGWIN]: 26,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
  const path = join(cache, `${name}.br`);
  // Written beside and renamed: two builds may run at once.
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, compressed);
  renameSync(beside, path);
}

/** PGlite holds on to its thread, so it gets one of its own. @returns {Promise<Uint8Array>} */
async function dataDirectory() {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: MAKES });
  /** @type {Uint8Array} */
  const bytes = await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  return bytes;
}

if (workerData === MAKES && parentPort !== null) {
  const { PGlite } = await import("@electric-sql/pglite");
  const database = await PGlite.create();
  const directory = await database.dumpDataDir("none");
  parentPort.postMessage(new Uint8Array(await directory.arrayBuffer()));
}
