import { functionOnColumn } from "../../../src/rules/sql/function-on-column.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const INDEXES = "CREATE INDEX tickets_code ON tickets (code);\nCREATE INDEX tickets_created ON tickets (created_at);";

rule(functionOnColumn, {
  reports: {
    "a date of a time": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);
             //^^ 💡 of compares date(created_at): tickets_created on created_at is not used`,
    }),
    "a cast": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at::date = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);
             //^^ 💡 of compares cast(created_at): tickets_created on created_at is not used`,
    }),
    JPQL: shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where trim(t.code) = :code")
  List<Ticket> trimmed(String code);
             //^^^^^^^ trimmed compares trim(code): tickets_code on code is not used`,
    }),
    "a function that JPQL calls by its name, days between two": shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where function('DATE', t.createdAt) = :day")
  List<Ticket> of(LocalDate day);
             //^^ of compares date(created_at): tickets_created on created_at is not used
  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) BETWEEN :from AND :to", nativeQuery = true)
  List<Ticket> between(LocalDate from, LocalDate to);
             //^^^^^^^ between compares date(created_at): tickets_created on created_at is not used`,
    }),
    "today in several literals, a day that is cast, other comparisons": shop({
      sql: INDEXES,
      tickets: `  @Query(nativeQuery = true, value = "SELECT * FROM tickets WHERE (CAST(created_at AS date) >= date(:since) "
      + "AND date(created_at) <= CURRENT_DATE) ORDER BY code")
  List<Ticket> since(@Param("since") String given);
             //^^^^^ 💡`,
    }),
    "a time in place of a day, a comparison that is part of another, a parameter without a name": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :at", nativeQuery = true)
  List<Ticket> ofTime(Instant at);
             //^^^^^^
  @Query(value = "SELECT * FROM tickets t WHERE NOT date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> others(LocalDate day);
  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :day + 7", nativeQuery = true)
  List<Ticket> later(LocalDate day);
             //^^^^^
  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = ?", nativeQuery = true)
  List<Ticket> unnamed(LocalDate day);
             //^^^^^^^`,
    }),
    "a column without an index": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);
             //^^ of compares date(created_at) in every row of tickets`,
    }),
    "a column that is reached by a join from nowhere": shop({
      tickets: `  @Query(value = "SELECT u.city FROM users u JOIN tickets t ON t.owner_id = u.id WHERE date(t.created_at) = :day", nativeQuery = true)
  List<String> cities(LocalDate day);
             //^^^^^^ cities compares date(created_at) in every row of tickets`,
    }),
    "a column behind another one in its index": shop({
      sql: "CREATE INDEX tickets_owner_created ON tickets (owner_id, created_at);",
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.owner_id = :owner AND date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(UUID owner, LocalDate day);
             //^^ 💡 of compares date(created_at): tickets_owner_created is used up to owner_id only`,
    }),
    "a column of another type cast to text": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.owner_id::text = :owner", nativeQuery = true)
  List<Ticket> of(String owner);
             //^^ of compares cast(owner_id): tickets_owner on owner_id is not used
  @Query(value = "SELECT * FROM tickets t WHERE cast(t.owner_id as text) IN (:owners)", nativeQuery = true)
  List<Ticket> ofAll(List<String> owners);
             //^^^^^ ofAll compares cast(owner_id): tickets_owner on owner_id is not used`,
    }),
    "columns of padded text, and of text without case, cast to text": shop({
      sql: "ALTER TABLE tickets ADD COLUMN pin char(8), ADD COLUMN alias citext;\nCREATE INDEX tickets_pin ON tickets (pin);\nCREATE INDEX tickets_alias ON tickets (alias);",
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.pin::text = :pin", nativeQuery = true)
  List<Ticket> of(String pin);
             //^^ of compares cast(pin): tickets_pin on pin is not used
  @Query(value = "SELECT * FROM tickets t WHERE t.alias::text = :alias", nativeQuery = true)
  List<Ticket> as(String alias);
             //^^ as compares cast(alias): tickets_alias on alias is not used`,
    }),
    "a sum with the column": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at + interval '1 day' > now()", nativeQuery = true)
  List<Ticket> fresh();
             //^^^^^ fresh computes with created_at: tickets_created on created_at is not used`,
    }),
    "a part of a time": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE extract(hour from created_at) = :hour", nativeQuery = true)
  List<Ticket> at(int hour);
             //^^ at compares extract(created_at) in every row of tickets`,
    }),
  },
  ignores: {
    // sci2zero/TeslaRIS-backend: identifiers of one kind of document
    "what JPQL asks of an entity": shop({
      sql: INDEXES,
      tickets: `  @Query("SELECT t FROM Ticket t WHERE TYPE(t) = :kind AND id(t) = :id") List<Ticket> of(Class<?> kind, Long id);`,
    }),
    // Seoleeder/owls-pick: all keywords of tags that have any
    "how long a value is": shop({
      sql: "CREATE INDEX tickets_note ON tickets (note);",
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE length(t.note) > 0", nativeQuery = true)
  List<Ticket> noted();`,
    }),
    "a sum without an index": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at - interval '1 day' < now()", nativeQuery = true)
  List<Ticket> late();`,
    }),
    "a sum on the other side": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at > now() - interval '1 day'", nativeQuery = true)
  List<Ticket> fresh();`,
    }),
    "rows that a range on another column may find": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at > :since AND date(t.note) = :day", nativeQuery = true)
  List<Ticket> of(Instant since, LocalDate day);`,
    }),
    "a column of characters cast to text": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE cast(t.code as text) = :code", nativeQuery = true)
  List<Ticket> of(String code);`,
    }),
    "a column as it is": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at >= cast(:day as date) AND t.code::text = :code", nativeQuery = true)
  List<Ticket> of(LocalDate day, String code);`,
    }),
    "functions of which nobody knows what they mean, without an index": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE rank_of(t.code) = :rank", nativeQuery = true)
  List<Ticket> of(int rank);`,
    }),
    "a missing index that another rule names": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.code = :code AND date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(String code, LocalDate day);`,
    }),
    "rows that a join finds": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: `  @Query(value = "SELECT t.* FROM users u JOIN tickets t ON t.owner_id = u.id WHERE u.email = :email AND date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(String email, LocalDate day);`,
    }),
    "an index on the expression": shop({
      sql: `${INDEXES}\nCREATE INDEX tickets_day ON tickets (((created_at AT TIME ZONE 'UTC')::date));`,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);`,
    }),
    "lower and upper, which have a rule of their own": shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where lower(t.code) = :code")
  List<Ticket> of(String code);`,
    }),
  },
  fixes: {
    "a date of a time": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(value = "SELECT * FROM tickets t WHERE t.created_at >= CAST(:day AS date) AND t.created_at < CAST(:day AS date) + 1", nativeQuery = true)
  List<Ticket> of(LocalDate day);
}
`,
    "a cast": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(value = "SELECT * FROM tickets t WHERE t.created_at >= CAST(:day AS date) AND t.created_at < CAST(:day AS date) + 1", nativeQuery = true)
  List<Ticket> of(LocalDate day);
}
`,
    "today in several literals, a day that is cast, other comparisons": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(nativeQuery = true, value = "SELECT * FROM tickets WHERE (created_at >= CAST(:since AS date) "
      + "AND created_at < CURRENT_DATE + 1) ORDER BY code")
  List<Ticket> since(@Param("since") String given);
}
`,
  },
});
