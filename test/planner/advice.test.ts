import assert from "node:assert/strict";
import type { Schema } from "../../src/model/schema/schema.ts";
import type { ColumnStatistics } from "../../src/model/schema/statistics.ts";
import { advise } from "../../src/planner/advice/advice.ts";
import { advisedQuery } from "../../src/planner/advice/advisedQuery.ts";
import { dispensable } from "../../src/planner/advice/dispensable.ts";
import type { AdvisedQuery } from "../../src/planner/advice/query.ts";
import { scansOf } from "../../src/planner/advice/scans.ts";
import { assumedStatistics, sizesOfSchema, withFile } from "../../src/planner/statistics/assumed.ts";
import type { Statistics } from "../../src/planner/statistics/statistics.ts";
import { isUnavailable, WhatIf } from "../../src/planner/whatIf.ts";
import { plannerOfSuite, schemaOf } from "./planners.ts";

const TABLES = `
CREATE TABLE kinds (id int PRIMARY KEY, name text);
INSERT INTO kinds VALUES (1, 'a'), (2, 'b'), (3, 'c');
CREATE TABLE owners (id bigint PRIMARY KEY, email text NOT NULL, city text);
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES owners (id), kind_id int REFERENCES kinds (id),
  status text NOT NULL, note text, tags jsonb, expires_at timestamptz NOT NULL);
CREATE TABLE notes (id bigint PRIMARY KEY, ticket_id bigint NOT NULL REFERENCES tickets (id), note text);
CREATE TABLE calls (id bigint PRIMARY KEY, at timestamptz NOT NULL, state text NOT NULL, caller_id bigint NOT NULL, note text);
CREATE INDEX calls_at_state ON calls (at, state);
CREATE TABLE events (id bigint PRIMARY KEY, kind text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE lines (id bigint PRIMARY KEY, ticket_id bigint NOT NULL REFERENCES tickets (id), state text NOT NULL, amount int NOT NULL, note text);
CREATE INDEX lines_ticket ON lines (ticket_id);
CREATE INDEX lines_state ON lines (state);
CREATE TABLE cards (id uuid PRIMARY KEY, place_id uuid NOT NULL, program_id uuid NOT NULL, item_id uuid NOT NULL, kind text NOT NULL,
  at timestamptz NOT NULL);
CREATE INDEX cards_kind_item ON cards (kind, item_id);
CREATE INDEX cards_place_program_item ON cards (place_id, program_id, item_id);
CREATE TABLE papers (id uuid PRIMARY KEY, work_id uuid NOT NULL, deleted boolean NOT NULL, title text,
  body text, author text, publisher text, place text, remarks text, source text, origin text);
CREATE INDEX papers_deleted ON papers (deleted);
CREATE TABLE mails (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, sent_at timestamptz, sent boolean NOT NULL, reminder_sent boolean NOT NULL, read_at timestamptz,
  state text NOT NULL, member_id bigint NOT NULL);
`;

/** Statements, and the indexes that are advised for them. */
const CASES: Readonly<
  Record<
    string,
    {
      readonly sql: readonly string[];
      readonly indexes: readonly string[];
      readonly rare?: boolean;
      readonly rows?: Readonly<Record<string, number>>;
    }
  >
