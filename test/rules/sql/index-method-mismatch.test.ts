import { indexMethodMismatch } from "../../../src/rules/sql/index-method-mismatch.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const TICKETS =
  "CREATE TABLE tickets (id int PRIMARY KEY, tags text[], data jsonb, words tsvector, place geometry(Point, 4326), area hstore);";

rule(indexMethodMismatch, {
  reports: {
    "an array": `
//- db/migration/V1__init.sql
${TICKETS}
  CREATE INDEX tickets_tags ON tickets (tags);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tickets_tags is a B-tree on text[]: only a whole tags is found by it, not elements in it
`,
    "a document and a text vector": `
//- db/migration/V1__init.sql
${TICKETS}
  CREATE INDEX tickets_data ON tickets (data);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tickets_data is a B-tree on jsonb: only a whole data is found by it, not fields in it
  CREATE INDEX tickets_words ON tickets USING btree (words DESC);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tickets_words is a B-tree on tsvector: only a whole words is found by it, not words in it
`,
    "a place and a map": `
//- db/migration/V1__init.sql
${TICKETS}
  CREATE INDEX tickets_place ON tickets (place);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tickets_place is a B-tree on geometry(point,4326): only a whole place is found by it, not what lies in or near it
  CREATE INDEX tickets_area ON tickets (area);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tickets_area is a B-tree on hstore: only a whole area is found by it, not keys in it
`,
    "a query that looks into it": shop({
      sql: `ALTER TABLE tickets ADD COLUMN data jsonb;
  CREATE INDEX tickets_data ON tickets (data);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE data @> cast(:part as jsonb)", nativeQuery = true)
  List<Ticket> with(String part);`,
    }),
  },
  ignores: {
    "other kinds of indexes, several columns, constraints, some of the rows": `
//- db/migration/V1__init.sql
${TICKETS}
CREATE INDEX tickets_tags ON tickets USING gin (tags);
CREATE INDEX tickets_place ON tickets USING gist (place);
CREATE INDEX tickets_two ON tickets (id, data);
CREATE INDEX tickets_with ON tickets (tags) INCLUDE (id);
CREATE UNIQUE INDEX tickets_once ON tickets (tags);
CREATE INDEX tickets_some ON tickets (data) WHERE data IS NOT NULL;
CREATE INDEX tickets_field ON tickets ((data ->> 'state'));
CREATE INDEX tickets_id ON tickets (id);
`,
    "the whole value is compared": shop({
      sql: "ALTER TABLE tickets ADD COLUMN tags text[];\nCREATE INDEX tickets_tags ON tickets (tags);",
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE tags = :tags", nativeQuery = true)
  List<Ticket> with(String[] tags);`,
    }),
    "rows are sorted by it": shop({
      sql: "ALTER TABLE tickets ADD COLUMN tags text[];\nCREATE INDEX tickets_tags ON tickets (tags);",
      tickets: `  @Query(value = "SELECT * FROM tickets t ORDER BY t.tags LIMIT 10", nativeQuery = true)
  List<Ticket> first();`,
    }),
  },
});
