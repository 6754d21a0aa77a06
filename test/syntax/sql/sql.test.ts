import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SqlParser } from "../../../src/syntax/sql/sql.ts";

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

  /** The tables that rows are deleted from, each found in its own text by the location that the tree says; or what goes wrong. */
  const deletedFrom = (texts: readonly string[]): readonly string[] =>
    [...parser.parseEach(texts)].map(({ parse, base }, i) => {
      if (!parse.ok) return parse.message;
      const places = parse.statements.flatMap(({ stmt }) =>
        stmt !== undefined && "DeleteStmt" in stmt ? [(stmt.DeleteStmt.relation?.location ?? 0) - base] : [],
      );
      const bytes = Buffer.from(texts[i] as string);
      return places.map((at) => /^\w+/.exec(bytes.subarray(at).toString())?.[0]).join();
    });

  it("parses many statements with their places in each", () => {
    const many = Array.from({ length: 900 }, (_, i) => `DELETE /* Größe 😀 */ FROM t${i} -- ${"x".repeat(i % 40)}`);
    assert.deepEqual(
      deletedFrom(many),
      many.map((_, i) => `t${i}`),
    );
  });

  it("loses one of many that is none, and nothing else", () => {
    const faulty = ["DELETE FROM a", "DELETE FROM FROM b", "DELETE FROM c"];
    assert.deepEqual(deletedFrom(faulty), ["a", 'syntax error at or near "FROM"', "c"]);
    assert.deepEqual(deletedFrom(["DELETE FROM a; DELETE FROM b", "-- nothing", "DELETE FROM c"]), ["a,b", "", "c"]);
    const quotes = deletedFrom(["DELETE FROM a WHERE x = '", "' OR y = 1"]);
    assert.match(quotes[0] as string, /unterminated quoted string/);
    assert.match(quotes[1] as string, /unterminated quoted string/);
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
