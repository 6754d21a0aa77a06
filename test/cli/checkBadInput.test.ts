import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { TWO_TABLES, table, withWords } from "./twoTables.ts";

describe("check: bad input", () => {
  it("reads BOM, CRLF, UTF-16 and Latin-1, and counts columns in UTF-16 units", () =>
    withWords("", async (folder) => {
      folder.write("bom.sql", `\ufeff${table("slow_bom")}`);
      folder.write("crlf.sql", `-- first\r\n${table("slow_crlf").replace("\n", "\r\n")}`);
      folder.write("utf16.sql", Buffer.from(`\ufeff${table("slow_wide")}`, "utf16le"));
      folder.write("latin1.sql", Buffer.from(`-- é\n${table("slow_latin")}`, "latin1"));
      folder.write("astral.sql", `/* 😀 */ ${table("slow_astral")}`);
      const { findings } = await folder.check("--rule", "sql/slow-table");
      assert.deepEqual(
        findings.map(({ file, line, column, endColumn }) => [file, line, column, endColumn]),
        [
          ["astral.sql", 1, 23, 34],
          ["bom.sql", 1, 14, 22],
          ["crlf.sql", 2, 14, 23],
          ["latin1.sql", 2, 14, 24],
          ["utf16.sql", 1, 14, 23],
        ],
      );
      const all = await folder.check();
      assert.match(all.findings.find(({ file, rule }) => file === "latin1.sql" && rule === "project/problem")?.message ?? "", /Latin-1/);
    }));

  it("survives empty, broken, minified and huge files, and says which were read in part or not at all", () =>
    withWords(TWO_TABLES, async (folder) => {
      folder.write("src/Empty.java", "");
      folder.write("src/Broken.java", "class Broken { void a( { int = ; } ");
      folder.write("src/Minified.java", `class M{${"int a(){return 1;}".repeat(8_000)}}`);
      folder.write("src/Long.java", `class L {\n${"  // a line\n".repeat(50_000)}}\n`);
      folder.write("src/Huge.java", `class H { String s = "${"x".repeat(1_100_000)}"; }`);
      folder.write(
        "src/Binary.java",
        Uint8Array.from({ length: 4_000 }, (_, i) => (i * 37) % 256),
      );
      const { findings, stats } = await folder.check("--rule", "sql/slow-table");
      assert.deepEqual(
        findings.map(({ file }) => file),
        ["db/V1__first.sql"],
      );
      assert.ok(stats.partlyParsed.includes("src/Broken.java"));
      assert.deepEqual(
        stats.skipped.map(({ file }) => file),
        ["src/Huge.java", "src/Minified.java"],
      );
      assert.match(stats.skipped[0]?.why ?? "", /larger than 1 MiB/);
      assert.match(stats.skipped[1]?.why ?? "", /minified/);
    }));

  it("does not run in circles of links, and says which folder it could not read", () =>
    withWords(TWO_TABLES, async (folder) => {
      symlinkSync("..", join(folder.path, "db", "again"));
      mkdirSync(join(folder.path, "closed"));
      folder.write("closed/V9__a.sql", table("slow_closed"));
      chmodSync(join(folder.path, "closed"), 0);
      try {
        const { findings, stats } = await folder.check("--rule", "sql/slow-table");
        const readable = process.getuid?.() === 0;
        assert.deepEqual(
          findings.map(({ file }) => file),
          readable ? ["closed/V9__a.sql", "db/V1__first.sql"] : ["db/V1__first.sql"],
        );
        if (!readable) assert.match(stats.skipped.map(({ file, why }) => `${file} ${why}`).join(), /closed.*permission denied/);
      } finally {
        chmodSync(join(folder.path, "closed"), 0o755);
      }
    }));

  it("answers for a folder with nothing in it", () =>
    withWords("", async (folder) => {
      const { findings, stats, exit } = await folder.check();
      assert.deepEqual({ findings, files: stats.files, exit }, { findings: [], files: 0, exit: 0 });
    }));
});
