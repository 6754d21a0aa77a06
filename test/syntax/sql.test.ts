import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SqlParser } from "../../src/syntax/sql.ts";

describe("the SQL parser", () => {
  const parser = new SqlParser();
  before(() => parser.load());

  it("answers with PostgreSQL's tree", () => {
    const parsed = parser.parse("SELECT 1; CREATE TABLE t (id int)");
    assert.ok(parsed.ok);
    assert.deepEqual(
      parsed.statements.map(({ stmt }) => Object.keys(stmt ?? {})),
      [["SelectStmt"], ["CreateStmt"]],
    );
  });

  it("takes a text without a statement", () => {
    for (const text of ["", "  ", "-- nothing", ";"]) assert.deepEqual(parser.parse(text), { ok: true, statements: [] });
  });

  it("says in UTF-16 where a text goes wrong", () => {
    const text = "SELECT 'é😀' FROM FROM t";
    const parsed = parser.parse(text);
    assert.ok(!parsed.ok);
    assert.equal(parsed.offset, text.lastIndexOf("FROM"));
    assert.match(parsed.message, /syntax error at or near "FROM"/);
  });

  it("survives what no stack is deep enough for, NUL, and lone surrogates", () => {
    for (const text of [
      `SELECT ${"(".repeat(30_000)}`,
      `SELECT ${"1+".repeat(60_000)}1`,
      "SELECT '\0'",
      `SELECT '${" ".repeat(3_000_000)}'`,
    ]) {
      const parsed = parser.parse(text);
      assert.equal(parsed.ok, false);
      assert.equal(parser.parse("SELECT 1").ok, true);
    }
    assert.equal(parser.parse("SELECT '\ud83d'").ok, true);
  });

  it("starts over after such a text", async () => {
    parser.parse(`SELECT ${"1+".repeat(60_000)}1`);
    await parser.load();
    assert.equal(parser.parse("SELECT 1").ok, true);
  });

  it("parses large statements again and again", async () => {
    const text = `INSERT INTO t VALUES ${"(1, 'abc'),".repeat(5_000)}(1, 'x')`;
    for (let i = 0; i < 20; i++) assert.equal(parser.parse(text).ok, true);
    assert.equal(parser.parse("SELECT 1").ok, true);
  });

  it("reads its WASM file from where it is told", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sql-parser-"));
    try {
      const wasmFile = join(folder, "other-name.wasm");
      copyFileSync(join(dirname(createRequire(import.meta.url).resolve("libpg-query")), "libpg-query.wasm"), wasmFile);
      const elsewhere = new SqlParser({ wasmFile });
      await elsewhere.load();
      assert.equal(elsewhere.parse("SELECT 1").ok, true);
      await assert.rejects(new SqlParser({ wasmFile: join(folder, "missing.wasm") }).load());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has to be loaded", () => {
    assert.throws(() => new SqlParser().parse("SELECT 1"), /not loaded/);
  });
});
