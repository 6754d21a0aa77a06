import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TestWorkspace } from "../../harness/check.ts";
import { foldedDdl } from "../../harness/foldedDdl.ts";
import { describeWithPostgres } from "../../harness/postgres.ts";

const SAMPLE = join(dirname(fileURLToPath(import.meta.url)), "../../../samples/ticket-chain/backend/src/main/resources/db/migration");

/** What the sample does not have. */
const FORMS = `CREATE TYPE state AS ENUM ('A'); ALTER TYPE state ADD VALUE 'B';
CREATE TABLE p (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code varchar(9) COLLATE "C" UNIQUE DEFERRABLE);
CREATE TABLE c (LIKE p INCLUDING ALL, p_id int NOT NULL REFERENCES p ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  s state DEFAULT 'A', a numeric(10,2)[] DEFAULT '{}', twice int GENERATED ALWAYS AS (p_id * 2) STORED, CHECK (p_id > 0 -- why
  AND p_id < 100), CHECK (a IS NOT NULL), i interval DEFAULT '1 day');
CREATE INDEX ON c (lower(code) text_pattern_ops DESC NULLS LAST, p_id) INCLUDE (s) WHERE s <> 'A';
ALTER TABLE c ADD CONSTRAINT later CHECK (p_id <> 5) NOT VALID, ALTER twice DROP EXPRESSION, ALTER a DROP NOT NULL;
ALTER TABLE c RENAME COLUMN p_id TO parent; ALTER TABLE c RENAME TO child;
ALTER TYPE state RENAME TO phase; ALTER TABLE child ADD phases phase[]; ALTER TYPE phase RENAME TO stage;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'extra') THEN CREATE INDEX extra ON child (parent); END IF; END $$;`;

/** Tables of a schema that only the search path names, of queries, and with parts. */
const PATHS = `CREATE SCHEMA billing; SET search_path TO billing, public;
CREATE TABLE payer (id bigint, country char(2), name varchar(80) NOT NULL DEFAULT '-', PRIMARY KEY (id, country));
CREATE TABLE bill (id bigserial PRIMARY KEY, payer_id bigint, payer_country char(2), total numeric(12,2),
  FOREIGN KEY (payer_id, payer_country) REFERENCES payer MATCH FULL);
CREATE TABLE bill_2024 AS SELECT * FROM bill WHERE id < 100;
CREATE TABLE payer_totals AS SELECT p.name, b.total::text AS shown, count(*) AS bills FROM payer p JOIN bill b ON b.payer_id = p.id GROUP BY 1, 2;
SET search_path TO DEFAULT;
CREATE TABLE entry (id bigint NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
ALTER TABLE entry ALTER note TYPE varchar(90), ADD seen boolean NOT NULL DEFAULT false;`;

/** Names that change, and what keeps the name that it has. */
const RENAMES = `CREATE TYPE mood AS ENUM ('CALM', 'LOUD'); CREATE DOMAIN code AS text; CREATE FUNCTION fresh() RETURNS text AS $$ SELECT 'x' $$ LANGUAGE sql IMMUTABLE;
CREATE TYPE span AS RANGE (subtype = int4);
CREATE SEQUENCE numbers; CREATE SEQUENCE others;
CREATE TABLE guest (id bigserial PRIMARY KEY, no serial, mood mood DEFAULT 'CALM'::mood, tag code DEFAULT fresh(), n int DEFAULT nextval('numbers'),
  stay span, o int DEFAULT nextval('public.others'), CHECK (tag <> fresh()));
CREATE INDEX guest_by_fresh ON guest ((tag || fresh())) WHERE mood <> 'LOUD'::mood;
ALTER TABLE guest RENAME TO visitor; ALTER TABLE visitor RENAME COLUMN no TO number;
ALTER SEQUENCE numbers RENAME TO counted; ALTER TABLE others RENAME TO further; ALTER SEQUENCE guest_no_seq RENAME TO visitor_numbers;
ALTER TYPE mood RENAME TO temper; ALTER TYPE temper RENAME VALUE 'CALM' TO 'MILD'; ALTER FUNCTION fresh RENAME TO made; ALTER DOMAIN code RENAME TO label;
ALTER TABLE visitor ADD COLUMN IF NOT EXISTS id bigint UNIQUE, ADD COLUMN IF NOT EXISTS seen int UNIQUE;`;

/** Tables that inherit take columns and checks, and neither keys nor indexes. */
const INHERITED = `CREATE TABLE event (id serial PRIMARY KEY, at date NOT NULL, note text, CHECK (id > 0));
CREATE TABLE event_old (CHECK (at < '2020-01-01')) INHERITS (event); CREATE TABLE event_new (LIKE event INCLUDING ALL);
ALTER TABLE event_new INHERIT event; CREATE TABLE event_older () INHERITS (event_old);
ALTER TABLE event ADD seen boolean NOT NULL DEFAULT false, ADD CONSTRAINT noted CHECK (note <> ''), DROP CONSTRAINT event_id_check;
ALTER TABLE event RENAME COLUMN note TO words; CREATE INDEX ON event (at); ALTER TABLE event RENAME TO happening;
ALTER TABLE happening ALTER words TYPE varchar(90), ALTER words SET DEFAULT '-';`;

