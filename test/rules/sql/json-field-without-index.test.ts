import { jsonFieldWithoutIndex } from "../../../src/rules/sql/json-field-without-index.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const DOCUMENT = "ALTER TABLE tickets ADD COLUMN data jsonb;";

rule(jsonFieldWithoutIndex, {
  reports: {
    "a field": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.data ->> 'state' = :state", nativeQuery = true)
  List<Ticket> in(String state);
             //^^ 💡 in finds tickets by data ->> 'state' without an index on it`,
    }),
    // nakadi finds its subscriptions by three fields.
    "two fields": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.data ->> 'state' = :state AND t.data ->> 'group' = :group", nativeQuery = true)
  List<Ticket> in(String state, String group);
             //^^ 💡 in finds tickets by data ->> 'state', 'group' without an index on it`,
    }),
    // OpenLMIS/openlmis-requisition: Hibernate would read ":" as the beginning of a parameter
    "a field that is cast, its colons escaped": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE (t.data ->> 'parent')\\\\:\\\\:uuid = :parent", nativeQuery = true)
  List<Ticket> below(UUID parent);
             //^^^^^ 💡 below finds tickets by data ->> 'parent' without an index on it`,
    }),
    "what a document contains": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE data @> cast(:part as jsonb)", nativeQuery = true)
  List<Ticket> with(String part);
             //^^^^ 💡 with finds tickets by what data contains, without a GIN index`,
    }),
    "what a list and a vector of words hold": shop({
      sql: "ALTER TABLE tickets ADD COLUMN tags text[], ADD COLUMN words tsvector;",
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE tags && cast(:tags as text[])", nativeQuery = true)
  List<Ticket> tagged(String[] tags);
             //^^^^^^ 💡 tagged finds tickets by what tags contains, without a GIN index
  @Query(value = "SELECT * FROM tickets t WHERE t.words @@ plainto_tsquery('simple', :text)", nativeQuery = true)
  List<Ticket> saying(String text);
             //^^^^^^ 💡 saying finds tickets by what words contains, without a GIN index`,
    }),
    // PostgreSQL 15 reads the whole table for it, whatever indexes there are.
    "a value among those of a list, also where a GIN index holds them": shop({
      sql: "ALTER TABLE tickets ADD COLUMN tags text[]; CREATE INDEX tickets_tags ON tickets USING gin (tags);",
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE :tag = ANY(t.tags)", nativeQuery = true)
  List<Ticket> tagged(String tag);
             //^^^^^^ tagged finds tickets by = ANY(tags), which no index serves`,
    }),
  },
  applied: {
    "a field that is cast, its colons escaped": {
      difference: ["+ index CREATE INDEX idx_tickets_data_parent ON public.tickets USING btree ((((data ->> 'parent'::text))::uuid))"],
    },
  },
  ignores: {
    "a field that is cast to what hangs on settings: no index may hold it": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE (t.data ->> 'day')::date = :day", nativeQuery = true)
  List<Ticket> on(LocalDate day);`,
    }),
    "an index on what the cast gives": shop({
      sql: `${DOCUMENT} CREATE INDEX by_parent ON tickets (((data ->> 'parent')::uuid));`,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE (t.data ->> 'parent')\\\\:\\\\:uuid = :parent", nativeQuery = true)
  List<Ticket> below(UUID parent);`,
    }),
    "a value among those that the caller gives": shop({
      sql: "ALTER TABLE tickets ADD COLUMN tags text[]; CREATE INDEX tickets_status ON tickets (status);",
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.status = ANY(:tags)", nativeQuery = true)
  List<Ticket> in(String[] tags);`,
    }),
    "a value among those of the list of one row": shop({
      sql: "ALTER TABLE tickets ADD COLUMN tags text[];",
      tickets: `  @Query(value = "SELECT count(*) FROM tickets t WHERE t.id = :id AND :tag = ANY(t.tags)", nativeQuery = true)
  long has(UUID id, String tag);`,
    }),
    "a list with a GIN index, a vector with a GiST index, a range of times": shop({
      sql: `ALTER TABLE tickets ADD COLUMN tags text[], ADD COLUMN words tsvector, ADD COLUMN valid tstzrange;
CREATE INDEX tickets_tags ON tickets USING gin (tags);
CREATE INDEX tickets_words ON tickets USING gist (words);`,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE tags @> cast(:tags as text[])", nativeQuery = true)
  List<Ticket> tagged(String[] tags);
  @Query(value = "SELECT * FROM tickets t WHERE t.words @@ plainto_tsquery('simple', :text)", nativeQuery = true)
  List<Ticket> saying(String text);
  @Query(value = "SELECT * FROM tickets t WHERE t.valid @> now()", nativeQuery = true)
  List<Ticket> valid();`,
    }),
    "an index on the field": shop({
      sql: `${DOCUMENT}\nCREATE INDEX tickets_state ON tickets ((data ->> 'state'));`,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.data ->> 'state' = :state", nativeQuery = true)
  List<Ticket> in(String state);`,
    }),
    "an index on one of two fields": shop({
      sql: `${DOCUMENT}\nCREATE INDEX tickets_state ON tickets ((data ->> 'state'));`,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.data ->> 'group' = :group AND t.data ->> 'state' = :state", nativeQuery = true)
  List<Ticket> in(String state, String group);`,
    }),
    "a GIN index": shop({
      sql: `${DOCUMENT}\nCREATE INDEX tickets_data ON tickets USING gin (data);`,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE data @> cast(:part as jsonb)", nativeQuery = true)
  List<Ticket> with(String part);`,
    }),
    // nakadi's schemas: the name of the event type says more than the kind of its schema.
    "a column that an index would lead with": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.status = :status AND t.data ->> 'state' = :state", nativeQuery = true)
  List<Ticket> in(String status, String state);`,
    }),
    "a field that the caller names": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.data ->> :field = :value", nativeQuery = true)
  List<Ticket> where(String field, String value);`,
    }),
    "a row that its key finds": shop({
      sql: DOCUMENT,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.id = :id AND t.data ->> 'state' = :state", nativeQuery = true)
  Optional<Ticket> in(UUID id, String state);`,
    }),
  },
  fixes: {
    "what a list and a vector of words hold": `
//- src/main/resources/db/migration/V3__add_index_tickets_tags.sql
CREATE INDEX idx_tickets_tags ON tickets USING gin (tags);
`,
    "two fields": `
//- src/main/resources/db/migration/V3__add_index_tickets_data_state_group.sql
CREATE INDEX idx_tickets_data_state_group ON tickets ((data ->> 'state'), (data ->> 'group'));
`,
    "a field": `
//- src/main/resources/db/migration/V3__add_index_tickets_data_state.sql
CREATE INDEX idx_tickets_data_state ON tickets ((data ->> 'state'));
`,
    "what a document contains": `
//- src/main/resources/db/migration/V3__add_index_tickets_data.sql
CREATE INDEX idx_tickets_data ON tickets USING gin (data jsonb_path_ops);
`,
  },
});
