import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { rule } from "../../../harness/rule.ts";

const USERS = "CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE);";

const shop = (tickets: string): string => `
//- src/main/java/shop/User.java
package shop;
@Entity @Table(name = "users") class User { @Id UUID id; String email; }
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket { @Id UUID id; @ManyToOne @JoinColumn(name = "owner_id") User owner; String code; }
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> { }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
${tickets}
}
//- src/main/java/shop/Desk.java
package shop;
@RestController class Desk { TicketRepository tickets;
  @GetMapping("/a") List<Ticket> of(String email) { return tickets.findByOwnerEmail(email); } }
`;

rule(foreignKeyWithoutIndex, {
  reports: {
    "a query that finds the parent first": `
//- db/migration/V1__init.sql
${USERS}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid NOT NULL REFERENCES users, code text);
                                                                --^^^^^^^^^^^^^^^^ 💡 tickets.owner_id references users, and no index starts with it
${shop(`  List<Ticket> findByOwnerEmail(String email);
             //~~~~~~~~~~~~~~~~ findByOwnerEmail finds rows by owner_id`)}`,
    "one that has an index for the other side of its OR": `
//- db/migration/V1__init.sql
${USERS}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid NOT NULL REFERENCES users, code text UNIQUE);
                                                                --^^^^^^^^^^^^^^^^ 💡 tickets.owner_id references users, and no index starts with it
${shop(`  List<Ticket> findByOwnerId(UUID owner);
             //~~~~~~~~~~~~~ findByOwnerId finds rows by owner_id
  List<Ticket> findByCodeOrOwnerId(String code, UUID owner);
             //~~~~~~~~~~~~~~~~~~~ findByCodeOrOwnerId finds rows by owner_id`)}`,
  },
  ignores: {
    "a query that finds many parents": `
//- db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL);
CREATE INDEX users_email ON users (email);
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid NOT NULL REFERENCES users, code text);
${shop("  List<Ticket> findByOwnerEmail(String email);")}`,
  },
});
