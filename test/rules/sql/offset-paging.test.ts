import { offsetPaging } from "../../../src/rules/sql/offset-paging.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(offsetPaging, {
  reports: {
    "a page of SQL": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets ORDER BY created_at LIMIT :size OFFSET :skipped", nativeQuery = true)
  List<Ticket> page(int size, int skipped);
             //^^^^ page skips rows of tickets by OFFSET: late pages read all earlier ones`,
    }),
  },
  ignores: {
    "the first rows": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets ORDER BY created_at LIMIT :size OFFSET 0", nativeQuery = true)
  List<Ticket> first(int size);`,
    }),
    "the pages of one owner": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner ORDER BY id LIMIT :size OFFSET :skipped", nativeQuery = true)
  List<Ticket> page(UUID owner, int size, int skipped);`,
    }),
    "rows behind the last one seen": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE (created_at, id) > (:last, :id) ORDER BY created_at, id LIMIT :size", nativeQuery = true)
  List<Ticket> after(Instant last, UUID id, int size);`,
    }),
  },
});
