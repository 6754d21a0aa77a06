import { indexDeclaredOnlyInEntity } from "../../../src/rules/sql/index-declared-only-in-entity.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE invoices (id bigint PRIMARY KEY, number text NOT NULL, customer_id bigint NOT NULL, state text NOT NULL, due date NOT NULL);
`.trimEnd();

const invoice = (annotations: string, members = "String number;", ddl = "validate"): string => `
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=${ddl}
//- src/main/java/shop/Invoice.java
package shop;
@Entity ${annotations}
class Invoice {
  @Id Long id;
  ${members}
  Long customerId;
  String state;
  LocalDate due;
}
//- src/main/java/shop/InvoiceRepository.java
package shop;
interface InvoiceRepository extends JpaRepository<Invoice, Long> {
  List<Invoice> findByCustomerId(Long customer);
  Optional<Invoice> findByNumber(String number);
}
`;

rule(indexDeclaredOnlyInEntity, {
  reports: {
    "an index, looked up by and not": `${SCHEMA}${invoice(
      `@Table(name = "invoices", indexes = {@Index(columnList = "customer_id, due"), @Index(columnList = "state")})
                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the entity declares an index on invoices(customer_id, due), and no migration makes it
                                                                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the entity declares an index on invoices(state), and no migration makes it`,
    )}`,
    "a unique column": `${SCHEMA}${invoice('@Table(name = "invoices")', "@NaturalId @Column(unique = true) String number;")}`.replace(
      "String number;",
      `String number;
                                         //^^^^^^ 💡 the entity declares invoices(number) unique, and no migration makes an index for it`,
    ),
    "a schema that Hibernate adds to in tests alone": `${SCHEMA}${invoice(
      `@Table(name = "invoices", indexes = @Index(columnList = "state"))
                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the entity declares an index on invoices(state), and no migration makes it`,
    )}
//- src/test/resources/application.properties
spring.jpa.hibernate.ddl-auto=create-drop
`,
    "the second entity of a file": `${SCHEMA}
//- src/main/java/shop/Records.java
package shop;
@Entity class Mail { @Id Long id; @Column(unique = true) String text; }
@Entity @Table(name = "invoices", indexes = @Index(columnList = "state"))
                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the entity declares an index on invoices(state), and no migration makes it
class Invoice { @Id Long id; String state; }
`,
  },
  ignores: {
    "an index that starts with the column, and a key": `${SCHEMA}
CREATE INDEX ON invoices (customer_id);
ALTER TABLE invoices ADD UNIQUE (number);
${invoice('@Table(name = "invoices", indexes = @Index(columnList = "customer_id, due"))', "@Column(unique = true) String number;")}`,
    "a schema that Hibernate adds to": `${SCHEMA}${invoice('@Table(name = "invoices", indexes = @Index(columnList = "state"))', "String number;", "update")}`,
    "a schema that Hibernate's own setting adds to":
      `${SCHEMA}${invoice('@Table(name = "invoices", indexes = @Index(columnList = "state"))', "String number;", "none")}`.replace(
        "spring.jpa.hibernate.ddl-auto=none",
        "spring.jpa.properties.hibernate.hbm2ddl.auto=update",
      ),
    // adorsys/ledgers: accounts of a ledger, found by the index on their names
    "a pair whose lookups another index serves": `${SCHEMA}
CREATE INDEX ON invoices (customer_id);
${invoice('@Table(name = "invoices", uniqueConstraints = @UniqueConstraint(columnNames = { "number", "customer_id" }))').replace(
  "findByNumber(String number)",
  "findByNumberAndCustomerId(String number, Long customer)",
)}`,
    "a unique column that no query asks for": `${SCHEMA}${invoice('@Table(name = "invoices")', "String number; @Column(unique = true) LocalDate due;").replace("\n  LocalDate due;", "")}`,
    "what Hibernate makes unique by itself": `${SCHEMA}
CREATE TABLE lines (id bigint PRIMARY KEY);
CREATE TABLE invoices_lines (invoice_id bigint NOT NULL, lines_id bigint NOT NULL, PRIMARY KEY (invoice_id, lines_id));
//- src/main/java/shop/Line.java
package shop;
@Entity @Table(name = "lines")
class Line { @Id Long id; }
${invoice('@Table(name = "invoices")', 'String number; @OneToMany @JoinTable(name = "invoices_lines") Set<Line> lines;')}`,
    "a table and a column that no migration makes": `${SCHEMA}
//- src/main/java/shop/Mail.java
package shop;
@Entity @Table(indexes = @Index(columnList = "text"))
class Mail { @Id Long id; String text; }
`,
  },
  fixes: {
    "an index, looked up by and not": `
//- src/main/resources/db/migration/V2__add_index_invoices_customer_id_due.sql
CREATE INDEX idx_invoices_customer_id_due ON invoices (customer_id, due);
`,
    "a unique column": {
      "Create unique index on invoices (number)": `
//- src/main/resources/db/migration/V2__add_index_invoices_number.sql
CREATE UNIQUE INDEX idx_invoices_number ON invoices (number);
`,
      "Create index on invoices (number)": `
//- src/main/resources/db/migration/V2__add_index_invoices_number.sql
CREATE INDEX idx_invoices_number ON invoices (number);
`,
    },
  },
  applied: {
    "a unique column": {
      difference: ["+ index CREATE UNIQUE INDEX idx_invoices_number ON public.invoices USING btree (number)"],
    },
    "an index, looked up by and not": {
      difference: ["+ index CREATE INDEX idx_invoices_customer_id_due ON public.invoices USING btree (customer_id, due)"],
    },
  },
});
