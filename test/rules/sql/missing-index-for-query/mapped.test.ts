import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { repository } from "../ticketShop.ts";

/** The same without migrations: Hibernate makes the schema of entities, which begin as given. */
const mapped = (ticket: string, methods: string): string => `
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=update
spring.datasource.url=jdbc:postgresql://localhost/shop
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.UUID;
${ticket}
class Ticket { @Id UUID id; String code; String city; boolean active; }${repository(methods)}
`;

rule(missingIndexForQuery, {
  reports: {
    "a table that Hibernate makes": mapped(
      `@Entity`,
      `  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters ticket by code without an index`,
    ),
    "a table that Hibernate makes, with a name": mapped(
      `@Entity
@Table(name = "tickets")`,
      `  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters tickets by code without an index`,
    ),
    "a table that Hibernate makes, with one index": mapped(
      `@Entity
@Table(name = "tickets", indexes = @Index(columnList = "city"))`,
      `  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters tickets by code without an index`,
    ),
    "a table that Hibernate makes, with indexes in lines": mapped(
      `@Entity
@Table(indexes = {
    @Index(columnList = "city"),
    @Index(columnList = "city, code")
})`,
      `  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters ticket by code: ticket_city_code_idx has code behind city`,
    ),
    "a table that Hibernate makes, with a flag": mapped(
      `@Entity`,
      `  List<Ticket> findTop5ByActiveTrueOrderByCity();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findTop5ByActiveTrueOrderByCity reads ticket by active in order of city without an index`,
    ),
    // conamiflo/booking-app-backend: Hibernate takes no `@Table` at a class below.
    "the table of a hierarchy, whichever of its classes comes first": `${mapped(
      `@Entity
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)`,
      `  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters ticket by code without an index`,
    )}
//- src/main/java/shop/Pass.java
package shop;
import jakarta.persistence.*;
@Entity
class Pass extends Ticket { String route; }
`,
  },
  ignores: {
    "a table that Hibernate makes, with an index": mapped(
      `@Entity\n@Table(indexes = @Index(columnList = "code DESC"))`,
      "  List<Ticket> findByCode(String code);",
    ),
  },
  fixes: {
    "a table that Hibernate makes, with a flag": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.UUID;
@Entity
@Table(indexes = @Index(name = "idx_ticket_active_city", columnList = "active, city"))
class Ticket { @Id UUID id; String code; String city; boolean active; }
`,
    "the table of a hierarchy, whichever of its classes comes first": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.UUID;
@Entity
@Table(indexes = @Index(name = "idx_ticket_code", columnList = "code"))
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
class Ticket { @Id UUID id; String code; String city; boolean active; }
`,
    "a table that Hibernate makes": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.UUID;
@Entity
@Table(indexes = @Index(name = "idx_ticket_code", columnList = "code"))
class Ticket { @Id UUID id; String code; String city; boolean active; }
`,
    "a table that Hibernate makes, with a name": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.UUID;
@Entity
@Table(name = "tickets", indexes = @Index(name = "idx_tickets_code", columnList = "code"))
class Ticket { @Id UUID id; String code; String city; boolean active; }
`,
    "a table that Hibernate makes, with one index": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.UUID;
@Entity
@Table(name = "tickets", indexes = {
    @Index(columnList = "city"),
    @Index(name = "idx_tickets_code", columnList = "code")
})
class Ticket { @Id UUID id; String code; String city; boolean active; }
`,
    "a table that Hibernate makes, with indexes in lines": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.UUID;
@Entity
@Table(indexes = {
    @Index(columnList = "city"),
    @Index(columnList = "city, code"),
    @Index(name = "idx_ticket_code", columnList = "code")
})
class Ticket { @Id UUID id; String code; String city; boolean active; }
`,
  },
});
