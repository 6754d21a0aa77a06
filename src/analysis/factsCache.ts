import { crc32 } from "node:zlib";
import type { FileFacts } from "../facts/fileFacts.ts";
import { decodeFacts, encodeFacts } from "./factsCodec.ts";

/** Named byte strings that outlive the run. `write` replaces a name as a whole or not at all, also with other writers about. */
export interface CacheStorage {
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, chunks: Iterable<Uint8Array>): Promise<void>;
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
  readonly #kept = new Map<string, StoredEntry | FileFacts>();
  #changed = false;

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
    this.#kept.set(file, entry);
    return true;
  }

  /** The facts, or undefined where the entry is damaged; a damaged entry is forgotten. */
  get(file: string, hash: string): FileFacts | undefined {
    const entry = this.#stored.get(file);
    if (entry === undefined || entry.hash !== hash) return undefined;
    const facts = decoded(entry);
    if (facts === undefined && this.#kept.delete(file)) this.#changed = true;
    return facts;
  }

  put(facts: FileFacts): void {
    this.#kept.set(facts.file, facts);
    this.#changed = true;
  }

  /** `put` for facts whose bytes, as `encodeFacts` makes them, are there already. */
  putEncoded({ file, hash }: FileFacts, bytes: Uint8Array): void {
    this.#kept.set(file, { hash, crc: crc32(bytes), bytes });
    this.#changed = true;
  }

  /**
   * Writes what `has` and `put` have named since `open`; other entries are of files that are gone. Nothing when nothing is new.
   * The cache is empty afterwards: its bytes are no longer in memory.
   */
  async save(): Promise<void> {
    try {
      if (!this.#changed && this.#kept.size === this.#stored.size) return;
      await this.#options.storage.write(this.#options.name, packed(this.#kept, this.#options.version));
    } finally {
      this.#stored.clear();
      this.#kept.clear();
      this.#changed = false;
    }
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

/** One entry after the other, so that the bytes of all of them are never there at once. */
function* packed(entries: ReadonlyMap<string, StoredEntry | FileFacts>, version: string): Generator<Uint8Array> {
  const rows: IndexRow[] = [];
  for (const [file, entry] of entries) {
    const { hash } = entry;
    const bytes = "bytes" in entry ? entry.bytes : encodeFacts(entry);
    rows.push([file, hash, "bytes" in entry ? entry.crc : crc32(bytes), bytes.byteLength]);
    yield bytes;
  }
  const index = Buffer.from(JSON.stringify({ version, rows }));
  const footer = Buffer.alloc(FOOTER_BYTES);
  footer.writeUInt32BE(index.byteLength, 0);
  footer.writeUInt32BE(crc32(index), 4);
  footer.writeUInt32BE(MAGIC, 8);
  yield index;
  yield footer;
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
