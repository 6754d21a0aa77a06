import assert from "node:assert/strict";
import { parameterTypePastIndex } from "../../../src/rules/sql/parameter-type-past-index.ts";
import { describeWithPostgres } from "../../harness/postgres.ts";
import { rule } from "../../harness/rule.ts";

const prices = (methods: string, more = ""): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE prices (id uuid PRIMARY KEY, cents bigint NOT NULL, amount numeric(10, 2) NOT NULL, email citext, code text NOT NULL, at timestamptz);
CREATE INDEX prices_cents ON prices (cents);
CREATE INDEX prices_amount ON prices (amount);
CREATE INDEX prices_email ON prices (email);
CREATE INDEX prices_code ON prices (code);
//- src/main/java/shop/Price.java
package shop;
import java.math.BigDecimal;
@Entity @Table(name = "prices")
class Price { @Id UUID id; BigDecimal cents; double amount; String email; String code; Instant at; }
${more}//- src/main/java/shop/PriceRepository.java
package shop;
interface PriceRepository extends JpaRepository<Price, UUID> {
${methods}
}
`;

rule(parameterTypePastIndex, {
  reports: {
    "a whole number as BigDecimal": prices(`  List<Price> findByCents(BigDecimal cents);
            //^^^^^^^^^^^ findByCents compares cents, int8, with BigDecimal: prices_cents is not used`),
    "a decimal number as double": prices(`  List<Price> findByAmountLessThan(double amount);
            //^^^^^^^^^^^^^^^^^^^^ findByAmountLessThan compares amount, numeric, with double: prices_amount is not used`),
    "a text without regard to case as String": prices(`  List<Price> findByEmail(String email);
            //^^^^^^^^^^^ findByEmail compares email, citext, with String: prices_email is not used`),
  },
  ignores: {
    "types that an index knows": prices("  List<Price> findByCode(String code);\n  List<Price> findByAt(Instant at);"),
    "rows that another column finds": prices("  List<Price> findByCodeAndCents(String code, BigDecimal cents);"),
    "statements that may cast": prices(`  @Query(value = "SELECT * FROM prices WHERE email = CAST(:email AS citext)", nativeQuery = true)
  List<Price> of(String email);`),
    "a property that a converter sends": prices("  List<Price> findByCents(BigDecimal cents);").replace(
      "BigDecimal cents;",
      "@Convert(converter = CentsConverter.class) BigDecimal cents;",
    ),
    "texts that are sent without a type": prices(
      "  List<Price> findByEmail(String email);",
      `//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://localhost/shop?stringtype=unspecified
`,
    ),
  },
});

describeWithPostgres("sql/parameter-type-past-index on a real server", (server) => {
  it("an index is used for the types that the rule leaves out, and not for those that it reports", () => {
    const database = server().database();
    database.run(`CREATE EXTENSION citext;
CREATE TABLE t (int2 smallint, int4 int, int8 bigint, "numeric" numeric, citext citext, text text, bpchar char(8));
${["int2", "int4", "int8", "numeric", "citext", "text", "bpchar"].map((column) => `CREATE INDEX ON t ("${column}");`).join("\n")}`);
    const usesIndex = (column: string, parameter: string): boolean =>
      /Index Cond/.test(
        database.run(`SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;
PREPARE p (${parameter}) AS SELECT * FROM t WHERE "${column}" = $1;
EXPLAIN EXECUTE p (NULL);`),
      );
    const used = (columns: readonly string[], parameters: readonly string[]): readonly string[] =>
      columns.flatMap((column) =>
        parameters.filter((parameter) => usesIndex(column, parameter)).map((parameter) => `${column} ${parameter}`),
      );
    // Double and Float are sent as float8 and float4, BigDecimal and BigInteger as numeric, String as varchar.
    assert.deepEqual(used(["int2", "int4", "int8"], ["float4", "float8", "numeric"]), []);
    assert.deepEqual(used(["numeric"], ["float4", "float8"]), []);
    assert.deepEqual(used(["citext"], ["varchar"]), []);
    assert.deepEqual(used(["int2", "int8"], ["int4", "int8"]), ["int2 int4", "int2 int8", "int8 int4", "int8 int8"]);
    assert.deepEqual(used(["numeric"], ["int8", "numeric"]), ["numeric int8", "numeric numeric"]);
    assert.deepEqual(used(["text", "bpchar"], ["varchar"]), ["text varchar", "bpchar varchar"]);
  });
});
