import assert from "node:assert/strict";
import fc from "fast-check";
import { splitStatements } from "../../../src/syntax/sql/sqlSplitter.ts";
import { cpuClock } from "../../harness/cpuTime.ts";

const split = (text: string): string[] => splitStatements(text).map(({ start, end }) => text.slice(start, end));

describe("splitting SQL", () => {
  const cases: Record<string, readonly [string, readonly string[]]> = {
    "at semicolons, the last one optional": ["SELECT 1; SELECT 2 ;\n SELECT 3", ["SELECT 1", "SELECT 2", "SELECT 3"]],
    "not in strings, names, escapes": [
      `SELECT 'a;''b' ; SELECT E'\\';' ; SELECT "a;""b"; SELECT e'\\\\'; SELECT 1`,
      [`SELECT 'a;''b'`, `SELECT E'\\';'`, `SELECT "a;""b"`, `SELECT e'\\\\'`, "SELECT 1"],
    ],
    "a backslash ends no plain string late": [`SELECT 'C:\\'; SELECT 2`, [`SELECT 'C:\\'`, "SELECT 2"]],
    "not in dollar quotes with and without tag": [
      "DO $$ BEGIN; END; $$; DO $tag$ a; $$ b; $tag$; SELECT $1; SELECT a$b$c",
      ["DO $$ BEGIN; END; $$", "DO $tag$ a; $$ b; $tag$", "SELECT $1", "SELECT a$b$c"],
    ],
    "not in comments, which nest and lead": [
      "-- a; b\n/* c; /* d; */ e; */ SELECT /* ; */ 1 -- ;\n; /* only a comment; */",
      ["SELECT /* ; */ 1"],
    ],
    "not in the body of a function in standard SQL": [
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
      ["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END", "SELECT 3"],
    ],
    "not in the actions of a rule": [
      "CREATE OR REPLACE RULE r AS ON UPDATE TO t DO (SELECT 1; SELECT 2); SELECT 3",
      ["CREATE OR REPLACE RULE r AS ON UPDATE TO t DO (SELECT 1; SELECT 2)", "SELECT 3"],
    ],
    "an open parenthesis costs one statement": [
      "CREATE TABLE a (id int; SELECT 2; SELECT 3",
      ["CREATE TABLE a (id int", "SELECT 2", "SELECT 3"],
    ],
    "an open string costs its line": ["SELECT 'it;\nSELECT 2;\n", ["SELECT 'it", "SELECT 2"]],
    "a line that runs a class of Flowable's": [
      "execute java org.acme.Upgrade\n\nCREATE TABLE a (id int); EXECUTE java (1); EXECUTE JAVA org.acme.More;\nSELECT 1",
      ["CREATE TABLE a (id int)", "EXECUTE java (1)", "SELECT 1"],
    ],
    "transactions are statements": ["BEGIN; SELECT 1; END;", ["BEGIN", "SELECT 1", "END"]],
    "lines of psql": [
      "\\set ON_ERROR_STOP on\nSELECT 1;\n\\connect db\nSELECT 2 \\gexec\n  \\echo 'it''s; fine'\nSELECT 3;",
      ["SELECT 1", "SELECT 2", "SELECT 3"],
    ],
    "GO and / on their own lines": [
      "SELECT 1\nGO\nSELECT 2\n/\nSELECT 4 / 2\n  go  \nSELECT 6\r\nGO\r\n",
      ["SELECT 1", "SELECT 2", "SELECT 4 / 2", "SELECT 6"],
    ],
    "a division over three lines in parentheses": ["SELECT (4\n/\n2)", ["SELECT (4\n/\n2)"]],
    "the delimiter of MySQL's clients": ["DELIMITER //\nSELECT 1//\nDELIMITER ;\nSELECT 2;", ["SELECT 1", "SELECT 2"]],
    "Liquibase's endDelimiter until the next changeset": [
      "--liquibase formatted sql\n--changeset a:1 endDelimiter:@@\nSELECT 1 @@\nSELECT 2\n--changeset a:2\nSELECT 3 @@ 4;",
      ["SELECT 1", "SELECT 2", "SELECT 3 @@ 4"],
    ],
    "a byte order mark and CRLF": ["\uFEFFSELECT 1;\r\n-- x\r\nSELECT 2;\r\n", ["SELECT 1", "SELECT 2"]],
    "characters outside the BMP": ["SELECT '😀;', é😀; SELECT 2", ["SELECT '😀;', é😀", "SELECT 2"]],
    "a no-break space behind the last semicolon": ["SELECT 1;\u00a0 \n", ["SELECT 1"]],
    nothing: [" \n;;; -- a\n /* b */ ;", []],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(split(text), expected));

  it("the data behind COPY, counted, its quotes and semicolons ignored", () => {
    const text = "COPY public.t (a, b) FROM stdin;\r\n1\tit's;\r\n2\t\\N\r\n\\.\r\nSELECT 2;";
    const statements = splitStatements(text);
    assert.deepEqual(split(text), ["COPY public.t (a, b) FROM stdin", "SELECT 2"]);
    assert.deepEqual(
      statements.map(({ copiedRows }) => copiedRows),
      [2, 0],
    );
  });

  it("ends with a text that ends in the data of COPY", () => {
    assert.deepEqual(split("COPY t FROM STDIN;\n1\n2"), ["COPY t FROM STDIN"]);
  });

  it("takes any text: spans in order, inside, not blank", () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      "$$",
      "$a$",
      "--",
      "/*",
      "*/",
      "\n",
      ";",
      "(",
      ")",
      "\\",
      "GO\n",
      "/\n",
      "E'",
      "begin atomic",
      "end",
      "x",
      "😀",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        let behind = 0;
        for (const { start, end } of splitStatements(text)) {
          assert.ok(behind <= start && start < end && end <= text.length);
          assert.equal(text.slice(start, end).trim(), text.slice(start, end));
          behind = end;
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it("reads 50,000 lines in one pass", () => {
    const text = "INSERT INTO t VALUES (1, 'a;b'); -- c\n".repeat(50_000);
    const spentMs = cpuClock();
    assert.equal(splitStatements(text).length, 50_000);
    assert.ok(spentMs() < 2_000);
  });
});
