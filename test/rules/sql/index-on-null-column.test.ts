import { indexOnNullColumn } from "../../../src/rules/sql/index-on-null-column.ts";
import { rule } from "../../harness/rule.ts";
import { statistics } from "../../harness/statistics.ts";

const told = (nullFraction: number, rows = 2_000_000): string =>
  statistics({ orders: { rows, columns: { voucher_id: { nullFraction, distinct: 1_000 } }, scans: { orders_voucher: 40 } } });

const shop = (index: string, methods: string): string => `
//- src/main/resources/db/migration/V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, voucher_id bigint, note text);
${index}
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders")
class Order { @Id Long id; Long voucherId; String note; }
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> { ${methods} }
`;
const INDEX = "CREATE INDEX orders_voucher ON orders (voucher_id);";
const BY_VOUCHER = "List<Order> findByVoucherId(Long voucherId);";

rule(indexOnNullColumn, {
  reports: {
    "a column that few orders have a value in": `${shop(
      `  CREATE INDEX orders_voucher ON orders (voucher_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 97 % of the entries of orders_voucher are NULL in voucher_id, which no known query asks for`,
      BY_VOUCHER,
    )}${told(0.97)}`,
  },
  ignores: {
    "a column that most orders have": `${shop(INDEX, BY_VOUCHER)}${told(0.3)}`,
    "what nobody has counted": shop(INDEX, BY_VOUCHER),
    "a table of few rows": `${shop(INDEX, BY_VOUCHER)}${told(0.97, 150_000)}`,
    "a query that asks for NULL": `${shop(INDEX, `${BY_VOUCHER} List<Order> findByVoucherIdIsNull();`)}${told(0.97)}`,
    "an order in which NULLs are": `${shop(INDEX, `${BY_VOUCHER} List<Order> findTop10ByOrderByVoucherId();`)}${told(0.97)}`,
    "an order that callers choose": `${shop(INDEX, `${BY_VOUCHER} List<Order> findByNote(String note, Sort sort);`)}${told(0.97)}`,
    "a table of which no query is known to ask for it": `${shop(INDEX, "")}${told(0.97)}`,
    "an index that leaves them out": `${shop(INDEX.replace(";", " WHERE voucher_id IS NOT NULL;"), BY_VOUCHER)}${told(0.97)}`,
    "what enforces something": `${shop(INDEX.replace("INDEX", "UNIQUE INDEX"), BY_VOUCHER)}${told(0.97)}`,
  },
});
