import { jsonNotJsonb } from "../../../src/rules/sql/json-not-jsonb.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const PLAIN = "ALTER TABLE tickets ADD COLUMN data json;";
const SAID = `${PLAIN}
                             --^^^^`;

rule(jsonNotJsonb, {
  reports: {
    "a condition reads it": shop({
      sql: `${SAID} tickets.data is json: open parses each document anew for ->>`,
      tickets: `  @Query(value = "SELECT t.* FROM tickets t WHERE t.data ->> 'state' = 'OPEN'", nativeQuery = true)
  List<Ticket> open();`,
    }),
    "it is read to be returned, by several": shop({
      sql: `${SAID} tickets.data is json: states and 1 more parse each document anew for ->`,
      tickets: `  @Query(value = "SELECT t.data -> 'history' ->> 'state' FROM tickets t WHERE t.owner_id = :owner", nativeQuery = true)
  List<String> states(UUID owner);
  @Query(value = "SELECT json_extract_path_text(data, 'state') FROM tickets ORDER BY created_at", nativeQuery = true)
  List<String> all();`,
    }),
    // fineract's parameters of jobs
    "its elements are rows": shop({
      sql: `${SAID} tickets.data is json: lines parses each document anew for json_array_elements`,
      tickets: `  @Query(value = "SELECT l ->> 'sku' FROM tickets t CROSS JOIN LATERAL json_array_elements(t.data) l WHERE t.owner_id = :owner", nativeQuery = true)
  List<String> lines(UUID owner);`,
    }),
  },
  ignores: {
    jsonb: shop({
      sql: "ALTER TABLE tickets ADD COLUMN data jsonb;",
      tickets: `  @Query(value = "SELECT t.* FROM tickets t WHERE t.data ->> 'state' = 'OPEN'", nativeQuery = true)
  List<Ticket> open();`,
    }),
    // Payloads that are kept as they came: most json columns.
    "nobody looks into it": shop({
      sql: PLAIN,
      tickets: `  @Query(value = "SELECT t.data FROM tickets t WHERE t.owner_id = :owner", nativeQuery = true)
  List<String> of(UUID owner);
  @Modifying
  @Query(value = "UPDATE tickets SET data = cast(:data as json) WHERE id = :id", nativeQuery = true)
  void keep(UUID id, String data);`,
    }),
    "one document is read": shop({
      sql: PLAIN,
      tickets: `  @Query(value = "SELECT t.data ->> 'state' FROM tickets t WHERE t.id = :id", nativeQuery = true)
  String state(UUID id);`,
    }),
    "a table that stays small": shop({
      sql: PLAIN,
      rows: { tickets: 200 },
      tickets: `  @Query(value = "SELECT t.* FROM tickets t WHERE t.data ->> 'state' = 'OPEN'", nativeQuery = true)
  List<Ticket> open();`,
    }),
  },
});
