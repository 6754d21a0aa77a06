import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskStorage } from "../../src/project/diskStorage.ts";

describe("diskStorage", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "disk-storage-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("gives back what was appended, in order, whatever its size", async () => {
    const storage = diskStorage(join(folder, "new"));
    const chunks = [Buffer.alloc(700_000, 1), Buffer.alloc(700_000, 2), Buffer.alloc(3_000_000, 3), Buffer.from("end")];
    const writer = storage.writer("a");
    for (const chunk of chunks) writer.append(chunk);
    await writer.commit();
    assert.ok(Buffer.concat(chunks).equals((await storage.read("a")) ?? Buffer.alloc(0)));
  });

  it("takes bytes over at once", async () => {
    const storage = diskStorage(folder);
    const bytes = Buffer.from("before");
    const writer = storage.writer("a");
    writer.append(bytes);
    bytes.fill("x");
    await writer.commit();
    assert.equal(String(await storage.read("a")), "before");
  });

  it("shows the old content until the new one is whole, and leaves nothing of one that is given up", async () => {
    const storage = diskStorage(folder);
    const first = storage.writer("a");
    first.append(Buffer.from("old"));
    await first.commit();
    const second = storage.writer("a");
    second.append(Buffer.alloc(2_000_000));
    assert.equal(String(await storage.read("a")), "old");
    second.discard();
    assert.deepEqual(readdirSync(folder), ["a"]);
    assert.equal(String(await storage.read("a")), "old");
  });

  it("says at the end that a folder cannot be written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const writer = diskStorage(join(file, "below")).writer("a");
    writer.append(Buffer.alloc(2_000_000));
    await assert.rejects(writer.commit(), /ENOTDIR|EEXIST/);
    assert.ok(!existsSync(join(file, "below")));
  });
});
