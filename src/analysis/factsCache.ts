import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import type { FileFacts } from "../facts/fileFacts.ts";

/** Named byte strings that outlive the run. `write` replaces a name as a whole or not at all, also with other writers about. */
export interface CacheStorage {
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, chunks: readonly Uint8Array[]): Promise<void>;
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
 * Layout: "PAFC", u32 index length, u32 CRC of the index, the index as JSON, then the entries one behind the other.
 */
export class FactsCache {
  readonly #options: FactsCacheOptions;
  readonly #stored: ReadonlyMap<string, StoredEntry>;
  readonly #kept = new Map<string, StoredEntry>();
  #changed = false;

  private constructor(options: FactsCacheOptions, stored: ReadonlyMap<string, StoredEntry>) {
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
    this.#kept.set(file, entry);
    return true;
  }

  /** The facts, or undefined where the entry is damaged. */
  get(file: string, hash: string): FileFacts | undefined {
    const entry = this.#kept.get(file) ?? this.#stored.get(file);
    if (entry === undefined || entry.hash !== hash || crc32(entry.bytes) !== entry.crc) return undefined;
    try {
      return deserialize(entry.bytes) as FileFacts;
    } catch {
      return undefined;
    }
  }

  put(facts: FileFacts): void {
    const bytes = serialize(facts);
    this.#kept.set(facts.file, { hash: facts.hash, crc: crc32(bytes), bytes });
    this.#changed = true;
  }

  /** Writes what `has` and `put` have named since `open`; other entries are of files that are gone. Nothing when nothing is new. */
  async save(): Promise<void> {
    if (!this.#changed && this.#kept.size === this.#stored.size) return;
    const entries = [...this.#kept];
    const index = Buffer.from(
      JSON.stringify({
        version: this.#options.version,
        entries: entries.map(([file, { hash, crc, bytes }]) => [file, hash, crc, bytes.byteLength]),
      }),
    );
    await this.#options.storage.write(this.#options.name, [header(index), index, ...entries.map(([, entry]) => entry.bytes)]);
    this.#changed = false;
  }
}

interface StoredEntry {
  readonly hash: string;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

const MAGIC = 0x50414643;
const HEADER_BYTES = 12;

function header(index: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32BE(MAGIC, 0);
  bytes.writeUInt32BE(index.byteLength, 4);
  bytes.writeUInt32BE(crc32(index), 8);
  return bytes;
}

function entriesIn(bytes: Uint8Array, version: string): ReadonlyMap<string, StoredEntry> | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < HEADER_BYTES || view.readUInt32BE(0) !== MAGIC) return undefined;
  const indexEnd = HEADER_BYTES + view.readUInt32BE(4);
  const index = view.subarray(HEADER_BYTES, indexEnd);
  if (indexEnd > view.length || crc32(index) !== view.readUInt32BE(8)) return undefined;
  const parsed = JSON.parse(index.toString()) as { version: string; entries: readonly (readonly [string, string, number, number])[] };
  if (parsed.version !== version) return undefined;
  const entries = new Map<string, StoredEntry>();
  let at = indexEnd;
  for (const [file, hash, crc, length] of parsed.entries) {
    if (at + length > view.length) break;
    entries.set(file, { hash, crc, bytes: view.subarray(at, at + length) });
    at += length;
  }
  return entries;
}
