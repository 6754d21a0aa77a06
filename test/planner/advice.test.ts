import assert from "node:assert/strict";
import { advise } from "../../src/planner/advice/advice.ts";
import { isUnavailable, WhatIf } from "../../src/planner/whatIf.ts";
import { plannerOfSuite, schemaOf } from "./planners.ts";
import { queriesOf, statistics, TABLES } from "./ticketTables.ts";

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
  // bcgov's saga tables: the few that wait are looked for by a list of states, and the whole index would be walked for them.
  "the order of the first rows that have one of some states": {
    sql: ["SELECT * FROM tickets WHERE status = ANY($1) ORDER BY expires_at LIMIT 100"],
    indexes: [],
  },
  // qnop: an index on the shown name made the search for a rare one three times slower.
  "the order of the first rows that have a part of a text": {
    sql: ["SELECT * FROM owners WHERE ($1::text IS NULL OR lower(city) LIKE $1) ORDER BY email LIMIT 20"],
    indexes: [],
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
  // nyay-setu's users: PostgreSQL 15 read all that are not deleted, 14.3 ms where an index for the lookup takes 0.04.
  "two that go on differently, and none that goes on with both": {
    sql: [
      "SELECT * FROM mails WHERE read_at IS NULL AND member_id = $1",
      "SELECT count(id) FROM mails WHERE read_at IS NULL AND state = $1",
    ],
    indexes: [
      "CREATE INDEX idx_mails_read_at_member_id ON mails (read_at, member_id);",
      "CREATE INDEX idx_mails_read_at_state ON mails (read_at, state) INCLUDE (id);",
    ],
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
  // qnop: the pages of ten rows are in memory, whether they are looked at or not.
  "the key alone, for few rows of a table that fits memory": {
    sql: ["SELECT id FROM notes WHERE ticket_id = $1"],
    indexes: ["CREATE INDEX idx_notes_ticket_id ON notes (ticket_id);"],
  },
  "what carries a column, for few rows of a table that does not": {
    sql: ["SELECT id FROM notes WHERE ticket_id = $1"],
    rows: { notes: 200_000_000 },
    indexes: ["CREATE INDEX idx_notes_ticket_id ON notes (ticket_id) INCLUDE (id);"],
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
    indexes: ["CREATE INDEX idx_papers_deleted_work_id ON papers (deleted, work_id);"],
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

  for (const [what, { sql, indexes, rare, rows }] of Object.entries(CASES)) {
    it(what, async () => {
      const schema = await schemaOf(TABLES);
      const advice = await advise(
        new WhatIf(suite.planner, schema, statistics(schema, rare === true, rows)),
        queriesOf(sql, schema, suite.parser),
      );
      assert.ok(!isUnavailable(advice), JSON.stringify(advice));
      assert.deepEqual(
        advice.indexes.map((index) => index.sql),
        indexes,
      );
      for (const { queries: helped } of advice.indexes) assert.ok(helped.length > 0);
    });
  }
});
