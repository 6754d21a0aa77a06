import { crc32 } from "node:zlib";
import type { FileFacts } from "../facts/fileFacts.ts";
import { decodeFacts, encodeFacts } from "./factsCodec.ts";

/** Named byte strings that outlive the run. */
export interface CacheStorage {
  read(name: string): Promise<Uint8Array | undefined>;
  /** Replaces a name as a whole or not at all, also with other writers about. */
  writer(name: string): CacheWriter;
}

/** Takes bytes over at once; an error shows at `commit`. */
export interface CacheWriter {
  append(bytes: Uint8Array): void;
  commit(): Promise<void>;
  discard(): void;
}

export interface FactsCacheOptions {
  readonly storage: CacheStorage;
  /** Distinguishes workspaces: their caches do not share entries. */
  readonly name: string;
  /** Names the code that made the facts: extractors and grammars. Entries of another version are not read. */
  readonly version: string;
}

/**
 * The facts of a workspace's files from an earlier run, by path and content hash. Entries are decoded when asked for, behind a
 * checksum: what is damaged, truncated or of another version is a miss.
 *
 * Layout: the entries one behind the other, the index as JSON, u32 length of the index, u32 CRC of the index, "PAFC".
 */
export class FactsCache {
  readonly #options: FactsCacheOptions;
  readonly #stored: Map<string, StoredEntry>;
  /** Stored entries that are still wanted. */
  readonly #wanted = new Map<string, StoredEntry>();
  /** Entries are written as they come: thousands of them in memory until the end would be as large as the facts. */
  #writing: { readonly writer: CacheWriter; readonly rows: Map<string, IndexRow> } | undefined;
  #changed = false;
  #failed: unknown;

  private constructor(options: FactsCacheOptions, stored: Map<string, StoredEntry>) {
    this.#options = options;
    this.#stored = stored;
  }

  static async open(options: FactsCacheOptions): Promise<FactsCache> {
    const bytes = await options.storage.read(options.name).catch(() => undefined);
    return new FactsCache(options, bytes === undefined ? new Map() : (entriesIn(bytes, options.version) ?? new Map()));
  }

  /** Whether facts of this content are here; marks them as still wanted. */
  has(file: string, hash: string): boolean {
    const entry = this.#stored.get(file);
    if (entry === undefined || entry.hash !== hash) return false;
    this.#wanted.set(file, entry);
    return true;
  }

  /** The facts, or undefined where the entry is damaged; a damaged entry is forgotten. */
  get(file: string, hash: string): FileFacts | undefined {
    const entry = this.#stored.get(file);
    if (entry === undefined || entry.hash !== hash) return undefined;
    const facts = decoded(entry);
    if (facts === undefined && this.#wanted.delete(file)) this.#changed = true;
    return facts;
  }

  /** Never throws: what goes wrong shows when the cache is saved. */
  put(facts: FileFacts): void {
    this.#wanted.delete(facts.file);
    try {
      const bytes = encodeFacts(facts);
      this.#append(facts.file, { hash: facts.hash, crc: crc32(bytes), bytes });
    } catch (error) {
      this.#failed ??= error;
    }
  }

  /**
   * Writes what `has` and `put` have named since `open`; other entries are of files that are gone. Nothing when nothing is new.
   * The cache is empty afterwards: its bytes are no longer in memory. Rejects where it cannot be written.
   */
  async save(): Promise<void> {
    try {
      if (this.#failed !== undefined) throw this.#failed;
      if (this.#writing === undefined && !this.#changed && this.#wanted.size === this.#stored.size) return;
      for (const [file, entry] of this.#wanted) this.#append(file, entry);
      const { writer, rows } = this.#writer();
      for (const bytes of indexOf([...rows.values()], this.#options.version)) writer.append(bytes);
      this.#writing = undefined;
      await writer.commit();
    } finally {
      this.discard();
      this.#stored.clear();
      this.#wanted.clear();
      this.#changed = false;
    }
  }

  /** Leaves what is stored as it is. */
  discard(): void {
    this.#writing?.writer.discard();
    this.#writing = undefined;
  }

  #append(file: string, { hash, crc, bytes }: StoredEntry): void {
    const { writer, rows } = this.#writer();
    if (rows.has(file)) return;
    rows.set(file, [file, hash, crc, bytes.byteLength]);
    writer.append(bytes);
  }

  #writer(): { readonly writer: CacheWriter; readonly rows: Map<string, IndexRow> } {
    this.#writing ??= { writer: this.#options.storage.writer(this.#options.name), rows: new Map() };
    return this.#writing;
  }
}

interface StoredEntry {
  readonly hash: string;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

type IndexRow = readonly [file: string, hash: string, crc: number, length: number];

const MAGIC = 0x50414643;
const FOOTER_BYTES = 12;

function decoded({ bytes, crc }: StoredEntry): FileFacts | undefined {
  if (crc32(bytes) !== crc) return undefined;
  try {
    return decodeFacts(bytes);
  } catch {
    return undefined;
  }
}

function indexOf(rows: readonly IndexRow[], version: string): readonly Uint8Array[] {
  const index = Buffer.from(JSON.stringify({ version, rows }));
  const footer = Buffer.alloc(FOOTER_BYTES);
  footer.writeUInt32BE(index.byteLength, 0);
  footer.writeUInt32BE(crc32(index), 4);
  footer.writeUInt32BE(MAGIC, 8);
  return [index, footer];
}

function entriesIn(content: Uint8Array, version: string): Map<string, StoredEntry> | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const footer = bytes.length - FOOTER_BYTES;
  if (footer < 0 || bytes.readUInt32BE(footer + 8) !== MAGIC) return undefined;
  const indexStart = footer - bytes.readUInt32BE(footer);
  if (indexStart < 0) return undefined;
  const index = bytes.subarray(indexStart, footer);
  if (crc32(index) !== bytes.readUInt32BE(footer + 4)) return undefined;
  const { version: stored, rows } = JSON.parse(index.toString()) as { readonly version: string; readonly rows: readonly IndexRow[] };
  if (stored !== version) return undefined;
  const entries = new Map<string, StoredEntry>();
  let at = 0;
  for (const [file, hash, crc, length] of rows) {
    entries.set(file, { hash, crc, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return at === indexStart ? entries : undefined;
}
