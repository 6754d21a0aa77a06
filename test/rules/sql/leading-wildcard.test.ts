import { leadingWildcard } from "../../../src/rules/sql/leading-wildcard.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

/** A class that sends SQL itself; each method in a file of its own, since a file says a column once. */
const sending = (name: string, body: string): string => `
//- src/main/java/shop/${name}.java
package shop;
import java.util.*;
import jakarta.persistence.EntityManager;
import org.springframework.jdbc.core.*;
import org.springframework.jdbc.core.namedparam.*;
import org.springframework.jdbc.core.simple.JdbcClient;
@Repository
class ${name} {
  private JdbcTemplate jdbc;
  private NamedParameterJdbcTemplate named;
  private JdbcClient client;
  private EntityManager em;
  List<?> inCity(String part, String name) {
${body}
  }
}
`;
const FOUND = "💡 inCity searches city of users for a part: every row is read";
/** Marks the query that a statement returns, or the last call of it. */
const under = (text: string, last = text.trim().slice("return ".length, -1)): string =>
  `${text}\n${" ".repeat(text.lastIndexOf(last) - 2)}//${"^".repeat(last.length)} ${FOUND}`;

rule(leadingWildcard, {
  reports: {
    // InseeFr/Pearl-Jam-Back-Office
    "rows that a join finds of a table that is asked for nothing": shop({
      users: `  @Query("select u from Ticket t join t.owner u where lower(u.city) like lower(concat('%', :part, '%'))")
  List<User> owning(String part);
           //^^^^^^ 💡 owning searches city of users for a part: every row is read`,
    }),
    "a second search, where the extension is there": shop({
      sql: "CREATE EXTENSION IF NOT EXISTS pg_trgm;\nCREATE INDEX users_city ON users USING gin (city gin_trgm_ops);",
      tickets: `  List<Ticket> findByNoteContaining(String part);
             //^^^^^^^^^^^^^^^^^^^^ 💡 findByNoteContaining searches note of tickets for a part: every row is read`,
    }),
    "wildcards around a parameter, which Spring Data puts into its value": shop({
      users: `  @Query("select u from User u where u.city like %:part%")
  List<User> in(String part);
           //^^ 💡 in searches city of users for a part: every row is read`,
      tickets: `  @Query(value = "select * from tickets where note like %?1", nativeQuery = true)
  List<Ticket> ending(String end);
             //^^^^^^ 💡 ending searches note of tickets for a part: every row is read`,
    }),
    "a value of JdbcTemplate": `${shop({})}${[
      sending(
        "First",
        under(`    return jdbc.queryForList("SELECT id FROM users WHERE email = ? AND city LIKE ?", name, "%" + part + "%");`),
      ),
      sending(
        "Second",
        `    String pattern = String.format("%%%s%%", part);
${under(`    return jdbc.query("SELECT id FROM users WHERE city ILIKE ?", new Object[] {pattern}, (row, i) -> row.getLong(1));`)}`,
      ),
    ].join("")}`,
    "a named value": `${shop({})}${[
      sending("First", under(`    return named.queryForList("SELECT id FROM users WHERE city LIKE :part", Map.of("part", "%" + part));`)),
      sending(
        "Second",
        `    MapSqlParameterSource values = new MapSqlParameterSource("name", name);
    values.addValue("part", "%" + part + "%");
${under(`    return named.queryForList("SELECT id FROM users WHERE email = :name AND city LIKE :part", values);`)}`,
      ),
      sending(
        "Third",
        under(
          `    return client.sql("SELECT id FROM users WHERE city LIKE :part").param("part", "%" + part + "%").query().listOfRows();`,
          "listOfRows()",
        ),
      ),
      sending(
        "Fourth",
        under(
          `    return em.createQuery("select u from User u where lower(u.city) like lower(:part)").setParameter("part", "%" + part + "%").getResultList();`,
          "getResultList()",
        ),
      ),
    ].join("")}`,
    "a pattern that a caller makes": `${shop({
      users: `  List<User> findByCityLike(String pattern);
  @Query("select u from User u where u.city like :pattern") List<User> withCity(String pattern);
  List<User> findByEmailAndCityLike(String name, String pattern);`,
    })}
//- src/main/java/shop/First.java
package shop;
class First {
  private UserRepository users;
  List<User> inCity(String part) { return users.findByCityLike("%" + part + "%"); }
                                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByCityLike searches city of users for a part: every row is read
}
//- src/main/java/shop/Second.java
package shop;
class Second {
  private UserRepository users;
  List<User> inCity(String part) {
    String pattern = "%" + part + "%";
    return users.withCity(pattern);
         //^^^^^^^^^^^^^^^^^^^^^^^ 💡 withCity searches city of users for a part: every row is read
  }
}
//- src/main/java/shop/Third.java
package shop;
class Third {
  private UserRepository users;
  List<User> inCity(String name, String part) { return users.findByEmailAndCityLike(name, "%" + part + "%"); }
                                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByEmailAndCityLike searches city of users for a part: every row is read
}
`,
    "a pattern that a caller makes for ILIKE": `${shop({
      users: `  @Query(value = "SELECT * FROM users WHERE city ILIKE ?1", nativeQuery = true) List<User> withCity(String pattern);
  @Query(value = "SELECT * FROM users WHERE city ILIKE 'a%'", nativeQuery = true) List<User> withA();`,
    })}
//- src/main/java/shop/First.java
package shop;
class First {
  private UserRepository users;
  List<User> inCity(String part) { return users.withCity("%" + part + "%"); }
                                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 withCity searches city of users for a part: every row is read
  List<User> all() { return users.withA(); }
}
`,
    "a derived query": shop({
      tickets: `  Page<Ticket> findByNoteContaining(String part, Pageable page);
             //^^^^^^^^^^^^^^^^^^^^ 💡 findByNoteContaining searches note of tickets for a part: every row is read`,
    }),
    "without regard to case": shop({
      tickets: `  List<Ticket> findByCodeContainingIgnoreCase(String part);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByCodeContainingIgnoreCase searches code of tickets for a part: every row is read`,
    }),
    "JPQL that builds the pattern": shop({
      users: `  @Query("select u from User u where u.city like concat('%', :part, '%')")
  List<User> inCity(String part);
           //^^^^^^ 💡 inCity searches city of users for a part: every row is read`,
    }),
    ILIKE: shop({
      users: `  @Query(value = "SELECT * FROM users WHERE city ILIKE '%' || :part || '%'", nativeQuery = true)
  List<User> inCity(String part);
           //^^^^^^ 💡 inCity searches city of users for a part: every row is read`,
    }),
    "a search in any of several columns": shop({
      tickets: `  @Query("select t from Ticket t where lower(t.note) like concat('%', :part, '%') or t.code like concat('%', :part, '%')")
  List<Ticket> search(String part);
             //^^^^^^ 💡 search searches note, code of tickets for a part: every row is read`,
    }),
    "a specification": `${shop({})}
//- src/main/java/shop/UserSearch.java
package shop;
import org.springframework.data.jpa.repository.*;
interface UserSearch extends JpaRepository<User, UUID>, JpaSpecificationExecutor<User> {}
//- src/main/java/shop/UserService.java
package shop;
class UserService {
  UserSearch search;
  List<User> inCity(String part) {
    return search.findAll((root, query, cb) -> cb.like(cb.lower(root.get("city")), "%" + part + "%"));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 inCity searches city of users for a part: every row is read
  }
}
`,
  },
  ignores: {
    "rows that a join finds of a table that is asked for a value": shop({
      users: `  @Query("select u from Ticket t join t.owner u where t.code = :code and u.city like concat('%', :part, '%')")
  List<User> owning(String code, String part);`,
    }),
    "a value that begins with what is looked for": `${shop({})}${sending(
      "First",
      `    return jdbc.queryForList("SELECT id FROM users WHERE city LIKE ?", part + "%");`,
    )}`,
    "a value that only callers know": `${shop({})}${sending("First", `    return jdbc.queryForList("SELECT id FROM users WHERE city LIKE ?", part);`)}`,
    "one of two values": `${shop({})}${sending(
      "First",
      `    MapSqlParameterSource values = new MapSqlParameterSource();
    if (name == null) values.addValue("part", "%" + part + "%");
    else values.addValue("part", part + "%");
    return named.queryForList("SELECT id FROM users WHERE city LIKE :part", values);`,
    )}`,
    "a pattern of a caller, one of two that a query takes": `${shop({
      users: "  List<User> findByCityLikeAndEmailLike(String city, String name);",
    })}
//- src/main/java/shop/First.java
package shop;
class First {
  private UserRepository users;
  List<User> inCity(String part, String name) { return users.findByCityLikeAndEmailLike(part + "%", "%" + name); }
}
`,
    "a search that is one side of an OR": shop({
      tickets: `  @Query("select t from Ticket t where t.id = :id or t.code like concat('%', :part, '%')")
  List<Ticket> search(UUID id, String part);`,
    }),
    "a trigram index": shop({
      sql: "CREATE EXTENSION pg_trgm;\nCREATE INDEX tickets_note ON tickets USING gin (note gin_trgm_ops);",
      tickets: "  Page<Ticket> findByNoteContaining(String part, Pageable page);",
    }),
    "the beginning of a text": shop({ tickets: "  List<Ticket> findByCodeStartingWith(String part);" }),
    "the rows of one owner": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: "  List<Ticket> findByOwnerIdAndNoteContaining(UUID owner, String part);",
    }),
    "a table that is small": shop({ rows: { tickets: 2000 }, tickets: "  List<Ticket> findByNoteContaining(String part);" }),
  },
  fixes: {
    "a second search, where the extension is there": `
//- src/main/resources/db/migration/V3__add_index_tickets_note_trgm.sql
CREATE INDEX idx_tickets_note_trgm ON tickets USING gin (note gin_trgm_ops);
`,
    "without regard to case": `
//- src/main/resources/db/migration/V2__add_index_tickets_code_trgm.sql
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX idx_tickets_code_trgm ON tickets USING gin (upper(code) gin_trgm_ops);
`,
  },
});
