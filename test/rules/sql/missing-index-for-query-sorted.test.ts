import { missingIndexForQuery } from "../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../harness/rule.ts";
import { workspace } from "./ticketShop.ts";

const more = (sql: string): string => `
//- src/main/resources/db/migration/V2__more.sql
${sql}`;

rule(missingIndexForQuery, {
  reports: {
    "a key whose values many rows share comes first": workspace(
      `  Optional<Ticket> findFirstByCodeOrderByStatusAscExpiresAtAsc(String code);
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findFirstByCodeOrderByStatusAscExpiresAtAsc reads tickets by code in order of status, expires_at without an index`,
      more("CREATE INDEX idx_tickets_code ON tickets (code, status);"),
    ),
    "an index gives the order and knows nothing of the values": workspace(
      `  List<Ticket> findTop20ByOwnerIdOrderByCreatedAtDesc(UUID owner);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findTop20ByOwnerIdOrderByCreatedAtDesc looks for owner_id of tickets along idx_tickets_created`,
      more("CREATE INDEX idx_tickets_created ON tickets (created_at);"),
    ),
  },
  ignores: {
    "an index that gives the order and has the values behind it": workspace(
      "  List<Ticket> findTop20ByOwnerIdOrderByCreatedAtDesc(UUID owner);",
      more("CREATE INDEX idx_tickets_created ON tickets (created_at, owner_id);"),
    ),
    "an index that gives the order of rows of which many have the value": workspace(
      "  List<Ticket> findTop20ByStatusOrderByCreatedAtDesc(String status);",
      more("CREATE INDEX idx_tickets_created ON tickets (created_at);"),
    ),
    "few rows found by another index": workspace(
      "  List<Ticket> findTop20ByOwnerIdOrderByCreatedAtDesc(UUID owner);",
      more("CREATE INDEX idx_tickets_created ON tickets (created_at); CREATE INDEX idx_tickets_owner ON tickets (owner_id);"),
    ),
    // CatalogueOfLife/backend: dataset_import (dataset_key, attempt) is its key, and the last attempt is asked for
    "keys behind those that tell rows apart": workspace(
      "  Optional<Ticket> findFirstByCodeOrderByCreatedAtDescExpiresAtDesc(String code);",
      more("CREATE UNIQUE INDEX idx_tickets_code ON tickets (code, created_at);"),
    ),
    "rows that come in the order of the first key": workspace(
      "  Optional<Ticket> findFirstByCodeOrderByCreatedAtDescExpiresAtDesc(String code);",
      more("CREATE INDEX idx_tickets_code ON tickets (code, created_at);"),
    ),
  },
});
