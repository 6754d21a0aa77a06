import { optionalParameter } from "../../../src/rules/sql/optional-parameter.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const INDEXES = "CREATE INDEX tickets_code ON tickets (code);\nCREATE INDEX tickets_created ON tickets (created_at);";

rule(optionalParameter, {
  reports: {
    JPQL: shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where (:code is null or t.code = :code) and (:since is null or t.createdAt >= :since)")
  List<Ticket> search(String code, Instant since);
             //^^^^^^ search may leave out code, created_at: a plan for all cases reads tickets past its index`,
    }),
    "a cast that gives the parameter a type": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE (cast(:since as timestamptz) IS NULL OR t.created_at > :since)", nativeQuery = true)
  List<Ticket> since(Instant since);
             //^^^^^ since may leave out created_at: a plan for all cases reads tickets past its index`,
    }),
    coalesce: shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where t.code = coalesce(:code, t.code)")
  List<Ticket> coded(String code);
             //^^^^^ coded may leave out code: a plan for all cases reads tickets past its index`,
    }),
  },
  ignores: {
    "a column without an index": shop({
      tickets: `  @Query("select t from Ticket t where (:code is null or t.code = :code)")
  List<Ticket> search(String code);`,
    }),
    "rows that another condition finds": shop({
      sql: `${INDEXES}\nCREATE INDEX tickets_owner ON tickets (owner_id);`,
      tickets: `  @Query("select t from Ticket t where t.owner.id = :owner and (:code is null or t.code = :code)")
  List<Ticket> search(UUID owner, String code);`,
    }),
    "the parts of a text, which no index finds": shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where (:text is null or t.code like concat('%', :text, '%'))")
  List<Ticket> search(String text);`,
    }),
    "a parameter that turns something else off": shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where (:all is null or t.code = :code)")
  List<Ticket> search(Boolean all, String code);`,
    }),
  },
});
