import assert from "node:assert/strict";
import { migrationVersion } from "../../../src/rules/sql/migration-version.ts";
import { decodeText } from "../../../src/text/encodings.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { cpuClock } from "../../harness/cpuTime.ts";

const V1 = "db/migration/V1__a.sql";
const V2 = "db/migration/V2__b.sql";

async function folded(files: Readonly<Record<string, string>>) {
  const tests = new TestWorkspace([migrationVersion]);
  await tests.put(Object.entries(files));
  const [schema] = tests.workspace.model.schema.schemas();
  return {
    tables: [...(schema?.tables.keys() ?? [])].sort().join(),
    schema,
    /** What people are told, by file. */
    told: [...tests.workspace.files()].flatMap((file) => (tests.workspace.get(file)?.problems ?? []).map(({ message }) => message)),
    findings: tests.findings().map(({ message }) => message),
  };
}

/** The fastest of two: others work on the machine. */
async function fastestMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 2; i++) {
    const spentMs = cpuClock();
    await work();
    times.push(spentMs());
  }
  return Math.min(...times);
}

describe("bad input to a schema", () => {
  it("a dump of pg_dump: its client commands and data are no statements, and the rest is folded", async () => {
    const { tables, schema, told } = await folded({
      "sql/schema.sql": `\\restrict a1b2C3
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.orders (
    id bigint NOT NULL,
    note text
);
ALTER TABLE public.orders OWNER TO shop;
CREATE SEQUENCE public.orders_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('public.orders_id_seq'::regclass);
COPY public.orders (id, note) FROM stdin;
1	it's; CREATE TABLE no (id int);
2	\\N
\\.
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
\\unrestrict a1b2C3
CREATE INDEX by_note ON public.orders USING btree (note);
`,
    });
    assert.deepEqual([tables, told], ["orders", []]);
    assert.deepEqual(
      schema?.tables.get("orders")?.indexes.map(({ name }) => name),
      ["orders_pkey", "by_note"],
    );
  });

  it("commands of psql among statements", async () => {
    const { tables, told } = await folded({
      "docker-entrypoint-initdb.d/01-init.sql": `\\set ON_ERROR_STOP on
\\connect shop postgres
CREATE TABLE a (id int);
\\if :{?extra}
CREATE TABLE :"name" (id int);
\\endif
SELECT format('GRANT ALL ON %I TO app', 'a') \\gexec
\\i more.sql
`,
      "docker-entrypoint-initdb.d/02-more.sql": "CREATE TABLE c (id int);",
    });
    assert.deepEqual([tables, told.length], ["a,c,name", 0]);
  });

  it("a hundred thousand rows, in one statement and in as many", async () => {
    const row = (i: number): string => `(${i}, 'it''s; row (${i})', now())`;
    const rows = Array.from({ length: 100_000 }, (_, i) => row(i));
    const create = "CREATE TABLE big (id int PRIMARY KEY, note text, at timestamptz);\n";
    const one = `${create}INSERT INTO big VALUES\n${rows.join(",\n")};\nCREATE INDEX i ON big (note);`;
    const many = `${create}${rows.map((values) => `INSERT INTO big VALUES ${values};`).join("\n")}\nCREATE INDEX i ON big (note);`;
    for (const text of [one, many]) {
      const { schema, told } = await folded({ [V1]: text });
      const big = schema?.tables.get("big");
      assert.deepEqual([big?.seededRows, big?.indexes.map(({ name }) => name), told], [100_000, ["big_pkey", "i"], []]);
      const ms = await fastestMs(() => folded({ [V1]: text }));
      assert.ok(ms < 5_000, `${Math.round(ms)} ms for ${text.length} characters`);
    }
  }).timeout(60_000);

  it("UTF-16 and Latin-1", async () => {
    const sql = "-- Straße\nCREATE TABLE größe (id int PRIMARY KEY);\nCREATE INDEX i ON größe (id);";
    const utf16 = Buffer.from(`\uFEFF${sql}`, "utf16le");
    const swapped = Buffer.from(utf16).swap16();
    for (const bytes of [utf16, swapped, Buffer.from(sql, "latin1"), Buffer.from(`\uFEFF${sql}`, "utf8")]) {
      const { text } = decodeText(bytes);
      const { schema, told } = await folded({ [V1]: text });
      const index = schema?.tables.get("größe")?.indexes[1];
      assert.deepEqual([text.slice(index?.at.start, index?.at.end), told], ["CREATE INDEX i ON größe (id)", []]);
    }
  });

  it("a broken statement loses itself, is said, and casts doubt on what it mentions only", async () => {
    const { schema, told } = await folded({
      [V1]: "CREATE TABLE a (id bigserial PRIMARY KEY);\nCREATE TABLE b (id bigserial PRIMARY KEY);",
      [V2]: "ALTER TABLE a ADD COLUMN x jsonb,;\nCREATE INDEX i ON b (id) WHERE id > 0 AND (;\nALTER TABLE b ADD COLUMN y timestamptz;",
    });
    assert.deepEqual([schema?.tables.get("a")?.uncertain, schema?.tables.get("b")?.columns.has("y")], [true, true]);
    assert.deepEqual(
      told.map((message) => message.split(":")[0]),
      ["PostgreSQL does not read this statement", "PostgreSQL does not read this statement"],
    );
  });

  it("versions that two files have, and versions that none has", async () => {
    const { tables, findings } = await folded({
      [V1]: "CREATE TABLE a (id int);",
      "db/migration/V2__one.sql": "CREATE TABLE b (id int);",
      "db/migration/V2__two.sql": "CREATE TABLE c (id int);",
      "db/migration/V4__d.sql": "CREATE TABLE d (id int);",
    });
    assert.equal(tables, "a,b,c,d");
    assert.equal(findings.length, 2);
  });

  it("extensions that nobody knows, and their types", async () => {
    const { schema, told } = await folded({
      [V1]: `CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION "very-own" CASCADE;
CREATE TABLE places (id bigserial PRIMARY KEY, at geometry(Point, 4326), tags own_type[]);
CREATE INDEX by_place ON places USING gist (at); CREATE INDEX own ON places USING very_own (tags own_ops);
SELECT create_hypertable('places', 'at');`,
    });
    const places = schema?.tables.get("places");
    assert.deepEqual(
      [...(places?.columns.values() ?? [])].map(({ type }) => type),
      ["int8", "geometry(point,4326)", "own_type[]"],
    );
    assert.deepEqual([places?.indexes.map(({ method }) => method), told], [["btree", "gist", "very_own"], []]);
  });

  it("nesting without end, and text that is no SQL", async () => {
    const deep = `CREATE TABLE a (id bigserial);\nSELECT ${"(".repeat(20_000)}1${")".repeat(20_000)};\nALTER TABLE a ADD COLUMN b timestamptz;`;
    const { schema, told } = await folded({ [V1]: deep, [V2]: "\u0001\u0002 PK\u0003\u0004 ��� \n binary" });
    assert.deepEqual([[...(schema?.tables.get("a")?.columns.keys() ?? [])], told.length > 0], [["id", "b"], true]);
  });
});
