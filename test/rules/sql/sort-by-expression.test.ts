import { sortByExpression } from "../../../src/rules/sql/sort-by-expression.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(sortByExpression, {
  reports: {
    CASE: shop({
      tickets: `  @Query(value = "SELECT * FROM tickets t ORDER BY CASE WHEN t.note IS NULL THEN 0 ELSE 1 END LIMIT 20", nativeQuery = true)
  List<Ticket> first();
             //^^^^^ first sorts tickets by CASE over note: no index has this order`,
    }),
    "a function, in pages": shop({
      tickets: `  @Query("select t from Ticket t order by length(t.code)")
  Page<Ticket> byLength(Pageable page);
             //^^^^^^^^ byLength sorts tickets by length over code: no index has this order`,
    }),
  },
  ignores: {
    "a column": shop({
      tickets: `  @Query("select t from Ticket t order by t.code")
  Page<Ticket> all(Pageable page);`,
    }),
    "all rows": shop({
      tickets: `  @Query("select t from Ticket t order by length(t.code)")
  List<Ticket> byLength();`,
    }),
    "an index on the expression": shop({
      sql: "CREATE INDEX tickets_length ON tickets (length(code));",
      tickets: `  @Query("select t from Ticket t order by length(t.code)")
  Page<Ticket> byLength(Pageable page);`,
    }),
    "the tickets of one owner": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: `  @Query("select t from Ticket t where t.owner.id = :owner order by length(t.code)")
  Page<Ticket> ofOwner(UUID owner, Pageable page);`,
    }),
  },
});
