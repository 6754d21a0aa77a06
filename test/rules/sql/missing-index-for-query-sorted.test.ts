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
  },
  ignores: {
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
