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
  },
  ignores: {},
  fixes: { "an index of the class that others inherit their table from": account('@Table(name = "accounts")') },
});
