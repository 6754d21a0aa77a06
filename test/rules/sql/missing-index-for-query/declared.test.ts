import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";

const shop = (indexes: string, methods: string): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE bills (id bigint PRIMARY KEY, number text NOT NULL, shop_id bigint NOT NULL, due date NOT NULL);
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=validate
//- src/main/java/shop/Bill.java
package shop;
@Entity @Table(name = "bills", indexes = ${indexes})
class Bill { @Id Long id; String number; Long shopId; LocalDate due; }
//- src/main/java/shop/BillRepository.java
package shop;
interface BillRepository extends JpaRepository<Bill, Long> {
${methods}
}
`;

rule(missingIndexForQuery, {
  reports: {
    "more columns than the entity's index has": shop(
      '@Index(columnList = "shop_id")',
      `  List<Bill> findByShopIdAndNumber(Long shop, String number);
           //^^^^^^^^^^^^^^^^^^^^^ 💡 findByShopIdAndNumber filters bills by shop_id, number without an index`,
    ),
    "another column": shop(
      '@Index(columnList = "shop_id")',
      `  List<Bill> findByNumber(String number);
           //^^^^^^^^^^^^ 💡 findByNumber filters bills by number without an index`,
    ),
  },
  ignores: {
    "what the entity declares and no migration makes": shop(
      '{@Index(columnList = "shop_id, due"), @Index(columnList = "number", unique = true)}',
      "  List<Bill> findByShopId(Long shop);\n  Optional<Bill> findByNumber(String number);",
    ),
  },
});
