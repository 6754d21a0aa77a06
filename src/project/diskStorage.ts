import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where caches are kept when nobody says otherwise: the user's cache folder (XDG, macOS and Windows conventions). */
export function defaultCacheLocation({ env }: { readonly env: Readonly<Record<string, string | undefined>> }): string {
  const folder = "performance-auditor";
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, folder);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", folder);
  if (process.platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, folder, "Cache");
  return join(homedir(), ".cache", folder);
}

/** Named byte strings in a folder. */
export interface DiskStorage {
  read(name: string): Promise<Uint8Array | undefined>;
  /** A new content for a name. */
  writer(name: string): DiskWriter;
}

/** Bytes are taken over at once; an error is kept until `commit`, which rejects with it. */
export interface DiskWriter {
  append(bytes: Uint8Array): void;
  commit(): Promise<void>;
  discard(): void;
}

/** One file a name. A new content is written beside the old one and renamed over it: readers and other writers see whole files. */
export function diskStorage(folder: string): DiskStorage {
  return {
    read: (name) => readFile(join(folder, name)).catch(() => undefined),
    writer: (name) => new PieceWriter(folder, name),
  };
}

const PIECE_BYTES = 1 << 20;

/** Writes in pieces of a megabyte, synchronously: one takes less than a turn through the thread pool. */
class PieceWriter implements DiskWriter {
  readonly #folder: string;
  readonly #path: string;
  readonly #temporary: string;
  readonly #piece = Buffer.allocUnsafe(PIECE_BYTES);
  #filled = 0;
  #descriptor: number | undefined;
  #error: unknown;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#path = join(folder, name);
    this.#temporary = join(folder, `${name}.${randomUUID()}.tmp`);
  }

  append(bytes: Uint8Array): void {
    this.#guarded(() => {
      if (this.#filled + bytes.byteLength > PIECE_BYTES) this.#flush();
      if (bytes.byteLength > PIECE_BYTES) this.#write(bytes);
      else {
        this.#piece.set(bytes, this.#filled);
        this.#filled += bytes.byteLength;
      }
    });
  }

  async commit(): Promise<void> {
    this.#guarded(() => {
      this.#flush();
      this.#close();
      renameSync(this.#temporary, this.#path);
    });
    if (this.#error !== undefined) {
      this.discard();
      throw this.#error;
    }
    await dropOldest(this.#folder);
  }

  discard(): void {
    this.#close();
    try {
      rmSync(this.#temporary, { force: true });
    } catch {
      // Where a file cannot be taken away it could not be written either, and that is what `commit` rejects with.
    }
  }

  #guarded(work: () => void): void {
    if (this.#error !== undefined) return;
    try {
      work();
    } catch (error) {
      this.#error = error;
    }
  }

  #flush(): void {
    this.#write(this.#piece.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #write(bytes: Uint8Array): void {
    if (this.#descriptor === undefined) {
      mkdirSync(this.#folder, { recursive: true });
      this.#descriptor = openSync(this.#temporary, "wx");
    }
    for (let at = 0; at < bytes.byteLength; ) at += writeSync(this.#descriptor, bytes, at);
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
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
