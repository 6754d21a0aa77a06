import assert from "node:assert/strict";
import { typeChange } from "../../../src/model/schema/columnTypes.ts";
import { describeWithPostgres } from "../../harness/postgres.ts";

/** Changes that a server can make without USING, and what they do to the rows. */
const CHANGES: readonly (readonly [from: string, to: string, change: "none" | "rewrite"])[] = [
  ["varchar(10)", "varchar(20)", "none"],
  ["varchar(20)", "varchar(10)", "rewrite"],
  ["varchar(10)", "varchar", "none"],
  ["varchar(10)", "text", "none"],
  ["text", "varchar", "none"],
  ["text", "varchar(10)", "rewrite"],
  ["int4", "int8", "rewrite"],
  ["int8", "int4", "rewrite"],
  ["numeric(5,2)", "numeric(8,2)", "none"],
  ["numeric(5,2)", "numeric(5,3)", "rewrite"],
  ["numeric(5,2)", "numeric", "none"],
  ["numeric", "numeric(5,2)", "rewrite"],
  ["timestamp(3)", "timestamp(6)", "none"],
  ["timestamp(6)", "timestamp(3)", "rewrite"],
  ["timestamp(3)", "timestamp", "none"],
  ["cidr", "inet", "none"],
  ["bpchar(4)", "bpchar(8)", "rewrite"],
  ["bpchar(4)", "text", "rewrite"],
  ["date", "timestamp", "rewrite"],
  ["varchar(10)[]", "varchar(20)[]", "rewrite"],
  ["text[]", "text[]", "none"],
];

describe("changes of a column's type", () => {
  it("leave rows as they are, or not", () => {
    assert.deepEqual(
      CHANGES.map(([from, to]) => typeChange(from, to)),
      CHANGES.map(([, , change]) => change),
    );
  });

  it("are unclear where the server's time zone or an unknown type decides", () => {
    assert.equal(typeChange("timestamp", "timestamptz"), "unclear");
    assert.equal(typeChange("mood", "text"), "unclear");
    assert.equal(typeChange("text", "citext"), "unclear");
    assert.equal(typeChange("", "text"), "unclear");
  });
});

describeWithPostgres("changes of a column's type on a real server", (server) => {
  it("do what is said of them", () => {
    const database = server().database();
    const seen = CHANGES.map(([from, to]) => {
      const file = "SELECT pg_relation_filenode('t')";
      const [before, after] = database
        .run(`CREATE TABLE t (c ${from}); ${file}; ALTER TABLE t ALTER COLUMN c TYPE ${to}; ${file}; DROP TABLE t;`)
        .split("\n");
      return `${from} ${to} ${before === after ? "none" : "rewrite"}`;
    });
    assert.deepEqual(
      seen,
      CHANGES.map((change) => change.join(" ")),
    );
  });
});
