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
    // InseeFr/Pearl-Jam-Back-Office: units of surveys are no units of measurement
    "a table that is called like a list of kinds, and whose rows belong to two things": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visitors (id varchar(40) PRIMARY KEY, mail text);
CREATE TABLE surveys (id bigint PRIMARY KEY, topic text);
CREATE TABLE survey_units (id bigint PRIMARY KEY, label text, survey_id bigint REFERENCES surveys (id), visitor_id varchar(40) REFERENCES visitors (id));
//- src/main/java/shop/SurveyUnit.java
package shop;
@Entity @Table(name = "survey_units") class SurveyUnit { @Id Long id; String label; }
//- src/main/java/shop/SurveyUnits.java
package shop;
interface SurveyUnits extends JpaRepository<SurveyUnit, Long> {
  List<SurveyUnit> findByLabelIgnoreCase(String label);
                 //^^^^^^^^^^^^^^^^^^^^^ 💡 findByLabelIgnoreCase compares upper(survey_units.label) without an index on it
}
`,
    "one whose rows say when": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visitors (id varchar(40) PRIMARY KEY, mail text);
CREATE TABLE surveys (id bigint PRIMARY KEY, topic text);
CREATE TABLE survey_units (id bigint PRIMARY KEY, label text, survey_id bigint REFERENCES surveys (id), date timestamptz NOT NULL);
//- src/main/java/shop/SurveyUnit.java
package shop;
@Entity @Table(name = "survey_units") class SurveyUnit { @Id Long id; String label; }
//- src/main/java/shop/SurveyUnits.java
package shop;
interface SurveyUnits extends JpaRepository<SurveyUnit, Long> {
  List<SurveyUnit> findByLabelIgnoreCase(String label);
                 //^^^^^^^^^^^^^^^^^^^^^ 💡 findByLabelIgnoreCase compares upper(survey_units.label) without an index on it
}
`,
  },
  ignores: {
    "a list of kinds of one thing": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visitors (id varchar(40) PRIMARY KEY, mail text);
CREATE TABLE surveys (id bigint PRIMARY KEY, topic text);
CREATE TABLE survey_units (id bigint PRIMARY KEY, label text, survey_id bigint REFERENCES surveys (id), created_at timestamptz);
//- src/main/java/shop/SurveyUnit.java
package shop;
@Entity @Table(name = "survey_units") class SurveyUnit { @Id Long id; String label; }
//- src/main/java/shop/SurveyUnits.java
package shop;
interface SurveyUnits extends JpaRepository<SurveyUnit, Long> {
  List<SurveyUnit> findByLabelIgnoreCase(String label);
}
`,
    "a list of kinds, whoever made and changed it": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visitors (id varchar(40) PRIMARY KEY, mail text);
CREATE TABLE surveys (id bigint PRIMARY KEY, topic text);
CREATE TABLE survey_units (id bigint PRIMARY KEY, label text, created_by varchar(40) REFERENCES visitors (id), survey_id bigint REFERENCES surveys (id));
//- src/main/java/shop/SurveyUnit.java
package shop;
@Entity @Table(name = "survey_units") class SurveyUnit { @Id Long id; String label; }
//- src/main/java/shop/SurveyUnits.java
package shop;
interface SurveyUnits extends JpaRepository<SurveyUnit, Long> {
  List<SurveyUnit> findByLabelIgnoreCase(String label);
}
`,
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
