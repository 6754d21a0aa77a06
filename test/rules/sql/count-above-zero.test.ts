import { countAboveZero } from "../../../src/rules/sql/count-above-zero.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const hibernate = (version: string): string => `
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies><dependency>
<groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId><version>${version}</version></dependency></dependencies></project>
`;

rule(countAboveZero, {
  reports: {
    "native SQL": shop({
      tickets: `  @Query(value = "SELECT COUNT(*) > 0 FROM tickets t WHERE t.code LIKE :code || '%'", nativeQuery = true)
  boolean anyLike(String code);
        //^^^^^^^ 💡 anyLike counts every matching row of tickets only to compare the number with 0`,
    }),
    "JPQL as a case": `${shop({
      tickets: `  @Query("""
      select case when count(t) > 0 then true else false end
      from Ticket t
      where t.owner.city = :city
      """)
  boolean anyOf(String city);
        //^^^^^ 💡 anyOf counts every matching row of tickets only to compare the number with 0`,
    })}${hibernate("6.6.1.Final")}`,
    "JPQL in several literals, on a count of keys": `${shop({
      tickets: `  @Query("select (count(t.id) > 0) " + "from Ticket t where t.note = :note")
  Boolean anyNoted(String note);
        //^^^^^^^^ 💡`,
    })}${hibernate("7.1.0.Final")}`,
    "whether there is none, and what an index finds": shop({
      sql: "CREATE INDEX ON tickets (owner_id);",
      tickets: `  @Query(value = "SELECT count(*) = 0 FROM tickets WHERE code = :code", nativeQuery = true)
  boolean none(String code);
        //^^^^
  @Query("select count(t) > 0 from Ticket t where t.owner.id = :owner")
  boolean anyOf(UUID owner);
        //^^^^^`,
    }),
    "a part of a key, and a key of which many rows of another table give a part": shop({
      sql: "ALTER TABLE tickets ADD UNIQUE (owner_id, code);",
      tickets: `  @Query("select count(t) > 0 from Ticket t join t.owner o where t.code = :code and o.city = :city")
  boolean anyIn(String code, String city);
        //^^^^^
  @Query("select count(t) > 0 from Ticket t where t.code = :code")
  boolean any(String code);
        //^^^`,
    }),
    "a key, or a column of which many rows have a value": shop({
      sql: "ALTER TABLE tickets ADD UNIQUE (code);",
      tickets: `  @Query("select count(t) > 0 from Ticket t where t.code = :code or t.note = :note")
  boolean any(String code, String note);
        //^^^`,
    }),
    "a column that another database has an index for": `
//- src/main/resources/schema.sql
CREATE TABLE \`visit\` (\`id\` bigint NOT NULL AUTO_INCREMENT, \`code\` varchar(20), \`gone\` tinyint(1), PRIMARY KEY (\`id\`), KEY \`k\` (\`code\`)) ENGINE=InnoDB;
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends R2dbcRepository<Visit, Long> {
  @Query("SELECT COUNT(*) > 0 FROM visit WHERE code = :code AND gone = 0") Mono<Boolean> known(String code);
                                                                                       //^^^^^
}
//- src/main/java/shop/Visit.java
package shop;
@Table("visit") class Visit { @Id Long id; String code; Boolean gone; }
`,
    "SQL for a database that nobody knows": `
//- src/main/java/shop/Visit.java
package shop;
@Entity
class Visit { @Id UUID id; String page; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, UUID> {
  @Query(value = "SELECT COUNT(*) > 0 FROM visit WHERE page LIKE :page", nativeQuery = true)
  boolean anyLike(String page);
        //^^^^^^^
}
`,
    "a column that may be NULL": shop({
      tickets: `  @Query(value = "SELECT count(note) > 0 FROM tickets", nativeQuery = true)
  boolean anyNote();
        //^^^^^^^`,
    }),
  },
  ignores: {
    // tomzxy03/webquiz: one row for each side of the OR.
    "one of two keys, whatever else is asked": shop({
      sql: "ALTER TABLE tickets ADD UNIQUE (code), ADD UNIQUE (note);",
      tickets: `  @Query("select count(t) > 0 from Ticket t where (t.code = :code or t.note = :note) and t.createdAt > :from")
  boolean any(String code, String note, Instant from);`,
    }),
    "the number itself, a larger one, and EXISTS": shop({
      tickets: `  @Query("select count(t) from Ticket t")
  long number();
  @Query("select count(t) > 5 from Ticket t")
  boolean many();
  @Query(value = "SELECT EXISTS (SELECT 1 FROM tickets)", nativeQuery = true)
  boolean any();`,
    }),
    "a number of 1 at most": shop({
      users: `  @Query("select count(u) > 0 from User u where u.id = :id")
  boolean known(UUID id);`,
    }),
    "a key of the mapping, where the schema is not known": `
//- src/main/java/shop/Visit.java
package shop;
@Entity
class Visit { @Id UUID id; @Column(unique = true) String code; String page; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, UUID> {
  @Query("select count(v) > 0 from Visit v where v.id = :id and v.page = :page") boolean isOf(UUID id, String page);
  @Query("select count(v) > 0 from Visit v where v.code = :code") boolean known(String code);
}
`,
    "a key of which another table's key gives a part": shop({
      sql: "ALTER TABLE tickets ADD UNIQUE (owner_id, code);\nALTER TABLE users ADD UNIQUE (email);",
      tickets: `  @Query("select count(t) > 0 from Ticket t join t.owner o where t.code = :code and o.email = :email")
  boolean known(String code, String email);`,
    }),
    "a key in a script for another database": `
//- src/main/resources/schema.sql
CREATE TABLE \`visit\` (\`id\` bigint NOT NULL AUTO_INCREMENT, \`code\` varchar(20), \`gone\` tinyint(1), PRIMARY KEY (\`id\`), UNIQUE KEY \`uk\` (\`code\`)) ENGINE=InnoDB;
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends R2dbcRepository<Visit, Long> {
  @Query("SELECT COUNT(*) > 0 FROM visit WHERE code = :code AND gone = 0") Mono<Boolean> known(String code);
}
//- src/main/java/shop/Visit.java
package shop;
@Table("visit") class Visit { @Id Long id; String code; Boolean gone; }
`,
    groups: shop({
      tickets: `  @Query("select count(t) > 3 from Ticket t group by t.code having count(t) > 0")
  List<Boolean> groups();`,
    }),
    "few rows": shop({
      rows: { tickets: 100 },
      tickets: `  @Query("select count(t) > 0 from Ticket t where t.note = :note")
  boolean anyNoted(String note);`,
    }),
  },
  fixes: {
    "native SQL": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(value = "SELECT EXISTS (SELECT 1 FROM tickets t WHERE t.code LIKE :code || '%')", nativeQuery = true)
  boolean anyLike(String code);
}
`,
    "JPQL as a case": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("""
      select exists (select 1
      from Ticket t
      where t.owner.city = :city)
      """)
  boolean anyOf(String city);
}
`,
    "JPQL in several literals, on a count of keys": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("select exists (select 1 " + "from Ticket t where t.note = :note)")
  Boolean anyNoted(String note);
}
`,
  },
});