> = {
  equality: {
    sql: ["SELECT * FROM tickets WHERE owner_id = $1"],
    indexes: ["CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);"],
  },
  "equality and order of the first rows": {
    sql: ["SELECT * FROM tickets WHERE status = $1 ORDER BY expires_at DESC LIMIT 20"],
    indexes: ["CREATE INDEX idx_tickets_status_expires_at ON tickets (status, expires_at);"],
  },
  "a mixture of directions": {
    sql: ["SELECT * FROM tickets ORDER BY status, expires_at DESC LIMIT 20"],
    indexes: ["CREATE INDEX idx_tickets_status_expires_at ON tickets (status, expires_at DESC);"],
  },
  "one index for several queries": {
    sql: [
      "SELECT * FROM tickets WHERE owner_id = $1 AND status = $2 ORDER BY expires_at LIMIT 1",
      "SELECT * FROM tickets WHERE owner_id = $1",
    ],
    indexes: ["CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);"],
  },
  // georchestra: mails by sender, and by recipient
  "a column each of two queries": {
    sql: ["SELECT * FROM owners WHERE email = $1 ORDER BY id DESC", "SELECT * FROM owners WHERE city = $1 ORDER BY id DESC"],
    indexes: ["CREATE INDEX idx_owners_city ON owners (city);", "CREATE INDEX idx_owners_email ON owners (email);"],
  },
  "the other side of a join": {
    sql: ["SELECT t.* FROM owners o JOIN tickets t ON t.owner_id = o.id WHERE o.id = $1"],
    indexes: ["CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);"],
  },
  "a subquery": {
    sql: ["SELECT * FROM kinds k WHERE EXISTS (SELECT 1 FROM tickets t WHERE t.owner_id = $1)", "DELETE FROM tickets WHERE owner_id = $1"],
    indexes: ["CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);"],
  },
  "what a function makes of a column": {
    sql: ["SELECT * FROM owners WHERE lower(email) = lower($1)"],
    indexes: ["CREATE INDEX idx_owners_lower_email ON owners ((lower(email)));"],
  },
  "a pattern without a fixed beginning": {
    sql: ["SELECT * FROM tickets WHERE note LIKE '%broken%'"],
    indexes: ["CREATE INDEX idx_tickets_note ON tickets USING gin (note gin_trgm_ops);"],
  },
  "documents that contain something": {
    sql: [`SELECT * FROM tickets WHERE tags @> '{"a": 1}'`],
    indexes: ["CREATE INDEX idx_tickets_tags ON tickets USING gin (tags jsonb_path_ops);"],
  },
  "a constant that is rare, as the statistics say": {
    sql: ["SELECT * FROM tickets WHERE status = 'ISSUED' AND expires_at < $1"],
    rare: true,
    indexes: ["CREATE INDEX idx_tickets_expires_at_partial ON tickets (expires_at) WHERE status = 'ISSUED';"],
  },
  "the rows of a queue that are still to do, in their order": {
    sql: ["SELECT * FROM mails WHERE sent_at IS NULL ORDER BY created_at LIMIT 100"],
    indexes: ["CREATE INDEX idx_mails_created_at_partial ON mails (created_at) WHERE sent_at IS NULL;"],
  },
  "the rows that a flag says are still to do": {
    sql: ["SELECT * FROM mails WHERE sent = false AND created_at < $1 ORDER BY created_at LIMIT 100", "SELECT * FROM mails WHERE NOT sent"],
    indexes: ["CREATE INDEX idx_mails_created_at_partial ON mails (created_at) WHERE sent = false;"],
  },
  "the rows with a flag of which nobody says how many there are": {
    sql: ["SELECT * FROM mails WHERE reminder_sent ORDER BY created_at LIMIT 100"],
    indexes: ["CREATE INDEX idx_mails_created_at_partial ON mails (created_at) WHERE reminder_sent = true;"],
  },
  "a flag that a parameter gives, and the order of the first rows": {
    sql: ["SELECT * FROM mails WHERE reminder_sent = $1 ORDER BY created_at LIMIT 100"],
    indexes: ["CREATE INDEX idx_mails_reminder_sent_created_at ON mails (reminder_sent, created_at);"],
  },
  "one index for who asks for a flag and who does not": {
    sql: [
      "SELECT * FROM mails WHERE reminder_sent = $1 ORDER BY created_at LIMIT 100",
      "SELECT * FROM mails ORDER BY created_at LIMIT 100",
    ],
    indexes: ["CREATE INDEX idx_mails_created_at ON mails (created_at);"],
  },
  // alf.io: a reminder is sent for few rows, those of one kind.
  "no condition on a flag about something of the row": {
    sql: ["SELECT * FROM mails WHERE member_id = $1 AND reminder_sent = false"],
    indexes: ["CREATE INDEX idx_mails_member_id ON mails (member_id);"],
  },
  "the rows of a state that they leave": {
    sql: ["SELECT * FROM mails WHERE state = 'PENDING' ORDER BY created_at LIMIT 100"],
    indexes: ["CREATE INDEX idx_mails_created_at_partial ON mails (created_at) WHERE state = 'PENDING';"],
  },
  "the rows of a state that they keep": {
    sql: ["SELECT * FROM mails WHERE state = 'DONE' ORDER BY created_at LIMIT 100"],
    indexes: ["CREATE INDEX idx_mails_state_created_at ON mails (state, created_at);"],
  },
  "nothing for a time that says nothing of work": {
    sql: ["SELECT * FROM mails WHERE read_at IS NULL ORDER BY created_at LIMIT 100"],
    indexes: [],
  },
  "two indexes of one join, of which the second helps only beside the first": {
    sql: ["SELECT n.* FROM notes n WHERE n.ticket_id IN (SELECT t.id FROM tickets t WHERE t.owner_id = $1)"],
    indexes: ["CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);", "CREATE INDEX idx_notes_ticket_id ON notes (ticket_id);"],
  },
  "a list that a subquery gives": {
    sql: ["SELECT * FROM tickets WHERE owner_id IN (SELECT id FROM owners WHERE id = ANY ($1))"],
    indexes: ["CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);"],
  },
  "what a cast makes of a column": {
    sql: ["SELECT * FROM tickets WHERE (owner_id)::text = $1"],
    indexes: ["CREATE INDEX idx_tickets_owner_id_text ON tickets (((owner_id)::text));"],
  },
  "nothing for a function that may give something else tomorrow": {
    sql: ["SELECT * FROM tickets WHERE date(expires_at) = $1"],
    indexes: [],
  },
  "the first rows in the order of what is computed": {
    sql: ["SELECT * FROM owners ORDER BY lower(city) LIMIT 10"],
    indexes: ["CREATE INDEX idx_owners_lower_city ON owners ((lower(city)));"],
  },
  "one index for a lookup and for a narrower one": {
    sql: [
      "SELECT status FROM tickets WHERE kind_id = $1 AND status = $2 AND note = $3",
      "SELECT count(*) FROM tickets WHERE status = $1 AND note = $2",
    ],
    indexes: ["CREATE INDEX idx_tickets_note_status_kind_id ON tickets (note, status, kind_id);"],
  },
  "one index for what two queries need besides their key": {
    sql: ["SELECT kind_id FROM tickets WHERE status = $1", "SELECT owner_id FROM tickets WHERE status = $1"],
    indexes: ["CREATE INDEX idx_tickets_status ON tickets (status) INCLUDE (kind_id, owner_id);"],
  },
  // navikt/fp-abakus: five of eight advices were indexes on keys that have one, to spare a clean-up some of 430
  "nothing that only carries a column, for few rows that an index finds": {
    sql: ["SELECT id FROM lines WHERE ticket_id = $1"],
    indexes: [],
  },
  "what carries a column, for many rows that an index finds": {
    sql: ["SELECT sum(amount) FROM lines WHERE state = $1"],
    indexes: ["CREATE INDEX idx_lines_state ON lines (state) INCLUDE (amount);"],
  },
  // bcgov's student data collection: four indexes that began with one key, each to spare a count of one school some of 50 to 230
  "nothing that finds fewer of the few rows that an index finds": {
    sql: ["SELECT * FROM lines WHERE ticket_id = ANY ($1) AND amount = $2"],
    indexes: [],
  },
  "what finds fewer of the many rows that an index finds, in the place of that": {
    sql: ["SELECT * FROM lines WHERE amount = $1 AND state = $2", "SELECT * FROM lines WHERE state = $1 LIMIT 5"],
    indexes: ["CREATE INDEX idx_lines_state_amount ON lines (state, amount);"],
  },
  "one index in the place of the one that is there, for a count and for a lookup": {
    sql: ["SELECT count(id) FROM papers WHERE deleted = $1", "SELECT * FROM papers WHERE work_id = ANY ($1) AND deleted = $2"],
    indexes: ["CREATE INDEX idx_papers_deleted_work_id ON papers (deleted, work_id) INCLUDE (id);"],
  },
  // Of several keys PostgreSQL believes less that rows lie in the order of the first: alone it always looks better.
  "nothing beside a longer index that begins with the same key": {
    sql: ["SELECT caller_id FROM calls WHERE at > $1 AND at < $2", "SELECT * FROM calls WHERE at > $1 AND at < $2"],
    indexes: [],
  },
  // OpenLMIS/openlmis-stockmanagement: two more indexes of the columns that one has, since the planner counts a descent for each pair of
  // elements of two lists, and for each element of one where a column lies between
  "nothing that finds the same rows as an index that is there, in another order of its columns": {
    sql: [
      "SELECT * FROM cards WHERE place_id = ANY ($1) AND program_id = ANY ($2)",
      "SELECT * FROM cards WHERE place_id = $1 AND item_id = ANY ($2) AND program_id = ANY ($3)",
    ],
    indexes: [],
  },
  "what finds fewer rows than the index that is there": {
    sql: ["SELECT * FROM cards WHERE program_id = $1 AND item_id = ANY ($2)"],
    indexes: ["CREATE INDEX idx_cards_program_id ON cards (program_id);"],
  },
  "what gives an order that the index that is there does not": {
    sql: [
      "SELECT * FROM cards WHERE kind = $1 ORDER BY at DESC LIMIT 10",
      "SELECT * FROM cards WHERE kind = $1 AND item_id = ANY ($2) ORDER BY at LIMIT 10",
    ],
    indexes: ["CREATE INDEX idx_cards_kind_at ON cards (kind, at);"],
  },
  "nothing for a range alone, of a huge table that is written in order neither": {
    sql: ["SELECT count(*) FROM events WHERE created_at > $1 AND kind <> 'x'"],
    rows: { events: 50_000_000 },
    indexes: [],
  },
  "nothing for what there is an index for": { sql: ["SELECT * FROM tickets WHERE id = $1"], indexes: [] },
  "nothing for a small table": { sql: ["SELECT * FROM kinds WHERE name = $1"], indexes: [] },
  "nothing for a whole table in an order that another query wants of few rows": {
    sql: [
      "SELECT * FROM tickets ORDER BY status, expires_at",
      "SELECT * FROM tickets WHERE id = $1 AND expires_at > $2 ORDER BY status, expires_at",
    ],
    indexes: [],
  },
  "nothing for what reads most of the table": {
    sql: ["SELECT * FROM tickets WHERE expires_at > $1", "SELECT count(*) FROM tickets"],
    indexes: [],
  },
  "nothing for a range alone, of which nobody knows how much it leaves": {
    sql: ["SELECT count(*) FROM tickets WHERE expires_at > $1"],
    indexes: [],
  },
  "nothing for a statement that does not plan": { sql: ["SELECT * FROM reports WHERE id = $1"], indexes: [] },
};

