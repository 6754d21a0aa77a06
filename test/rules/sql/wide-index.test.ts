import { wideIndex } from "../../../src/rules/sql/wide-index.ts";
import { rule } from "../../harness/rule.ts";
import { statistics } from "../../harness/statistics.ts";

const told = (distinct: number, rows = 2_000_000): string =>
  statistics({
    orders: { rows, columns: { shop_id: { distinct: 40 }, number: { distinct }, state: { distinct: 5 }, day: { distinct: 900 } } },
  });

const shop = (index: string, methods: string): string => `
//- src/main/resources/db/migration/V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, shop_id bigint, number bigint, state text, day date);
${index}
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders")
class Order { @Id Long id; Long shopId; Long number; String state; LocalDate day; }
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> { ${methods} }
`;
const INDEX = "CREATE INDEX orders_all ON orders (shop_id, number, state, day);";
const BY_NUMBER = "List<Order> findByShopIdAndNumberAndState(Long shopId, Long number, String state);";

rule(wideIndex, {
  reports: {
    "a number that nearly each order has for itself": `${shop(
      `  CREATE INDEX orders_all ON orders (shop_id, number, state, day);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ orders_all has 2 more columns behind number, of which nearly each row has its own value`,
      BY_NUMBER,
    )}${told(-0.98)}`,
  },
  ignores: {
    "a number that many orders share": `${shop(INDEX, BY_NUMBER)}${told(20_000)}`,
    "what nobody has counted": shop(INDEX, BY_NUMBER),
    "a table of few rows": `${shop(INDEX, BY_NUMBER)}${told(-0.98, 50_000)}`,
    "three columns": `${shop(INDEX.replace(", day", ""), BY_NUMBER)}${told(-0.98)}`,
    "a column at the end that tells rows apart": `${shop(INDEX.replace("number, state, day", "state, day, number"), BY_NUMBER)}${told(-0.98)}`,
    "a query that goes on behind a range": `${shop(INDEX, "List<Order> findByShopIdAndNumberGreaterThanAndState(Long shopId, Long number, String state);")}${told(-0.98)}`,
    "an order of the further columns": `${shop(INDEX, "List<Order> findTop10ByShopIdOrderByNumberAscStateAsc(Long shopId);")}${told(-0.98)}`,
    "an order that callers choose": `${shop(INDEX, `${BY_NUMBER} List<Order> findByDay(LocalDate day, Sort sort);`)}${told(-0.98)}`,
    "a table of which no query is known": `${shop(INDEX, "")}${told(-0.98)}`,
    "what enforces something": `${shop(INDEX.replace("INDEX", "UNIQUE INDEX"), BY_NUMBER)}${told(-0.98)}`,
  },
});
