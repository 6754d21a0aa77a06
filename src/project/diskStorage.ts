import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where caches are kept when nobody says otherwise: the user's cache folder (XDG, macOS and Windows conventions). */
export function defaultCacheLocation(
  { env }: { readonly env: Readonly<Record<string, string | undefined>> },
  platform: NodeJS.Platform = process.platform,
): string {
  const folder = "performance-auditor";
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, folder);
  if (platform === "darwin") return join(homedir(), "Library", "Caches", folder);
  if (platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, folder, "Cache");
  return join(homedir(), ".cache", folder);
}

/** Named byte strings in a folder. */
export interface DiskStorage {
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, chunks: Iterable<Uint8Array>): Promise<void>;
}

/** One file a name. A new content is written beside the old one and renamed over it: readers and other writers see whole files. */
export function diskStorage(folder: string): DiskStorage {
  return {
    read: (name) => readFile(join(folder, name)).catch(() => undefined),
    write: async (name, chunks) => {
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
      try {
        await writeChunks(temporary, chunks);
        await rename(temporary, join(folder, name));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await dropOldest(folder);
    },
  };
}

const PIECE_BYTES = 1 << 20;

/** In pieces of a megabyte, the next one being made while the last one is written. */
async function writeChunks(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, "wx");
  try {
    let writing = Promise.resolve();
    let pending: Uint8Array[] = [];
    let bytes = 0;
    const flush = async () => {
      const piece = Buffer.concat(pending);
      pending = [];
      bytes = 0;
      await writing;
      writing = file.writeFile(piece);
    };
    for (const chunk of chunks) {
      pending.push(chunk);
      if ((bytes += chunk.byteLength) >= PIECE_BYTES) await flush();
    }
    await flush();
    await writing;
  } finally {
    await file.close();
  }
}

/** What this tool writes, and nothing else that may lie in a folder that a person has named. */
const OURS = /^[0-9a-f]{16}(?:\.[a-z]+)?\.(?:facts|result)(?:\.[0-9a-f-]{36}\.tmp)?$/;
/** More files than this, and the ones that were not written for longest go. */
const KEPT_FILES = 24;

async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => OURS.test(name));
  if (names.length <= KEPT_FILES) return;
  const writtenMs = (name: string) =>
    stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  const aged = await Promise.all(names.map(async (name) => ({ name, writtenMs: await writtenMs(name) })));
  aged.sort((a, b) => b.writtenMs - a.writtenMs);
  await Promise.all(aged.slice(KEPT_FILES).map(({ name }) => rm(join(folder, name), { force: true })));
}
