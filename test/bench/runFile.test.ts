import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRun, RUNS_FOLDER, readRun, readRuns } from "../../src/bench/runFile.ts";
import { resultFor } from "./results.ts";

describe("kept runs", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "runs-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("come back newest first", async () => {
    const dates = ["2026-01-02T00:00:00.000Z", "2026-03-01T00:00:00.000Z", "2025-12-31T23:59:59.999Z"];
    for (const startedAt of dates) await keepRun(folder, await resultFor({ startedAt }));
    const { runs, unread } = await readRuns(folder);
    assert.deepEqual(
      runs.map(({ result }) => result.startedAt),
      [dates[1], dates[0], dates[2]],
    );
    assert.deepEqual(unread, []);
    assert.deepEqual(runs[1]?.result, await resultFor({ startedAt: dates[0] as string }));
  });

  it("never overwrite each other and leave no half-written file", async () => {
    const result = await resultFor({ name: "../../Čaj & co." });
    await keepRun(folder, result);
    await keepRun(folder, result);
    const names = (await readdir(join(folder, RUNS_FOLDER))).sort();
    assert.deepEqual(names, ["20260101T120000Z-aj-co-2.json", "20260101T120000Z-aj-co.json"]);
  });

  it("cost only themselves when damaged", async () => {
    const file = await keepRun(folder, await resultFor({}));
    const text = await readFile(file, "utf8");
    const runs = join(folder, RUNS_FOLDER);
    await writeFile(join(runs, "a.json"), text.slice(0, 100));
    await writeFile(join(runs, "b.json"), text.replace('"count": 1000', '"count": "many"'));
    await writeFile(join(runs, "c.json"), text.replace('"schema": 1', '"schema": 2'));
    await writeFile(join(runs, "d.json"), "[]");
    await writeFile(join(runs, "note.txt"), "not a run");
    const read = await readRuns(folder);
    assert.equal(read.runs.length, 1);
    assert.deepEqual(
      read.unread.map(({ file, why }) => `${file.slice(-6)} ${why.replace(/: .*/, "")}`),
      [
        "a.json is not JSON",
        "b.json is damaged at result.endpoints.0.count",
        "c.json was written by a newer version (schema 2)",
        "d.json is no benchmark run",
      ],
    );
  });

  it("are none where there is no folder", async () => {
    assert.deepEqual(await readRuns(join(folder, "nowhere")), { runs: [], unread: [] });
    assert.equal(readRun(""), "is not JSON");
  });

  it("say why they cannot be kept", async () => {
    await mkdir(join(folder, ".performance"));
    await writeFile(join(folder, RUNS_FOLDER), "a file where the folder should be");
    await assert.rejects(keepRun(folder, await resultFor({})), /EEXIST|ENOTDIR/);
  });
});
