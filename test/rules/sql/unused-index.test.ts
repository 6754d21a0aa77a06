import { unusedIndex } from "../../../src/rules/sql/unused-index.ts";
import { rule } from "../../harness/rule.ts";
import { statistics, type ToldTable } from "../../harness/statistics.ts";

const ORDERS: ToldTable = { rows: 2_000_000, inserted: 900_000, updated: 500_000, hotUpdated: 100_000, scans: { orders_i: 0 } };
const told = (orders: Partial<ToldTable> = {}, counted = {}): string => statistics({ orders: { ...ORDERS, ...orders } }, counted);

const code = (methods: string): string => `
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders")
class Order { @Id Long id; Long buyerId; String note; String state; }
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> { ${methods} }
`;
const BY_BUYER = code("List<Order> findByBuyerId(Long buyerId);");

const script = (index: string, { columns = "", next = "V2__seen", after = "" } = {}): string => `
//- src/main/resources/db/migration/V1__orders.sql
CREATE TABLE buyers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, buyer_id bigint NOT NULL, note text, state text NOT NULL${columns});
${index}
//- src/main/resources/db/migration/${next}.sql
ALTER TABLE orders ADD COLUMN seen boolean;
${after}
`;
const ON_NOTE = "CREATE INDEX orders_i ON orders (note)";
const reported = (index: string, why: string): string =>
  `  ${index};\n--${"^".repeat(index.length)} 💡 orders_i: idx_scan = 0 in 92 days since 2024-03-01${why}`;

rule(unusedIndex, {
  reports: {
    "what was not read, on a table whose queries ask for something else":
      script(reported(ON_NOTE, ", and no known query asks for it")) + BY_BUYER + told(),
    "a partial index whose rows no query asks for any more":
      script(reported("CREATE INDEX orders_i ON orders (buyer_id) WHERE state = 'OPEN'", ", and no known query implies its WHERE")) +
      BY_BUYER +
      told(),
    "what a query could have read and has not, as a hint":
      script(reported("CREATE INDEX orders_i ON orders (buyer_id)", ", though findByBuyerId may ask for it")) + BY_BUYER + told(),
    "what a query finds by a unique key instead":
      script(
        `CREATE UNIQUE INDEX orders_key ON orders (buyer_id, note);\n${reported("CREATE INDEX orders_i ON orders (buyer_id, state)", ", and no known query asks for it")}`,
      ) +
      code("Optional<Order> findByBuyerIdAndNote(Long buyerId, String note);") +
      told(),
    "what a query may ask for that nobody understands":
      script(reported(ON_NOTE, "; what odd asks for is not known")) +
      code('@Query(value = "SELECT * FROM orders WHERE note QUALIFY 1", nativeQuery = true) List<Order> odd();') +
      told(),
    // All indexes of eclipse-hawkbit/hawkbit begin with the tenant, of which there is one.
    "what begins with a column of two frequent values, which a query asks for alone":
      script(reported("CREATE INDEX orders_i ON orders (state, note)", ", and no known query asks for it")) +
      code("List<Order> findByState(String state);") +
      told({ columns: { state: { distinct: 2, mostCommonValues: "{OPEN,DONE}", mostCommonFrequencies: [0.7, 0.3] } } }),
    "a frequent value in front of what a query asks for":
      script(reported("CREATE INDEX orders_i ON orders (state, note)", ", though findByStateAndNote may ask for it")) +
      code("List<Order> findByStateAndNote(String state, String note);") +
      told({ columns: { state: { distinct: 1, mostCommonValues: "{OPEN}", mostCommonFrequencies: [1] } } }),
    "a value that is rare, which a query may ask for":
      script(reported("CREATE INDEX orders_i ON orders (state, note)", ", though findByState may ask for it")) +
      code("List<Order> findByState(String state);") +
      told({ columns: { state: { distinct: 2, mostCommonValues: "{OPEN,DONE}", mostCommonFrequencies: [0.99, 0.01] } } }),
    "a table of which no query is known": script(reported(ON_NOTE, "")) + told(),
    "what the foreign key's own index leaves to it":
      script(
        `CREATE INDEX orders_buyer ON orders (buyer_id);\n${reported("CREATE INDEX orders_i ON orders (state, note)", ", and no known query asks for it")}`,
        { columns: ", FOREIGN KEY (buyer_id) REFERENCES buyers (id)" },
      ) +
      BY_BUYER +
      told(),
  },
  ignores: {
    "what was read once": script(`${ON_NOTE};`) + BY_BUYER + told({ scans: { orders_i: 1 } }),
    "what nobody has counted": script(`${ON_NOTE};`) + BY_BUYER,
    "an index that the export does not have": script(`${ON_NOTE};`) + BY_BUYER + told({ scans: {} }),
    "counters that are a week old": script(`${ON_NOTE};`) + BY_BUYER + told({}, { days: 7 }),
    "counters of a replica": script(`${ON_NOTE};`) + BY_BUYER + told({}, { standby: true }),
    "a small table": script(`${ON_NOTE};`) + BY_BUYER + told({ rows: 400 }),
    "a table that is hardly written": script(`${ON_NOTE};`) + BY_BUYER + told({ inserted: 20, updated: 5_000, hotUpdated: 5_000 }),
    "what enforces something":
      script("CREATE UNIQUE INDEX orders_i ON orders (note);") + BY_BUYER + told({ scans: { orders_i: 0, orders_pkey: 0 } }),
    "what a deleted parent is looked for with":
      script("CREATE INDEX orders_i ON orders (buyer_id);", { columns: ", FOREIGN KEY (buyer_id) REFERENCES buyers (id)" }) + told(),
    "what another index does anyway":
      script("CREATE INDEX orders_i ON orders (note);\nCREATE INDEX orders_note_state ON orders (note, state);") + BY_BUYER + told(),
    "an index of the last migration, which is young": script("", { after: `${ON_NOTE};` }) + BY_BUYER + told(),
    "an index that is younger than the counters":
      script("", { next: "V20240410.1200__i", after: `${ON_NOTE};` }) +
      "\n//- src/main/resources/db/migration/V20240501.0900__more.sql\nALTER TABLE orders ADD COLUMN more int;\n" +
      BY_BUYER +
      told(),
    "an index of another table that has its name":
      script(`${ON_NOTE};`) + BY_BUYER + statistics({ orders: { ...ORDERS, scans: {} }, old: ORDERS }),
  },
  fixes: {
    "what was not read, on a table whose queries ask for something else": `
//- src/main/resources/db/migration/V3__drop_index_orders_i.sql
DROP INDEX orders_i;
`,
  },
  applied: {
    "what was not read, on a table whose queries ask for something else": {
      difference: ["- index CREATE INDEX orders_i ON public.orders USING btree (note)"],
    },
  },
});
