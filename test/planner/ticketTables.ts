import assert from "node:assert/strict";
import type { Schema } from "../../src/model/schema/schema.ts";
import type { ColumnStatistics } from "../../src/model/schema/statistics.ts";
import type { AdvisedQuery } from "../../src/planner/advice/query.ts";
import { scansOf } from "../../src/planner/advice/scans.ts";
import { assumedStatistics, sizesOfSchema, withFile } from "../../src/planner/statistics/assumed.ts";
import type { Statistics } from "../../src/planner/statistics/statistics.ts";
import type { SqlParser } from "../../src/syntax/sql/sql.ts";

/** Tickets and what stands around them, for advice on indexes. */
export const TABLES = `
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

/** Assumed of a schema, with `rare` tickets whose status is skewed, and with the numbers of rows that are told. */
export function statistics(schema: Schema, rare: boolean, rows: Readonly<Record<string, number>> = {}): Statistics {
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

/** Statements as queries of an advice, "query 1" the first of them. */
export function queriesOf(sql: readonly string[], schema: Schema, parser: SqlParser): readonly AdvisedQuery[] {
  return sql.map((text, i) => {
    const parsed = parser.parse(text);
    assert.ok(parsed.ok);
    return { name: `query ${i + 1}`, sql: text, scans: scansOf(parsed.statements[0]?.stmt, schema) };
  });
}
