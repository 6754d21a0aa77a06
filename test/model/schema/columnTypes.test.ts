import assert from "node:assert/strict";
import { keyMismatch, typeChange } from "../../../src/model/schema/columnTypes.ts";
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
    assert.equal(typeChange("xml", "varchar"), "unclear");
  });

  it("parse each text that becomes XML", () => {
    assert.equal(typeChange("text", "xml"), "rewrite");
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

const KEY_TYPES = (
  "int2 int4 int8 numeric float4 float8 text varchar(36) bpchar(36) uuid bytea date time timetz timestamp timestamptz interval bool money " +
  "inet cidr bit(8) varbit(8)"
).split(" ");

/**
 * What a server makes of a foreign key, for each pair of types: whether it takes it, and whether a parent's value finds rows by an index,
 * in a query and in the check of a delete, which compares by the operator of the key's index.
 */
const TRIED = `
CREATE TABLE tried (child text, parent text, outcome text);
SET enable_seqscan = off;
DO $$
DECLARE child text; parent text; line text; outcome text;
BEGIN
  FOREACH child IN ARRAY ARRAY['${KEY_TYPES.join("','")}'] LOOP
    FOREACH parent IN ARRAY ARRAY['${KEY_TYPES.join("','")}'] LOOP
      BEGIN
        EXECUTE format('CREATE TABLE p (k %s PRIMARY KEY)', parent);
        EXECUTE format('CREATE TABLE c (k %s REFERENCES p)', child);
        CREATE INDEX c_k ON c (k);
        outcome := 'cast';
        FOR line IN EXPLAIN SELECT * FROM c WHERE k = (SELECT k FROM p LIMIT 1) LOOP
          IF line LIKE '%Index Cond: %' THEN outcome := 'fine'; END IF;
        END LOOP;
        IF EXISTS (SELECT FROM pg_constraint JOIN pg_operator o ON o.oid = conpfeqop[1] JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
            LEFT JOIN pg_cast ON castsource = atttypid AND casttarget = oprright AND castsource <> casttarget
            WHERE conrelid = 'c'::regclass AND (castmethod <> 'b' OR NOT EXISTS (SELECT FROM pg_amop JOIN pg_opclass ON opcfamily = amopfamily
              JOIN pg_index i ON indclass[0] = pg_opclass.oid WHERE i.indexrelid = 'c_k'::regclass AND amopopr = conpfeqop[1])))
          THEN outcome := 'cast'; END IF;
        DROP TABLE c, p;
      EXCEPTION WHEN OTHERS THEN outcome := 'refused';
      END;
      INSERT INTO tried VALUES (child, parent, outcome);
    END LOOP;
  END LOOP;
END $$;
SELECT child || ' ' || parent || ' ' || outcome FROM tried;`;

describeWithPostgres("foreign keys between types on a real server", (server) => {
  it("cost what is said of them", () => {
    const said = (child: string, parent: string): string => {
      const mismatch = keyMismatch(child, parent);
      // What does not fit is no matter of operators.
      return mismatch === undefined || mismatch === "narrower" ? "fine" : mismatch;
    };
    assert.deepEqual(
      server()
        .database()
        .run(TRIED)
        .split("\n")
        .filter((line) => / \w+$/.test(line)),
      KEY_TYPES.flatMap((child) => KEY_TYPES.map((parent) => `${child} ${parent} ${said(child, parent)}`)),
    );
  });

  it("are narrower between integers only", () => {
    assert.equal(keyMismatch("int4", "int8"), "narrower");
    assert.equal(keyMismatch("int8", "int4"), undefined);
    assert.equal(keyMismatch("int4[]", "int8[]"), "narrower");
    assert.equal(keyMismatch("mood", "text"), undefined);
  });
});
