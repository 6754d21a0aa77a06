import assert from "node:assert/strict";
import type { Model } from "../../../src/model/model.ts";

/** Tables, entities and the beginning of a repository, for the tests of SQL. */
export const MODEL = `
//- src/main/resources/db/migration/V1__all.sql
CREATE TABLE owners (id bigint PRIMARY KEY, "order" text, city text);
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint REFERENCES owners (id), status text, kind int, paid boolean, price_amount numeric, expires_at timestamptz);
CREATE TABLE notes (id bigint PRIMARY KEY, ticket_id bigint REFERENCES tickets (id), text text);
CREATE TABLE ticket_tags (ticket_id bigint, tag_id bigint);
CREATE TABLE tags (id bigint PRIMARY KEY, name text);
CREATE TABLE events (id bigint PRIMARY KEY, code text UNIQUE, city text);
CREATE TABLE seats (id bigint PRIMARY KEY, event text REFERENCES events (code));
//- src/main/java/a/Owner.java
package a;
@Entity @Table(name = "owners") class Owner { @Id Long id; @Column(name = "order") String name; String city; @OneToMany(mappedBy = "owner") List<Ticket> tickets; }
//- src/main/java/a/Ticket.java
package a;
@Entity @Table(name = "tickets") class Ticket {
  @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Owner owner; @Enumerated(EnumType.STRING) Status status; Kind kind; Boolean paid; Instant expiresAt;
  @Embedded @AttributeOverride(name = "amount", column = @Column(name = "price_amount")) Price price;
  @OneToMany(mappedBy = "ticket") List<Note> notes;
  @ManyToMany @JoinTable(name = "ticket_tags", joinColumns = @JoinColumn(name = "ticket_id"), inverseJoinColumns = @JoinColumn(name = "tag_id")) Set<Tag> tags;
}
//- src/main/java/a/Note.java
package a;
@Entity @Table(name = "notes") class Note { @Id Long id; @ManyToOne Ticket ticket; String text; }
//- src/main/java/a/Tag.java
package a;
@Entity @Table(name = "tags") class Tag { @Id Long id; String name; }
//- src/main/java/a/Price.java
package a;
@Embeddable class Price { BigDecimal amount; }
//- src/main/java/a/Status.java
package a;
enum Status { ISSUED, USED }
//- src/main/java/a/Kind.java
package a;
enum Kind { DAY, SEASON }
//- src/main/java/a/Event.java
package a;
@Entity @Table(name = "events") class Event { @Id Long id; String code; String city; @OneToMany(mappedBy = "event") List<Seat> seats; }
//- src/main/java/a/Seat.java
package a;
@Entity @Table(name = "seats") class Seat { @Id Long id; @ManyToOne @JoinColumn(name = "event", referencedColumnName = "code") Event event; }
//- src/main/java/a/TicketRepository.java
package a;
import org.springframework.data.jpa.repository.*;
interface TicketRepository extends JpaRepository<Ticket, Long> {
`;

/** What a query of tickets reads. */
export const T = "FROM tickets t1";

/** The SQL of a repository's only query, or why there is none. */
export function sqlOf(model: Model, repository = "a.TicketRepository"): string {
  const [query] = model.persistence.queriesOf(repository);
  const [schema] = model.schema.schemas();
  assert.ok(query !== undefined && schema !== undefined);
  const sql = model.persistence.sqlOf(query, schema);
  return sql.ok ? sql.sql : sql.why;
}