describe("advice", function () {
  this.timeout(60_000);
  const suite = plannerOfSuite();
  const { parser } = suite;

  for (const [what, { sql, indexes, rare, rows }] of Object.entries(CASES)) {
    it(what, async () => {
      const schema = await schemaOf(TABLES);
      const advice = await advise(new WhatIf(suite.planner, schema, statistics(schema, rare === true, rows)), queries(sql, schema));
      assert.ok(!isUnavailable(advice), JSON.stringify(advice));
      assert.deepEqual(
        advice.indexes.map((index) => index.sql),
        indexes,
      );
      for (const { queries: helped } of advice.indexes) assert.ok(helped.length > 0);
    });
  }

  it("says what an index replaces, and keeps what a query would miss", async () => {
    const schema = await schemaOf(
      `${TABLES} CREATE INDEX tickets_by_status ON tickets (status); CREATE INDEX tickets_by_owner ON tickets (owner_id);`,
    );
    const whatIf = new WhatIf(suite.planner, schema, statistics(schema, false));
    const asked = queries(
      ["SELECT * FROM tickets WHERE status = $1 ORDER BY expires_at LIMIT 20", "SELECT * FROM tickets WHERE owner_id = $1"],
      schema,
    );
    const advice = await advise(whatIf, asked);
    assert.ok(!isUnavailable(advice));
    assert.deepEqual(
      advice.indexes.map(({ sql, replaces }) => [sql, replaces.map(({ name }) => name)]),
      [["CREATE INDEX idx_tickets_status_expires_at ON tickets (status, expires_at);", ["tickets_by_status"]]],
    );
    const there = schema.tables.get("tickets")?.indexes ?? [];
    const gone = await dispensable(whatIf, there, asked);
    assert.ok(!isUnavailable(gone));
    assert.deepEqual(
      gone.map(({ name }) => name),
      ["tickets_pkey"],
    );
  });

  it("weighs queries by how often they are sent, and says what an index costs", async () => {
    const schema = await schemaOf(TABLES);
    const heat = (often: "often" | "seldom", by: string) => ({ often, by, weight: often === "often" ? 1 : 0.01 });
    const [nightly, asked, insert, update] = [
      "SELECT * FROM tickets WHERE note = $1 AND kind_id = $2 AND owner_id > 0",
      "SELECT * FROM owners WHERE city = $1",
      "INSERT INTO tickets (id, owner_id) VALUES ($1, $2)",
      "UPDATE tickets SET note = $1 WHERE id = $2",
    ].map((sql) => parsed(sql, schema));
    assert.ok(nightly !== undefined && asked !== undefined && insert !== undefined && update !== undefined);
    const advice = await advise(new WhatIf(suite.planner, schema, statistics(schema, false)), [
      { ...nightly, heat: heat("seldom", "@Scheduled purge") },
      { ...asked, heat: heat("often", "GET /owners") },
      insert,
      update,
    ]);
    assert.ok(!isUnavailable(advice));
    assert.deepEqual(
      advice.indexes.map(({ index, remarks }) => [index.name, remarks]),
      [
        ["idx_owners_city", []],
        [
          "idx_tickets_note_kind_id",
          [
            "it is read seldom: @Scheduled purge",
            `${insert.name} writes it with each row`,
            `${update.name} sets note: each update writes it, and is HOT no more`,
          ],
        ],
      ],
    );
  });

  it("plans for the most common value too, where statistics know it", async () => {
    const schema = await schemaOf(TABLES);
    const advice = await advise(
      new WhatIf(suite.planner, schema, statistics(schema, true)),
      queries(
        [
          "SELECT * FROM tickets WHERE status = $1 AND owner_id = $2",
          "SELECT * FROM tickets WHERE kind_id = $1",
          "SELECT * FROM tickets WHERE status = $1 AND note <> 'costs $1'",
        ],
        schema,
      ),
    );
    assert.ok(!isUnavailable(advice));
    const [first, second, third] = advice.queries;
    assert.deepEqual(first?.common?.values, ["status = 'EXPIRED', 90 % of the rows"]);
    assert.equal(first?.common?.before.ok && first.before.ok, true);
    assert.equal(second?.common, undefined);
    // A value in the text would end it.
    assert.equal(third?.common?.before.ok, true);
  });

  it("gives parameters the types that a driver would", async () => {
    const schema = await schemaOf(TABLES);
    const advice = await advise(
      new WhatIf(suite.planner, schema, statistics(schema, false)),
      queries(["SELECT * FROM tickets WHERE ($1 IS NULL OR owner_id = $1) AND kind_id = $2"], schema),
    );
    assert.ok(!isUnavailable(advice));
    assert.equal(
      advice.queries[0]?.query.sql,
      "SELECT * FROM tickets WHERE ($1::bigint IS NULL OR owner_id = $1::bigint) AND kind_id = $2::integer",
    );
    assert.equal(advice.queries[0]?.before.ok, true);
  });

  function parsed(sql: string, schema: Schema): AdvisedQuery {
    const read = advisedQuery(sql.slice(0, 20), sql, schema, parser);
    assert.ok(!("why" in read));
    return read;
  }

  function queries(sql: readonly string[], schema: Schema): readonly AdvisedQuery[] {
    return sql.map((text, i) => {
      const parsed = parser.parse(text);
      assert.ok(parsed.ok);
      return { name: `query ${i + 1}`, sql: text, scans: scansOf(parsed.statements[0]?.stmt, schema) };
    });
  }
});

function statistics(schema: Schema, rare: boolean, rows: Readonly<Record<string, number>> = {}): Statistics {
  const assumed = assumedStatistics(
    schema,
    sizesOfSchema(({ name }) => rows[name]),
    "usual",
  );
  const tickets = assumed.tables.get("tickets");
  if (!rare || tickets === undefined) return assumed;
  const status: ColumnStatistics = {
    nullFraction: 0,
    distinct: 3,
    averageBytes: 7,
    correlation: 0,
    mostCommon: { values: "{EXPIRED,USED,ISSUED}", frequencies: [0.9, 0.098, 0.002] },
    histogram: undefined,
  };
  const tables = new Map([["tickets", { ...tickets, columns: new Map(tickets.columns).set("status", status) }]]);
  return withFile(assumed, { tables, indexes: new Map(), settings: {} }, "production");
}
