import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { type Folder, inFolder } from "./shell.ts";
import { wordRules } from "./wordRules.ts";

const FILES = `
//- db/V1__first.sql
create table slow_orders (id bigint primary key);
//- db/V2__second.sql
create table odd_things (id bigint primary key);
//- src/A.java
class A { void a() {} }
`;

const withFiles = (work: (folder: Folder) => Promise<void>) => inFolder(FILES, work, wordRules);

const cacheFiles = (folder: Folder, end: ".facts" | ".result"): readonly string[] => {
  const place = join(folder.caches, "performance-auditor");
  return existsSync(place)
    ? readdirSync(place)
        .filter((name) => name.endsWith(end))
        .map((name) => join(place, name))
    : [];
};

/** All of a report but the time that it took. */
async function reported(folder: Folder, ...args: string[]): Promise<unknown> {
  const { stats, ...rest } = await folder.check(...args);
  return { ...rest, stats: { ...stats, durationMs: 0 } };
}

/** Leaves the facts as they are and makes the next check ask for them. */
const forgetResults = (folder: Folder) => {
  for (const file of cacheFiles(folder, ".result")) rmSync(file);
};

describe("caches", () => {
  it("are kept in the user's cache folder, or where --cache-location says, or nowhere", () =>
    withFiles(async (folder) => {
      await folder.check("--no-cache");
      assert.ok(!existsSync(folder.caches));
      await folder.check();
      assert.equal(cacheFiles(folder, ".facts").length, 1);
      await folder.check("--cache-location", "here");
      assert.equal(readdirSync(join(folder.path, "here")).filter((name) => name.endsWith(".facts")).length, 1);
    }));

  it("answer the same as a cold run, with and without the result of the last one", () =>
    withFiles(async (folder) => {
      const cold = await reported(folder, "--no-cache");
      assert.deepEqual(await reported(folder), cold);
      assert.deepEqual(await reported(folder), cold);
      forgetResults(folder);
      assert.deepEqual(await reported(folder), cold);
    }));

  it("notice changed, new, deleted and renamed files, and a changed configuration", () =>
    withFiles(async (folder) => {
      const files = async () => (await folder.check()).findings.map(({ file, message }) => `${file} ${message.split(" ")[0]}`);
      assert.deepEqual(await files(), ["db/V1__first.sql slow_orders", "db/V2__second.sql odd_things"]);
      folder.write("db/V1__first.sql", "create table slow_items (id bigint primary key);\n");
      assert.deepEqual(await files(), ["db/V1__first.sql slow_items", "db/V2__second.sql odd_things"]);
      rmSync(join(folder.path, "db/V2__second.sql"));
      folder.write("db/V3__second.sql", "create table odd_things (id bigint primary key);\n");
      assert.deepEqual(await files(), ["db/V1__first.sql slow_items", "db/V3__second.sql odd_things"]);
      folder.write("performance.yaml", "version: 1\nrules:\n  sql/odd-table: off\n");
      assert.deepEqual(await files(), ["db/V1__first.sql slow_items"]);
      folder.write("performance.yaml", "version: 1\nignore:\n  - db/V1*\n");
      assert.deepEqual(await files(), ["db/V3__second.sql odd_things"]);
    }));

  it("are as good as absent when damaged, whatever was damaged", () =>
    withFiles(async (folder) => {
      const cold = await reported(folder);
      const damage = fc.record({
        which: fc.constantFrom(".facts" as const, ".result" as const),
        how: fc.constantFrom("flip", "truncate", "replace", "append"),
        at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      });
      await fc.assert(
        fc.asyncProperty(damage, async ({ which, how, at }) => {
          await reported(folder);
          if (which === ".facts") forgetResults(folder);
          const [file] = cacheFiles(folder, which);
          assert.ok(file !== undefined);
          const bytes = readFileSync(file);
          const offset = Math.floor(bytes.length * at);
          if (how === "flip")
            writeFileSync(
              file,
              bytes.map((byte, i) => (i === offset ? byte ^ 0x15 : byte)),
            );
          else if (how === "truncate") truncateSync(file, offset);
          else if (how === "replace") writeFileSync(file, "something else");
          else writeFileSync(file, Buffer.concat([bytes, bytes.subarray(offset)]));
          assert.deepEqual(await reported(folder), cold);
        }),
        { numRuns: 40 },
      );
    })).timeout(60_000);

  it("are shared by checks that run at the same time", () =>
    withFiles(async (folder) => {
      const cold = await reported(folder, "--no-cache");
      for (let round = 0; round < 3; round++) {
        const all = await Promise.all([reported(folder), reported(folder), reported(folder)]);
        for (const one of all) assert.deepEqual(one, cold);
        folder.write("db/V9__x.sql", `-- ${round}\n`);
        await reported(folder);
        rmSync(join(folder.path, "db/V9__x.sql"));
      }
      assert.deepEqual(
        readdirSync(join(folder.caches, "performance-auditor")).filter((name) => name.endsWith(".tmp")),
        [],
      );
    }));

  it("cost a line of warning where they cannot be written", () =>
    withFiles(async (folder) => {
      folder.write("taken", "a file where a folder should be");
      const { exit, err, out } = await folder.run("check", "--format", "json", "--cache-location", "taken");
      assert.equal(exit, 1);
      assert.match(err, /cache could not be written/);
      assert.equal((JSON.parse(out) as { findings: unknown[] }).findings.length, 2);
    }));
});
