import assert from "node:assert/strict";
import { type CacheStorage, type CacheWriter, FactsCache } from "../../src/analysis/factsCache.ts";
import type { FileFacts } from "../../src/facts/fileFacts.ts";
import { factsOf } from "../harness/check.ts";
import { parseFixture } from "../harness/fixture.ts";
import { ALL_LANGUAGES } from "./allLanguages.ts";

class MemoryStorage implements CacheStorage {
  readonly files = new Map<string, Uint8Array>();
  writes = 0;

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.files.get(name);
  }

  writer(name: string): CacheWriter {
    const chunks: Uint8Array[] = [];
    return {
      append: (bytes) => chunks.push(Buffer.from(bytes)),
      commit: async () => {
        this.writes++;
        this.files.set(name, Buffer.concat(chunks));
      },
      discard: () => {},
    };
  }
}

const open = (storage: CacheStorage, version = "1") => FactsCache.open({ storage, name: "w", version });

async function factsOfAll(): Promise<readonly FileFacts[]> {
  const { files } = parseFixture(ALL_LANGUAGES);
  return Promise.all([...files].map(([file, text]) => factsOf(file, text)));
}

describe("FactsCache", () => {
  it("gives back the facts of every language as they were, typed arrays included", async () => {
    const storage = new MemoryStorage();
    const cache = await open(storage);
    const all = await factsOfAll();
    for (const facts of all) cache.put(facts);
    await cache.save();
    const again = await open(storage);
    assert.ok(new Set(all.map(({ language }) => language)).size === 7, "every language is there");
    for (const facts of all) {
      assert.ok(again.has(facts.file, facts.hash));
      assert.deepStrictEqual(again.get(facts.file, facts.hash), facts);
    }
  });

  it("knows nothing of another version, of another content, of another file", async () => {
    const storage = new MemoryStorage();
    const [facts] = await factsOfAll();
    assert.ok(facts !== undefined);
    const cache = await open(storage);
    cache.put(facts);
    await cache.save();
    assert.ok(!(await open(storage, "2")).has(facts.file, facts.hash));
    const again = await open(storage);
    assert.ok(!again.has(facts.file, "other"));
    assert.equal(again.get(facts.file, "other"), undefined);
    assert.ok(!again.has("other", facts.hash));
  });

  it("drops what nobody asked for, and writes only when something is new", async () => {
    const storage = new MemoryStorage();
    const all = await factsOfAll();
    const cache = await open(storage);
    for (const facts of all) cache.put(facts);
    await cache.save();
    const same = await open(storage);
    for (const { file, hash } of all) same.has(file, hash);
    await same.save();
    assert.equal(storage.writes, 1);
    const [first, second] = all;
    assert.ok(first !== undefined && second !== undefined);
    const fewer = await open(storage);
    fewer.has(first.file, first.hash);
    await fewer.save();
    assert.equal(storage.writes, 2);
    const last = await open(storage);
    assert.ok(last.has(first.file, first.hash));
    assert.ok(!last.has(second.file, second.hash));
  });

  it("forgets a damaged entry and keeps the others", async () => {
    const storage = new MemoryStorage();
    const all = await factsOfAll();
    const cache = await open(storage);
    for (const facts of all) cache.put(facts);
    await cache.save();
    const bytes = storage.files.get("w");
    assert.ok(bytes !== undefined);
    bytes[10] = (bytes[10] as number) ^ 1;
    const damaged = await open(storage);
    const [first, ...others] = all;
    assert.ok(first !== undefined);
    for (const { file, hash } of all) damaged.has(file, hash);
    assert.equal(damaged.get(first.file, first.hash), undefined);
    for (const facts of others) assert.deepStrictEqual(damaged.get(facts.file, facts.hash), facts);
    await damaged.save();
    assert.ok(!(await open(storage)).has(first.file, first.hash));
  });
});
