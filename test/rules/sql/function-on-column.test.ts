import { functionOnColumn } from "../../../src/rules/sql/function-on-column.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const INDEXES = "CREATE INDEX tickets_code ON tickets (code);\nCREATE INDEX tickets_created ON tickets (created_at);";

rule(functionOnColumn, {
  reports: {
    "a date of a time": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);
             //^^ of compares date(created_at): tickets_created on created_at is not used`,
    }),
    "a cast": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at::date = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);
             //^^ of compares cast(created_at): tickets_created on created_at is not used`,
    }),
    JPQL: shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where trim(t.code) = :code")
  List<Ticket> trimmed(String code);
             //^^^^^^^ trimmed compares trim(code): tickets_code on code is not used`,
    }),
  },
  ignores: {
    "a column as it is": shop({
      sql: INDEXES,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE t.created_at >= cast(:day as date) AND t.code::text = :code", nativeQuery = true)
  List<Ticket> of(LocalDate day, String code);`,
    }),
    "a column without an index": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);`,
    }),
    "an index on the expression": shop({
      sql: `${INDEXES}\nCREATE INDEX tickets_day ON tickets (((created_at AT TIME ZONE 'UTC')::date));`,
      tickets: `  @Query(value = "SELECT * FROM tickets t WHERE date(t.created_at) = :day", nativeQuery = true)
  List<Ticket> of(LocalDate day);`,
    }),
    "lower and upper, which have a rule of their own": shop({
      sql: INDEXES,
      tickets: `  @Query("select t from Ticket t where lower(t.code) = :code")
  List<Ticket> of(String code);`,
    }),
  },
});
