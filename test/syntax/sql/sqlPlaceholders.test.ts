// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Flyway writes its placeholders
import assert from "node:assert/strict";
import { maskPlaceholders } from "../../../src/syntax/sql/sqlPlaceholders.ts";

describe("masking placeholders", () => {
  const names: Record<string, readonly [string, string]> = {
    "Flyway's, as names that stay apart": ["CREATE TABLE ${schema}.${p}x (a int)", "CREATE TABLE p_schema_.p_p_x (a int)"],
    "Spring's expressions": ["SELECT * FROM #{#entityName} e", "SELECT * FROM p__entityName_ e"],
    "Flyway's inside strings": ["SELECT '${a}'", "SELECT '${a}'"],
    "psql's": [`CREATE ROLE :name; SELECT :'a', :"b"`, `CREATE ROLE _name; SELECT  'a',  "b"`],
    "no casts, assignments, slices, times": [
      "SELECT a::int, f(b := 1), c[1:2], d[x:y], '12:30' FROM t",
      "SELECT a::int, f(b := 1), c[1:2], d[x:y], '12:30' FROM t",
    ],
    "none in comments and dollar quotes": ["-- :a ?\n/* ? */ DO $$ :b ? $$", "-- :a ?\n/* ? */ DO $$ :b ? $$"],
    "those between percents, where no operand follows": [
      "CREATE SCHEMA IF NOT EXISTS %own% AUTHORIZATION me; SET search_path TO %own%, public; ALTER TABLE %own%.t ADD b int",
      "CREATE SCHEMA IF NOT EXISTS pown_ AUTHORIZATION me; SET search_path TO pown_, public; ALTER TABLE pown_.t ADD b int",
    ],
    "no remainders": [
      "SELECT a %b% c, a%b%.5, '%x%' FROM t WHERE a %2% (b) = 1",
      "SELECT a %b% c, a%b%.5, '%x%' FROM t WHERE a %2% (b) = 1",
    ],
    "an open brace": ["SELECT ${a\n}", "SELECT ${a\n}"],
  };
  for (const [name, [text, expected]] of Object.entries(names)) it(name, () => assert.equal(maskPlaceholders(text, "name"), expected));

  const parameters: Record<string, readonly [string, string]> = {
    "named ones": ["WHERE a = :id AND b IN (:ids) AND c = :x::uuid", "WHERE a = $1  AND b IN ($1  ) AND c = $1::uuid"],
    "numbered ones": ["WHERE a = ?1 AND b = ?12", "WHERE a = $1 AND b = $1 "],
    "JDBC's": ["WHERE a = ? AND b IN (?, ?) LIMIT ?", "WHERE a = 0 AND b IN (0, 0) LIMIT 0"],
    "the JSON operators": [
      "WHERE d ? 'k' AND d ?| array['a'] AND d ?& $1 AND d ?? 'k'",
      "WHERE d ? 'k' AND d ?| array['a'] AND d ?& $1 AND d  ? 'k'",
    ],
    // opendatadiscovery/odd-platform
    "the JSON operators in front of a column": [
      "WHERE d #> '{a, b}' ? t.k AND e['a'] ? k AND (d -> 'a') ? k AND x > ? AND y = ?",
      "WHERE d #> '{a, b}' ? t.k AND e['a'] ? k AND (d -> 'a') ? k AND x > 0 AND y = 0",
    ],
  };
  for (const [name, [text, expected]] of Object.entries(parameters))
    it(name, () => assert.equal(maskPlaceholders(text, "parameter"), expected));

  it("keeps every offset", () => {
    const text = "SELECT '😀', :é, ${tisch} /* ? */ FROM t WHERE a = ? AND x ?? 'y' AND b = ?7";
    assert.equal(maskPlaceholders(text, "parameter").length, text.length);
    assert.equal(maskPlaceholders(text, "name").length, text.length);
  });
});
