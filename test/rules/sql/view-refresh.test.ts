import { viewRefresh } from "../../../src/rules/sql/view-refresh.ts";
import { rule } from "../../harness/rule.ts";

const VIEW = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE sales (id bigserial PRIMARY KEY, day date, amount numeric);
CREATE MATERIALIZED VIEW daily_sales AS SELECT day, sum(amount) AS total FROM sales GROUP BY day;
CREATE INDEX ON daily_sales (day);
`;
const KEY = "CREATE UNIQUE INDEX ON daily_sales (day);\n";

rule(viewRefresh, {
  reports: {
    "a job that refreshes under a lock": `${VIEW}${KEY}
//- src/main/java/shop/SalesJob.java
package shop;
class SalesJob {
    private final JdbcTemplate jdbc;
    @Scheduled(fixedRate = 60000) void refresh() { jdbc.execute("REFRESH MATERIALIZED VIEW daily_sales"); }
                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refresh refreshes daily_sales under a lock that its readers wait for
}
`,
    "a concurrent refresh of a view without a unique index": `${VIEW}
//- src/main/java/shop/SalesJob.java
package shop;
class SalesJob {
    private final JdbcTemplate jdbc;
    @Scheduled(fixedRate = 60000) void refresh() { jdbc.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales"); }
                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refresh refreshes daily_sales concurrently, which fails without a unique index
}
`,
    "a query of a repository, and a unique index that leaves rows out": `${VIEW}CREATE UNIQUE INDEX ON daily_sales (day) WHERE total > 0;
//- src/main/java/shop/Sale.java
package shop;
@Entity @Table(name = "sales")
class Sale { @Id Long id; }
//- src/main/java/shop/SaleRepository.java
package shop;
interface SaleRepository extends JpaRepository<Sale, Long> {
  @Modifying @Query(value = "refresh materialized view concurrently public.daily_sales", nativeQuery = true) void refresh();
                                                                                                                //^^^^^^^
}
`,
  },
  ignores: {
    "a concurrent refresh of a view with a unique index": `${VIEW}${KEY}
//- src/main/java/shop/SalesJob.java
package shop;
class SalesJob {
    private final JdbcTemplate jdbc;
    @Scheduled(fixedRate = 60000) void refresh() { jdbc.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales"); }
}
`,
    "a view that no migration here creates, and one that is filled at the start": `${VIEW}
//- src/main/java/shop/SalesJob.java
package shop;
class SalesJob {
    private final JdbcTemplate jdbc;
    @Scheduled(fixedRate = 60000) void refresh() { jdbc.execute("REFRESH MATERIALIZED VIEW other_sales"); }
    @PostConstruct void fill() { jdbc.execute("REFRESH MATERIALIZED VIEW daily_sales"); }
}
`,
    "a view that stays without rows": `${VIEW}
//- src/main/java/shop/SalesJob.java
package shop;
class SalesJob {
    private final JdbcTemplate jdbc;
    @Scheduled(fixedRate = 60000) void clear() { jdbc.execute("REFRESH MATERIALIZED VIEW daily_sales WITH NO DATA"); }
}
`,
  },
});