/** What was a part keeps what it had of the whole. */
const DETACHED = `CREATE TABLE owner (id int PRIMARY KEY);
CREATE TABLE visit (id int NOT NULL, at date NOT NULL, owner_id int REFERENCES owner, PRIMARY KEY (id, at), CHECK (id > 0)) PARTITION BY RANGE (at);
CREATE INDEX visit_by_owner ON visit (owner_id) WHERE id > 5;
CREATE TABLE visit_2024 PARTITION OF visit FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE visit_2025 (LIKE visit INCLUDING ALL); ALTER TABLE visit ATTACH PARTITION visit_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE visit DETACH PARTITION visit_2024; ALTER TABLE visit DETACH PARTITION visit_2025;
ALTER TABLE visit ADD COLUMN note text; DROP INDEX visit_by_owner;
CREATE TABLE item (id int PRIMARY KEY, n int CHECK (n > 0)); CREATE TABLE item_old () INHERITS (item);
ALTER TABLE item_old NO INHERIT item; ALTER TABLE item ADD COLUMN word text, DROP CONSTRAINT item_n_check;`;

/** Tables of one name in several schemas: who is meant by which name, and who is left. */
const NAMESAKES = `CREATE TABLE parcel (id int PRIMARY KEY, note text); CREATE TABLE item (id int PRIMARY KEY, parcel_id int REFERENCES parcel);
CREATE SCHEMA old; CREATE TABLE IF NOT EXISTS old.parcel (LIKE public.parcel INCLUDING ALL);
CREATE TABLE old.item (id int PRIMARY KEY, parcel_id int REFERENCES old.parcel);
CREATE INDEX by_note ON old.parcel (note); CREATE INDEX by_note ON parcel (note); DROP INDEX old.by_note;
ALTER TABLE old.parcel ADD COLUMN kept date, ALTER note SET NOT NULL; ALTER TABLE parcel RENAME COLUMN note TO words;
CREATE SCHEMA depot; SET search_path TO depot, public; CREATE TABLE item (code text PRIMARY KEY); ALTER TABLE item ADD weight int;
CREATE INDEX by_weight ON item (weight); RESET search_path; ALTER INDEX depot.by_weight RENAME TO by_kilos;
CREATE TABLE box (id int); CREATE TABLE old.box (id int, sides int); DROP TABLE box; CREATE TABLE crate (id int);
CREATE SCHEMA shelf; ALTER TABLE depot.item SET SCHEMA shelf;`;

describeWithPostgres("the fold on a real server", (server) => {
  const compare = async (migrations: readonly (readonly [string, string])[]): Promise<void> => {
    const workspace = new TestWorkspace([]);
    await workspace.put(migrations.map(([name, text]) => [`src/main/resources/db/migration/${name}`, text]));
    const [schema] = workspace.workspace.model.schema.schemas();
    assert.ok(schema !== undefined);
    const [real, folded] = [server().database(), server().database()];
    for (const { file } of schema.migrations) real.run(workspace.texts.get(file) ?? "");
    folded.run(foldedDdl(schema, ({ file, start, end }) => workspace.texts.get(file)?.slice(start, end) ?? ""));
    const lines = real.catalog().filter((line) => !line.startsWith("trigger "));
    assert.deepEqual(folded.catalog(), lines);
    assert.ok(lines.length > 0);
  };

  it("is what the sample's migrations make", async () => {
    const names = readdirSync(SAMPLE).filter((name) => name.endsWith(".sql"));
    await compare(names.map((name) => [name, readFileSync(join(SAMPLE, name), "utf8")] as const));
  });

  it("is what rarer forms make", () => compare([["V1__forms.sql", FORMS]]));

  it("is what exclusion constraints make", () =>
    compare([
      [
        "V1__bookings.sql",
        `CREATE TABLE booking (id int PRIMARY KEY, begins date, ends date, place box, state text,
  CONSTRAINT apart EXCLUDE USING gist (daterange(begins, ends, '[)') WITH &&, place WITH &&) WHERE (state <> 'GONE'));
ALTER TABLE booking ADD EXCLUDE USING gist (place WITH OPERATOR(pg_catalog.~=)) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT once EXCLUDE (state WITH =, (lower(state)) WITH =) INCLUDE (id);`,
      ],
    ]));

  it("is what a search path, queries and partitioned tables make", () => compare([["V1__forms.sql", PATHS]]));
  it("is what schemas with tables of one name have", () => compare([["V1__namesakes.sql", NAMESAKES]]));
  it("is what is left after renames", () => compare([["V1__renames.sql", RENAMES]]));
  it("is what tables keep that are parts no more", () => compare([["V1__detached.sql", DETACHED]]));
  it("is what tables that inherit have", () => compare([["V1__inherited.sql", INHERITED]]));
});
