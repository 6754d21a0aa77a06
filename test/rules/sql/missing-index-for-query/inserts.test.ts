import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { SCHEMA } from "../ticketShop.ts";

const dao = (annotation: string): string => `${SCHEMA}
//- src/main/java/shop/Tickets.java
package shop;
interface Tickets {
  ${annotation}
  void add(@Bind("code") String code);
     //^^^
}
`;

const saying = (text: string, message: string): string => dao(text).replace("//^^^", `//^^^ ${message}`);
const silent = (text: string): string => dao(text).replace("     //^^^\n", "");

rule(missingIndexForQuery, {
  reports: {
    // alphagov/pay-ledger: metadata_key(key)
    "an insert that looks first whether the row is there": saying(
      '@SqlUpdate("insert into tickets (code) select :code where not exists (select 1 from tickets where code = :code)")',
      "💡 add filters tickets by code without an index",
    ),
    "a value that is looked up": saying(
      '@SqlUpdate("insert into seats values (:seat, (select id from tickets where code = :code)) on conflict (seat) do nothing")',
      "💡 add filters tickets by code without an index",
    ),
    // DependencyTrack/hyades-apiserver deletes inactive projects in batches.
    "what stands in front of an update": saying(
      '@SqlUpdate("with found as (select id from tickets where code = :code limit 100) update tickets set active = false where id in (select id from found)")',
      "💡 add filters tickets by code without an index",
    ),
    "what stands in front of a delete": saying(
      '@SqlUpdate("with found as (select id from tickets where code = :code limit 100) delete from tickets where id in (select id from found) returning id")',
      "💡 add filters tickets by code without an index",
    ),
  },
  ignores: {
    "values alone": silent('@SqlUpdate("insert into tickets (code) values (:code) on conflict (id) do update set code = :code")'),
    "a look by the key": silent('@SqlUpdate("insert into seats (code) select code from tickets where id = :code on conflict do nothing")'),
    "a copy of all rows": silent('@SqlUpdate("insert into seats (code) select code from tickets")'),
    "text behind that is not understood": silent(
      '@SqlUpdate("insert into seats (code) select code from tickets where code = :code STRANGE THING")',
    ),
  },
});
