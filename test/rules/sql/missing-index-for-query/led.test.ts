import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { ENTITIES, workspace } from "../ticketShop.ts";

/** Tickets with scans, neither of which has a foreign key that the database knows. */
const scans = (owner: string, methods: string): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, city text);
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid NOT NULL ${owner}, code text NOT NULL);
CREATE INDEX idx_tickets_owner ON tickets (owner_id);
CREATE TABLE scans (id uuid PRIMARY KEY, ticket_id uuid NOT NULL, gate text);${ENTITIES}
//- src/main/java/shop/Scan.java
package shop;
@Entity @Table(name = "scans")
class Scan { @Id UUID id; @ManyToOne @JoinColumn(name = "ticket_id") Ticket ticket; String gate; }
//- src/main/java/shop/ScanRepository.java
package shop;
interface ScanRepository extends JpaRepository<Scan, UUID> {
${methods}
}
`;

const ROLES = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE roles (id uuid PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE users (id uuid PRIMARY KEY, role_id uuid NOT NULL REFERENCES roles, email text);
//- src/main/java/shop/Role.java
package shop;
@Entity @Table(name = "roles")
class Role { @Id UUID id; String name; }
//- src/main/java/shop/User.java
package shop;
@Entity @Table(name = "users")
class User { @Id UUID id; @ManyToOne @JoinColumn(name = "role_id") Role role; String email; }
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> { List<User> findByRoleName(String name); }
`;

rule(missingIndexForQuery, {
  reports: {
    "rows of the one that another table is asked for, by a name": workspace(
      `  List<Ticket> findByOwnerEmail(String email);
             //^^^^^^^^^^^^^^^^ 💡 findByOwnerEmail filters tickets by owner_id without an index`,
    ),
    "by a path": workspace(
      `  @Query("select t from Ticket t where t.owner.email = :email")
  List<Ticket> of(String email);
             //^^ 💡 of filters tickets by owner_id without an index`,
    ),
    "by tables of SQL, whichever comes first": workspace(
      `  @Query(nativeQuery = true, value = "select t.* from tickets t left join users u on u.id = t.owner_id where u.email = :email")
  List<Ticket> of(String email);
             //^^ 💡 of filters tickets by owner_id without an index`,
    ),
    "with a column of its own": workspace(
      `  List<Ticket> findByOwnerEmailAndCode(String email, String code);
             //^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByOwnerEmailAndCode filters tickets by owner_id, code without an index`,
    ),
    "the rows of a few, which a foreign key finds": scans(
      "REFERENCES users",
      `  List<Scan> findByTicketOwnerId(UUID owner);
           //^^^^^^^^^^^^^^^^^^^ 💡 findByTicketOwnerId filters scans by ticket_id without an index`,
    ),
  },
  ignores: {
    "many rows of the other table": workspace(
      `  List<Ticket> findByOwnerCity(String city);`,
      `
//- src/main/resources/db/migration/V2__more.sql
CREATE INDEX idx_users_city ON users (city);`,
    ),
    "an index on the column": workspace(
      `  List<Ticket> findByOwnerEmail(String email);`,
      `
//- src/main/resources/db/migration/V2__more.sql
CREATE INDEX idx_tickets_owner ON tickets (owner_id);`,
    ),
    "what only the ON of an outer join asks for": workspace(
      `  @Query(nativeQuery = true, value = "select t.* from tickets t left join users u on u.id = t.owner_id and u.email = :email")
  List<Ticket> all(String email);`,
    ),
    "what must not exist": workspace(
      `  @Query("select t from Ticket t where not exists (select u from User u where u = t.owner and u.email = :email)")
  List<Ticket> ofOthers(String email);`,
    ),
    "one of two conditions": workspace(
      `  @Query("select t from Ticket t where t.owner.email = :email or t.expiresAt is null")
  List<Ticket> of(String email);`,
    ),
    "rows that a foreign key does not tell apart": scans("", `  List<Scan> findByTicketOwnerId(UUID owner);`),
    "a few kinds": ROLES,
  },
});
