import { queueWithoutSkipLocked } from "../../../src/rules/sql/queue-without-skip-locked.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(queueWithoutSkipLocked, {
  reports: {
    "the next rows": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE note IS NULL ORDER BY created_at LIMIT 10 FOR UPDATE", nativeQuery = true)
  List<Ticket> next();
             //^^^^ next locks the next rows of tickets: one worker waits for the other`,
    }),
  },
  ignores: {
    "SKIP LOCKED": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE note IS NULL ORDER BY created_at LIMIT 10 FOR UPDATE SKIP LOCKED", nativeQuery = true)
  List<Ticket> next();`,
    }),
    NOWAIT: shop({
      tickets: `  @Query(value = "SELECT * FROM tickets ORDER BY created_at LIMIT 1 FOR UPDATE OF tickets NOWAIT", nativeQuery = true)
  List<Ticket> next();`,
    }),
    "the row that is wanted": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE code = :code LIMIT 1 FOR UPDATE", nativeQuery = true)
  Optional<Ticket> locked(String code);`,
    }),
    // kadai locks the only row of its settings.
    "the first row, whichever it is": shop({
      tickets: `  @Query(value = "SELECT note FROM tickets FETCH FIRST ROW ONLY FOR UPDATE", nativeQuery = true)
  String settings();`,
    }),
    "all rows": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE note IS NULL FOR UPDATE", nativeQuery = true)
  List<Ticket> locked();`,
    }),
  },
});
