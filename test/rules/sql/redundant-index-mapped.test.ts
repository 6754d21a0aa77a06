import { redundantIndex } from "../../../src/rules/sql/redundant-index.ts";
import { rule } from "../../harness/rule.ts";

const account = (table: string, caret = ""): string => `
//- src/main/java/shop/Account.java
package shop;
import jakarta.persistence.*;
@Entity
${table}${caret}
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
abstract class Account { @Id Long id; @Column(unique = true) String login; }
`;

const seat = (table: string, index = ""): string => `
//- src/main/java/shop/Seat.java
package shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
${index}import jakarta.persistence.Table;
@Entity
${table}
class Seat { @Id Long id; int hall; int place; }
`;

rule(redundantIndex, {
  reports: {
    // socialsoftware/quizzes-tutor: the table was taken to stand at a class below, and the fix found no index there.
    "an index of the class that others inherit their table from": `
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=update
spring.datasource.url=jdbc:postgresql://localhost/shop
//- src/main/java/shop/ABuyer.java
package shop;
import jakarta.persistence.*;
@Entity
class ABuyer extends Account { String street; }
${account(
  '@Table(name = "accounts", indexes = { @Index(name = "idx_login", columnList = "login") })',
  "\n                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_login repeats accounts_login_key on accounts(login)",
)}`,
    // gridsuite/dynamic-mapping-server
    "an index that an entity declares and a migration makes": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE seats (id bigint PRIMARY KEY, hall int NOT NULL, place int NOT NULL, UNIQUE (hall, place));
  CREATE INDEX seats_hall ON seats (hall);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 seats_hall on seats(hall) is a left prefix of seats_hall_place_key
${seat('@Table(name = "seats", indexes = @Index(name = "SEATS_HALL", columnList = "hall"))', "import jakarta.persistence.Index;\n")}`,
  },
  ignores: {},
  fixes: {
    "an index of the class that others inherit their table from": account('@Table(name = "accounts")'),
    "an index that an entity declares and a migration makes": `
//- src/main/resources/db/migration/V2__drop_index_seats_hall.sql
DROP INDEX seats_hall;
${seat('@Table(name = "seats")')}`,
  },
});
