import { caseInsensitiveWithoutIndex } from "../../../src/rules/sql/case-insensitive-without-index.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(caseInsensitiveWithoutIndex, {
  reports: {
    "a derived query": shop({
      users: `  Optional<User> findByEmailIgnoreCase(String email);
               //^^^^^^^^^^^^^^^^^^^^^ 💡 findByEmailIgnoreCase compares upper(users.email) without an index on it`,
    }),
    "an index on the other function": shop({
      sql: "CREATE UNIQUE INDEX users_email_lower ON users (lower(email));",
      users: `  Optional<User> findByEmailIgnoreCase(String email);
               //^^^^^^^^^^^^^^^^^^^^^ 💡 findByEmailIgnoreCase compares upper(users.email): users_email_lower holds lower(email)`,
    }),
    "an index on the column alone": shop({
      sql: "CREATE INDEX users_email ON users (email);",
      users: `  @Query("select u from User u where lower(u.email) = lower(:email)")
  Optional<User> named(String email);
               //^^^^^ 💡 named compares lower(users.email): users_email on email does not serve it`,
    }),
    "several methods once": shop({
      users: `  Optional<User> findByEmailIgnoreCase(String email);
               //^^^^^^^^^^^^^^^^^^^^^ 💡 findByEmailIgnoreCase compares upper(users.email) without an index on it
  boolean existsByEmailIgnoreCase(String email);`,
    }),
  },
  ignores: {
    "an index on the function": shop({
      sql: "CREATE INDEX users_email_upper ON users (upper((email)::text));",
      users: "  Optional<User> findByEmailIgnoreCase(String email);",
    }),
    "citext, which ignores case itself": shop({
      sql: "ALTER TABLE users ALTER COLUMN email TYPE citext;",
      users: "  Optional<User> findByEmailIgnoreCase(String email);",
    }),
    "rows that another index finds": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: "  Optional<Ticket> findByOwnerIdAndCodeIgnoreCase(UUID owner, String code);",
    }),
    "a table that is small": shop({ rows: { users: 300 }, users: "  Optional<User> findByEmailIgnoreCase(String email);" }),
  },
  fixes: {
    "a derived query": `
//- src/main/resources/db/migration/V2__add_index_users_upper_email.sql
CREATE INDEX idx_users_upper_email ON users (upper(email));
`,
  },
});
