import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { workspace } from "../ticketShop.ts";

const OWNERS = `
//- src/main/resources/db/migration/V2__more.sql
CREATE INDEX idx_tickets_owner ON tickets (owner_id);`;

rule(missingIndexForQuery, {
  reports: {
    // hmcts/hmc-cft-hearing-service: what a subquery gives is asked for each row, and finds none of them.
    "a subquery that gives a value for each row, along an index": workspace(
      `  @Query("select t from Ticket t where t.code = :code and t.createdAt = (select max(o.createdAt) from Ticket o where o.owner = t.owner)")
  List<Ticket> last(String code);
             //^^^^ 💡 last filters tickets by code without an index`,
      OWNERS,
    ),
    "a value that a subquery works out once": workspace(
      `  @Query("select t from Ticket t where t.createdAt = (select max(o.createdAt) from Ticket o where o.owner.id = :owner)")
  List<Ticket> last(UUID owner);
             //^^^^ 💡 last filters tickets by created_at without an index`,
      OWNERS,
    ),
    "a join along an index, from a table that is asked for nothing": workspace(
      `  @Query("select t from Ticket t join fetch t.owner where t.code = :code")
  List<Ticket> ofCode(String code);
             //^^^^^^ 💡 ofCode filters tickets by code without an index`,
      OWNERS,
    ),
  },
  ignores: {
    // ministryofjustice/laa-landing-page: the latest of each; which value it is to have, only the row itself says.
    "a value that a subquery works out for the row at hand, and nothing besides": workspace(
      `  @Query("select t from Ticket t where t.createdAt = (select max(o.createdAt) from Ticket o where o.owner = t.owner)")
  List<Ticket> latest();`,
      OWNERS,
    ),
    "a join along an index, from rows that are found": workspace(
      `  @Query("select t from Ticket t join t.owner u where t.code = :code and u.email = :email")
  List<Ticket> ofCode(String code, String email);`,
      OWNERS,
    ),
    // candlepin: all pools of a subscription are its first ones.
    "a join along an index, and a constant that may be a kind": workspace(
      `  @Query("select t from Ticket t join fetch t.owner where t.code = 'FREE'")
  List<Ticket> free();`,
      OWNERS,
    ),
    "a join of a table with itself": workspace(
      `  @Query("select t from Ticket t, Ticket other where other.owner.id = t.owner.id and t.code = :code and other.id = :id")
  List<Ticket> ofCode(String code, UUID id);`,
      OWNERS,
    ),
  },
});
