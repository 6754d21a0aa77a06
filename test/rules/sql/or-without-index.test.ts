import { orWithoutIndex } from "../../../src/rules/sql/or-without-index.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const CODE = "CREATE INDEX tickets_code ON tickets (code);";
const BOTH = `${CODE}\nCREATE INDEX tickets_note ON tickets (note);`;

rule(orWithoutIndex, {
  reports: {
    "a derived query with one index": shop({
      sql: CODE,
      tickets: `  List<Ticket> findByCodeOrNote(String code, String note);
             //^^^^^^^^^^^^^^^^ 💡 findByCodeOrNote finds tickets by code or note: no index leads with note`,
    }),
    "a native statement, with conditions that find nothing by themselves": shop({
      sql: CODE,
      tickets: `  @Modifying @Query(value = "UPDATE tickets SET note = '' WHERE (code = :code OR owner_id = :owner) AND id <> :id", nativeQuery = true)
  int clear(String code, UUID owner, UUID id);
    //^^^^^ 💡 clear finds tickets by code or owner_id: no index leads with owner_id`,
    }),
    "JPQL, without regard to case": shop({
      sql: CODE,
      tickets: `  @Query("select t from Ticket t where t.code = :text or lower(t.note) = :text")
  List<Ticket> search(String text);
             //^^^^^^ 💡 search finds tickets by code or lower(note): no index leads with lower(note)`,
    }),
    "a subquery on one side": shop({
      sql: CODE,
      tickets: `  @Query("select t from Ticket t where t.code = :code or t.owner.id in (select u.id from User u where u.email = :email)")
  List<Ticket> of(String code, String email);
             //^^ of finds tickets by code or by a subquery: every row is read`,
    }),
    "a side that holds two conditions": shop({
      sql: CODE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE code = :code OR (note = :note AND created_at > :from)", nativeQuery = true)
  List<Ticket> either(String code, String note, Instant from);
             //^^^^^^ 💡 either finds tickets by code or note: no index leads with note`,
    }),
  },
  applied: {
    "a derived query with one index": { difference: ["+ index CREATE INDEX idx_tickets_note ON public.tickets USING btree (note)"] },
    "JPQL, without regard to case": {
      difference: ["+ index CREATE INDEX idx_tickets_lower_note ON public.tickets USING btree (lower(note))"],
    },
  },
  ignores: {
    "a foreign key that is looked up by, which says so itself": shop({
      sql: CODE,
      tickets: `  List<Ticket> findByCodeOrOwnerId(String code, UUID owner);
  List<Ticket> findByOwnerId(UUID owner);`,
    }),
    "an index on each side": shop({ sql: BOTH, tickets: "  List<Ticket> findByCodeOrNote(String code, String note);" }),
    "no index at all": shop({ tickets: "  List<Ticket> findByCodeOrNote(String code, String note);" }),
    "rows that another condition finds": shop({
      sql: `${CODE}\nCREATE INDEX tickets_owner ON tickets (owner_id);`,
      tickets: `  @Query("select t from Ticket t where t.owner.id = :owner and (t.code = :text or t.note = :text)")
  List<Ticket> search(UUID owner, String text);`,
    }),
    "a side that is off, or leaves most rows": shop({
      sql: `${CODE}\nCREATE INDEX users_email ON users (email);`,
      tickets: `  @Query("select t from Ticket t where t.code = :code or :all = true")
  List<Ticket> some(String code, boolean all);
  @Query("select t from Ticket t where t.code = :code or t.note is null")
  List<Ticket> orNone(String code);
  @Query("select t from Ticket t where t.code = :code or t.note <> :note")
  List<Ticket> orNot(String code, String note);`,
      users: `  List<User> findByEmailOrBlocked(String email, boolean blocked);`,
    }),
    // A row of the query around gives the value on both sides.
    "columns compared with another table's": shop({
      sql: CODE,
      tickets: `  @Query(value = "SELECT u.* FROM users u WHERE NOT EXISTS (SELECT 1 FROM tickets t WHERE t.code = u.city OR t.note = u.city)", nativeQuery = true)
  List<Object[]> without();`,
    }),
    "tables that stay small": shop({
      sql: CODE,
      rows: { tickets: 500 },
      tickets: "  List<Ticket> findByCodeOrNote(String code, String note);",
    }),
    "another OR that finds the rows": shop({
      sql: BOTH,
      tickets: `  @Query("select t from Ticket t where (t.code = :a or t.note = :b) and (t.code = :c or t.owner.id in (select u.id from User u))")
  List<Ticket> of(String a, String b, String c);`,
    }),
  },
});
