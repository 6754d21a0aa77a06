import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";

/** Persons with their numbers, a view, and a statement that asks it. */
const registry = (view: string, sql: string, found = "", more = ""): string => `
//- src/main/resources/db/migration/V1__persons.sql
CREATE TABLE persons (id bigint PRIMARY KEY, born date NOT NULL, district_id bigint NOT NULL);
CREATE TABLE numbers (id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES persons, number text NOT NULL, issued_at timestamptz NOT NULL);
CREATE INDEX ON numbers (person_id);
${more}
${view}
//- src/main/java/Registry.java
interface Registry {
  @Query("${sql}")
  List<Person> find(@Bind("value") String value);
             ${found === "" ? "" : `//^^^^ 💡 ${found}`}
}
`;

const VIEW =
  "CREATE VIEW numbered AS SELECT n.number AS value, p.*, lower(n.number) AS small, n.issued_at FROM numbers n JOIN persons p ON p.id = n.person_id WHERE p.born > '1900-01-01';";
const BY_VALUE = "SELECT id FROM numbered WHERE value = :value";

rule(missingIndexForQuery, {
  reports: {
    // veilarbportefolje: identities by each of their two numbers
    "a column of a table that a view shows under another name": registry(VIEW, BY_VALUE, "find filters numbers by number without an index"),
    "a column that a view takes with all others": registry(
      VIEW,
      "SELECT v.value FROM numbered v WHERE v.district_id = :value AND v.small = 'x'",
      "find filters persons by district_id without an index",
    ),
    "a view whose columns have names of their own": registry(
      "CREATE VIEW numbered (who, value) AS SELECT person_id, number FROM numbers;",
      BY_VALUE,
      "find filters numbers by number without an index",
    ),
    "a view of a view": registry(
      "CREATE VIEW plain AS SELECT id, number AS shown FROM numbers; CREATE VIEW numbered AS SELECT id, shown AS value FROM plain;",
      BY_VALUE,
      "find filters numbers by number without an index",
    ),
    "an order that a view shows": registry(
      VIEW,
      "SELECT id FROM numbered WHERE value = :value ORDER BY issued_at LIMIT 1",
      "find reads numbers by number in order of issued_at without an index",
    ),
  },
  ignores: {
    "an index on what the view shows": registry(VIEW, BY_VALUE, "", "CREATE INDEX ON numbers (number);"),
    "what the view computes": registry(VIEW, "SELECT id FROM numbered WHERE small = :value"),
    "a view that groups": registry(
      "CREATE VIEW numbered AS SELECT number AS value, count(*) AS id FROM numbers GROUP BY number;",
      BY_VALUE,
    ),
    "a view of an aggregate": registry("CREATE VIEW numbered AS SELECT max(number) AS value, 1 AS id FROM numbers;", BY_VALUE),
    "a view of the first rows": registry(
      "CREATE VIEW numbered AS SELECT id, number AS value FROM numbers ORDER BY issued_at LIMIT 5;",
      BY_VALUE,
    ),
    "a view of several results": registry(
      "CREATE VIEW numbered AS SELECT id, number AS value FROM numbers UNION ALL SELECT id, born::text FROM persons;",
      BY_VALUE,
    ),
    "a view of a grouped view": registry(
      "CREATE VIEW counted AS SELECT number, count(*) AS id FROM numbers GROUP BY number; CREATE VIEW numbered AS SELECT id, number AS value FROM counted;",
      BY_VALUE,
    ),
    "a table that nobody knows": registry("CREATE VIEW numbered AS SELECT e.*, number AS value FROM elsewhere e, numbers n;", BY_VALUE),
  },
});
