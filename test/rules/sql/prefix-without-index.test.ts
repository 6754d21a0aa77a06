import { prefixWithoutIndex } from "../../../src/rules/sql/prefix-without-index.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(prefixWithoutIndex, {
  reports: {
    "a derived query without an index": shop({
      tickets: `  List<Ticket> findByCodeStartingWith(String begin);
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 findByCodeStartingWith searches tickets for the beginning of code without an index
  @Query("select t from Ticket t where t.code like 'A%'") List<Ticket> as();`,
    }),
    "a plain index, which serves in one collation": shop({
      sql: "CREATE INDEX tickets_code ON tickets (code);",
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE code LIKE 'A%'", nativeQuery = true)
  List<Ticket> as();
             //^^ 💡 as searches for the beginning of code: tickets_code serves that in collation C only`,
    }),
    "a parameter with a wildcard behind it": shop({
      tickets: `  @Query("select t from Ticket t where t.code like :begin%")
  List<Ticket> first(String begin);
             //^^^^^ 💡 first searches tickets for the beginning of code without an index
  @Query("select t from Ticket t where t.note like concat(:begin, '%')")
  List<Ticket> second(String begin);
             //^^^^^^ 💡 second searches tickets for the beginning of note without an index`,
      users: `  @Query(value = "select * from users where email like :begin || '%'", nativeQuery = true)
  List<User> third(String begin);
           //^^^^^ 💡 third searches users for the beginning of email without an index`,
    }),
    "a value that code ends with a wildcard": `${shop({})}
//- src/shop/Search.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
@RestController
class Search {
  JdbcTemplate jdbc;
  @GetMapping("/codes") List<?> codes(String begin) {
    return jdbc.queryForList("SELECT id FROM tickets WHERE code LIKE ?", begin + "%");
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 codes searches tickets for the beginning of code without an index
  }
  @GetMapping("/any") List<?> any(String pattern) {
    return jdbc.queryForList("SELECT id FROM tickets WHERE code LIKE ?", pattern);
  }
}
`,
    "a comparison without regard to case": shop({
      users: `  @Query("select u from User u where lower(u.email) like 'info%'")
  List<User> info();
           //^^^^ 💡 info searches users for the beginning of lower(email) without an index`,
    }),
  },
  ignores: {
    "an index for patterns, one in collation C, trigrams": shop({
      sql: `CREATE INDEX ON tickets (code varchar_pattern_ops);
CREATE INDEX ON users (email COLLATE "C");
CREATE INDEX ON tickets USING gin (note gin_trgm_ops);`,
      tickets: `  List<Ticket> findByCodeStartingWith(String begin);
  List<Ticket> findByNoteStartingWith(String begin);`,
      users: "  List<User> findByEmailStartingWith(String begin);",
    }),
    "rows that another value finds, and other patterns": shop({
      sql: "CREATE INDEX ON tickets (owner_id);",
      tickets: `  List<Ticket> findByOwnerIdAndCodeStartingWith(UUID owner, String begin);
  List<Ticket> findByCodeContaining(String part);
  @Query("select t from Ticket t where t.code like :pattern") List<Ticket> like(String pattern);`,
    }),
    "few rows": shop({
      rows: { tickets: 300 },
      tickets: "  List<Ticket> findByCodeStartingWith(String begin);",
    }),
  },
  fixes: {
    "a derived query without an index": `
//- src/main/resources/db/migration/V2__add_index_tickets_code_pattern.sql
CREATE INDEX idx_tickets_code_pattern ON tickets (code text_pattern_ops);
`,
  },
  applied: {
    "a derived query without an index": {
      difference: ["+ index CREATE INDEX idx_tickets_code_pattern ON public.tickets USING btree (code text_pattern_ops)"],
    },
    "a comparison without regard to case": {
      difference: [
        "+ index CREATE INDEX idx_users_lower_email_pattern ON public.users USING btree (lower((email)::text) text_pattern_ops)",
      ],
    },
  },
});
