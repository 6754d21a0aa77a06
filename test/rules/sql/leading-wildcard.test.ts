import { leadingWildcard } from "../../../src/rules/sql/leading-wildcard.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(leadingWildcard, {
  reports: {
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
    "without regard to case": `
//- src/main/resources/db/migration/V2__add_index_tickets_code_trgm.sql
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX idx_tickets_code_trgm ON tickets USING gin (upper(code) gin_trgm_ops);
`,
  },
});
