import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";
import { sqlOf } from "./ticketModel.ts";

/** An entity, a query of it, and its SQL or why there is none. */
const PROVIDERS: Readonly<Record<string, readonly [entity: string, query: string, sql: string]>> = {
  "a restriction of the class": [
    `@SQLRestriction("paid = false and lower(status) <> 'gone'") class Slip { @Id Long id; String status; Boolean paid; }`,
    '@Query("select s from Slip s where s.status = :s") List<Slip> q(String s);',
    "SELECT t1.* FROM slips t1 WHERE (t1.paid = false and lower(t1.status) <> 'gone') AND (t1.status = $1)",
  ],
  "a restriction of what is joined": [
    '@Where(clause = "paid = false") class Slip { @Id Long id; @ManyToOne Slip slip; Boolean paid; }',
    '@Query("select s from Slip s where s.slip.paid = true") List<Slip> q();',
    "Slip is joined and restricted to some rows",
  ],
  "a restriction of what is deleted": [
    '@SQLRestriction("paid = false") class Slip { @Id Long id; Boolean paid; }',
    '@Query("delete from Slip s where s.id = :id") void q(Long id);',
    "Slip is restricted to some rows",
  ],
  "a restriction with a subquery": [
    '@SQLRestriction("owner_id in (select id from owners)") class Slip { @Id Long id; }',
    '@Query("select s from Slip s") List<Slip> q();',
    "Slip is restricted to some rows",
  ],
  "a collection of some rows": [
    'class Slip { @Id Long id; @OneToMany @JoinColumn(name = "slip_id") @SQLRestriction("paid = true") List<Slip> slips; }',
    '@Query("select s from Slip s join s.slips x") List<Slip> q();',
    "Slip.slips is restricted to some rows",
  ],
  "soft deletion": [
    "@SoftDelete class Slip { @Id Long id; }",
    '@Query("select s from Slip s") List<Slip> q();',
    "deleted rows of Slip are left out",
  ],
  tenants: [
    "class Slip { @Id Long id; @TenantId String shop; String status; @ManyToOne Slip slip; }",
    '@Query("select s from Slip s join s.slip x where s.status = :s") List<Slip> q(String s);',
    "SELECT t1.* FROM slips t1 JOIN slips t2 ON t1.slip_id = t2.id WHERE (t1.shop = $1) AND (t2.shop = $1) AND (t1.status = $2)",
  ],
  "a table of several classes": [
    "class Slip extends Paper { String status; }\n//- src/main/java/a/Paper.java\npackage a;\n@Entity class Paper { @Id Long id; }",
    '@Query("select s from Slip s") List<Slip> q();',
    "Slip shares a table with other classes",
  ],
  "tables that are joined": [
    "class Slip extends Paper { String status; }\n//- src/main/java/a/Paper.java\npackage a;\n@Entity @Inheritance(strategy = InheritanceType.JOINED) class Paper { @Id Long id; }",
    '@Query("select s from Slip s") List<Slip> q();',
    "Slip is joined with the tables of other classes",
  ],
  "a table of its own, with what it inherits": [
    "class Slip extends Paper { Boolean paid; }\n//- src/main/java/a/Paper.java\npackage a;\n@Entity @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS) abstract class Paper { @Id Long id; String status; }",
    "List<Slip> findByStatus(String status);",
    "SELECT t1.* FROM slips t1 WHERE t1.status = $1",
  ],
  "rows in the tables of classes below": [
    "class Slip { @Id Long id; String status; }\n//- src/main/java/a/Paper.java\npackage a;\n@Entity class Paper extends Slip { }",
    "List<Slip> findByStatus(String status);",
    "rows of Slip lie in the tables of other classes, too",
  ],
  "a key of several columns": [
    "class Slip { @EmbeddedId SlipKey key; }\n//- src/main/java/a/SlipKey.java\npackage a;\n@Embeddable class SlipKey { Long slipId; String shop; }",
    '@Query("select count(s) from Slip s where s.key = :key") long q(SlipKey key);',
    "SELECT count(*) FROM slips t1 WHERE (t1.slip_id, t1.shop) = ($1, $2)",
  ],
  "a key of several columns, of which one is asked for": [
    "class Slip { @EmbeddedId SlipKey key; }\n//- src/main/java/a/SlipKey.java\npackage a;\n@Embeddable class SlipKey { Long slipId; String shop; }",
    "boolean existsByKeyShop(String shop);",
    "SELECT t1.slip_id, t1.shop FROM slips t1 WHERE t1.shop = $1 LIMIT 1",
  ],
  "a key of several columns, counted by its name": [
    "class Slip { @EmbeddedId SlipKey key; String status; }\n//- src/main/java/a/SlipKey.java\npackage a;\n@Embeddable class SlipKey { Long slipId; String shop; }",
    "long countByStatus(String status);",
    "SELECT count(*) FROM slips t1 WHERE t1.status = $1",
  ],
  "a key in a class of its own": [
    "@IdClass(SlipKey.class) class Slip { @Id Long slipId; @Id String shop; String status; }\n//- src/main/java/a/SlipKey.java\npackage a;\nclass SlipKey { Long slipId; String shop; }",
    "boolean existsByStatus(String status);",
    "SELECT t1.slip_id, t1.shop FROM slips t1 WHERE t1.status = $1 LIMIT 1",
  ],
  "an embedded object of one column": [
    'class Slip { @Id Long id; @Embedded Code code; }\n//- src/main/java/a/Code.java\npackage a;\n@Embeddable class Code { @Column(name = "status") String code; }',
    "List<Slip> findByCodeOrderByIdDesc(Code code);",
    "SELECT t1.* FROM slips t1 WHERE t1.status = $1 ORDER BY t1.id DESC",
  ],
  "an embedded object of two columns": [
    "class Slip { @Id Long id; @Embedded Code code; }\n//- src/main/java/a/Code.java\npackage a;\n@Embeddable class Code { String status; String shop; }",
    "List<Slip> findByCode(Code code);",
    "e.code stands for several columns",
  ],
};

describe("SQL of queries, with what a provider adds", () => {
  for (const [what, [entity, query, expected]] of Object.entries(PROVIDERS)) {
    it(what, async () => {
      const strategy = what.startsWith("rows in") ? "@Inheritance(strategy = InheritanceType.TABLE_PER_CLASS) " : "";
      const model = await modelOf(`
//- src/main/resources/db/migration/V1__all.sql
CREATE TABLE slips (id bigint PRIMARY KEY, slip_id bigint, owner_id bigint, status text, shop text, paid boolean);
//- src/main/java/a/Slip.java
package a;
@Entity @Table(name = "slips") ${strategy}${entity}
//- src/main/java/a/SlipRepository.java
package a;
import org.springframework.data.jpa.repository.*;
interface SlipRepository extends JpaRepository<Slip, Long> { ${query} }
`);
      assert.equal(sqlOf(model, "a.SlipRepository"), expected);
    });
  }
});
