import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { ENTITIES, repository } from "../ticketShop.ts";

const schema = (reference: string, more = ""): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, city text);
CREATE TABLE tickets (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL ${reference}
  status varchar(20) NOT NULL,
  active boolean NOT NULL,
  code text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);${more}${ENTITIES}`;

/** Each of two files asks for the rows of an owner. */
const lookups = (other: string): string => `${repository("  List<Ticket> findByOwnerId(UUID owner);")}
//- src/main/java/shop/DeskRepository.java
package shop;
interface DeskRepository extends JpaRepository<Ticket, UUID> {
  ${other}
}
`;
const LOOKUPS = lookups("long countByOwnerId(UUID owner);");

rule(missingIndexForQuery, {
  reports: {
    "a column of that name that references nothing": `${schema(",")}${repository(
      `  List<Ticket> findByOwnerId(UUID owner);
             //^^^^^^^^^^^^^ 💡 findByOwnerId filters tickets by owner_id without an index`,
    )}
`,
  },
  ignores: {
    "only deletes by a foreign key": `${schema("REFERENCES users (id),")}${repository(
      '  @Modifying @Query("delete from Ticket t where t.owner = :owner") void drop(User owner);\n  void deleteByOwnerId(UUID owner);',
    )}
`,
    // Yanus306/yanus-groupware-BE: members of a team, asked for in three files and said four times.
    "a foreign key that speaks for the queries of all files": `${schema("REFERENCES users (id),")}${LOOKUPS}`,
    "who asks for more than a foreign key, which one index serves with it": `${schema("REFERENCES users (id),")}${lookups(
      "Optional<Ticket> findFirstByOwnerIdOrderByCreatedAtDesc(UUID owner);",
    )}`,
    "who names the key's column last": `${schema("REFERENCES users (id),")}${repository("  List<Ticket> findByCodeAndOwnerId(String code, UUID owner);")}
`,
  },
});

rule(foreignKeyWithoutIndex, {
  applied: {
    "a query that names the key's column last": {
      difference: ["+ index CREATE INDEX idx_tickets_owner_id_code ON public.tickets USING btree (owner_id, code)"],
    },
    "a key of two columns and a query that wants a third": {
      difference: ["+ index CREATE INDEX idx_stubs_hall_tier_taken_at ON public.stubs USING btree (hall, tier, taken_at)"],
    },
    "a foreign key and a query that wants more": {
      difference: ["+ index CREATE INDEX idx_tickets_owner_id_created_at ON public.tickets USING btree (owner_id, created_at)"],
    },
  },
  reports: {
    "a foreign key that speaks for the queries of all files": `${schema(`REFERENCES users (id),
                       --^^^^^^^^^^^^^^^^^^^^^ 💡 tickets.owner_id references users, and no index starts with it`)}${LOOKUPS}`,
    "a foreign key and a query that wants more": `${schema(`REFERENCES users (id),
                       --^^^^^^^^^^^^^^^^^^^^^ 💡 tickets.owner_id references users without an index; findFirstByOwnerIdOrderByCreatedAtDesc wants created_at behind it`)}${lookups(
      "Optional<Ticket> findFirstByOwnerIdOrderByCreatedAtDesc(UUID owner);",
    )}`,
    "a query that names the key's column last": `${schema(`REFERENCES users (id),
                       --^^^^^^^^^^^^^^^^^^^^^ 💡 tickets.owner_id references users without an index; findByCodeAndOwnerId wants code behind it`)}${repository(
      "  List<Ticket> findByCodeAndOwnerId(String code, UUID owner);",
    )}
`,
    "a key of two columns and a query that wants a third": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE seats (hall integer, tier integer, PRIMARY KEY (hall, tier));
CREATE TABLE stubs (id bigint PRIMARY KEY, hall integer NOT NULL, tier integer NOT NULL, taken_at timestamptz NOT NULL,
  FOREIGN KEY (hall, tier) REFERENCES seats);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 stubs(hall, tier) references seats without an index; findTop9ByHallAndTierOrderByTakenAt wants taken_at behind it
//- src/main/java/shop/Stub.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "stubs") class Stub { @Id Long id; Integer hall; Integer tier; @Column(name = "taken_at") Instant takenAt; }
//- src/main/java/shop/StubRepository.java
package shop;
interface StubRepository extends JpaRepository<Stub, Long> {
  List<Stub> findTop9ByHallAndTierOrderByTakenAt(Integer hall, Integer tier);
}
`,
  },
  ignores: {
    "an index for the longest of the queries serves the others": `${schema(
      "REFERENCES users (id),",
      "\nCREATE INDEX by_owner ON tickets (owner_id, created_at);",
    )}${LOOKUPS}`,
  },
});

const captions = (value: string, query: string, mark = ""): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE captions (id uuid PRIMARY KEY, name varchar(80) NOT NULL, value ${value} NOT NULL);
//- src/main/java/shop/Caption.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "captions") class Caption { @Id UUID id; String name; String value; }
//- src/main/java/shop/CaptionRepository.java
package shop;
interface CaptionRepository extends JpaRepository<Caption, UUID> {
  List<Caption> ${query};${mark}
}
`;
const BY_BOTH = "findByNameAndValue(String name, String value)";

rule(missingIndexForQuery, {
  applied: {
    "a text that may be longer than an index takes, left out of it": {
      difference: ["+ index CREATE INDEX idx_captions_name ON public.captions USING btree (name)"],
    },
    "a text of limited length": {
      difference: ["+ index CREATE INDEX idx_captions_name_value ON public.captions USING btree (name, value)"],
    },
  },
  reports: {
    // alf.io looks for a setting with a value, and keeps keys of services and whole texts in that column.
    "a text that may be longer than an index takes, left out of it": captions(
      "text",
      BY_BOTH,
      `
              //^^^^^^^^^^^^^^^^^^ 💡 findByNameAndValue filters captions by name without an index`,
    ),
    "a text of limited length": captions(
      "varchar(100)",
      BY_BOTH,
      `
              //^^^^^^^^^^^^^^^^^^ 💡 findByNameAndValue filters captions by name, value without an index`,
    ),
    "nothing but a text": captions(
      "text",
      "findByValue(String value)",
      `
              //^^^^^^^^^^^ 💡 findByValue filters captions by value without an index`,
    ),
  },
  ignores: {},
});
