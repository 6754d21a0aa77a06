/** Workspaces for the tests of sql/missing-index-for-query: tickets that belong to users. */

export const SCHEMA = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, city text);
CREATE TABLE tickets (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL,
  status varchar(20) NOT NULL,
  active boolean NOT NULL,
  code text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);
`.trimEnd();

export const ENTITIES = `
//- src/main/java/shop/User.java
package shop;
@Entity @Table(name = "users")
class User { @Id UUID id; String email; String city; }
//- src/main/java/shop/TicketStatus.java
package shop;
enum TicketStatus { ISSUED, USED }
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket {
  @Id UUID id;
  @ManyToOne @JoinColumn(name = "owner_id") User owner;
  @Enumerated(EnumType.STRING) TicketStatus status;
  boolean active;
  String code;
  Instant expiresAt;
  Instant createdAt;
}
`.trimEnd();

export const repository = (methods: string): string => `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
${methods}
}`;

export const workspace = (methods: string, more = ""): string => `${SCHEMA}${ENTITIES}${repository(methods)}${more}\n`;
