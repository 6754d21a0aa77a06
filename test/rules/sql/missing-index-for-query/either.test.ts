import assert from "node:assert/strict";
import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { TestWorkspace } from "../../../harness/check.ts";

type Word = "and" | "or";

/** How one and the same condition on two columns is written, its parts joined by the word. */
const FORMS: Readonly<Record<string, (word: Word) => string>> = {
  JPQL: (word) => `em.createQuery("select c from Crate c where c.label = :l ${word} c.depot = :d", Crate.class).getResultList()`,
  SQL: (word) => `jdbc.query("select * from crates where (label = ?) ${word} (depot = ?)", mapper, l, d)`,
  "Querydsl's methods": (word) => `queries.selectFrom(crate).where(crate.label.eq(l).${word}(crate.depot.eq(d))).fetch()`,
  "jOOQ's methods": (word) => `dsl.selectFrom(CRATES).where(CRATES.LABEL.eq(l).${word}(CRATES.DEPOT.eq(d))).fetchInto(Crate.class)`,
  "jOOQ's steps": (word) => `dsl.selectFrom(CRATES).where(CRATES.LABEL.eq(l)).${word}(CRATES.DEPOT.eq(d)).fetchInto(Crate.class)`,
  "MyBatis-Plus's wrappers": (word) =>
    `crateMapper.selectList(new QueryWrapper<Crate>().eq("label", l)${word === "or" ? ".or()" : ""}.eq("depot", d))`,
  "MyBatis-Plus's lambdas": (word) =>
    `crateMapper.selectList(new LambdaQueryWrapper<Crate>().eq(Crate::getLabel, l).${word}(w -> w.eq(Crate::getDepot, d)))`,
  Criteria: (word) =>
    `em.createQuery(all.where(cb.${word}(cb.equal(root.get("label"), l), cb.equal(root.get("depot"), d)))).getResultList()`,
};

const dao = (query: string): Readonly<Record<string, string>> => ({
  "db/migration/V1__init.sql": "CREATE TABLE crates (id bigint PRIMARY KEY, label varchar(40), depot varchar(40));",
  "src/main/java/a/Crate.java": `package a; import jakarta.persistence.*;
@com.baomidou.mybatisplus.annotation.TableName("crates") @Entity @Table(name = "crates") class Crate { @Id Long id; String label; String depot; String getLabel() { return label; } String getDepot() { return depot; } }`,
  "src/main/java/a/CrateMapper.java":
    "package a; import com.baomidou.mybatisplus.core.mapper.BaseMapper; interface CrateMapper extends BaseMapper<Crate> {}",
  "src/main/java/a/CrateDao.java": `package a; import java.util.*; import jakarta.persistence.EntityManager; import jakarta.persistence.criteria.*;
import com.baomidou.mybatisplus.core.conditions.query.*; import com.querydsl.jpa.impl.JPAQueryFactory; import org.jooq.DSLContext;
import org.springframework.jdbc.core.*; import static a.jooq.Tables.CRATES;
@Repository class CrateDao {
  private EntityManager em; private JdbcTemplate jdbc; private RowMapper<Crate> mapper; private JPAQueryFactory queries; private DSLContext dsl;
  private CrateMapper crateMapper;
  List<Crate> found(String l, String d) {
    QCrate crate = QCrate.crate;
    CriteriaBuilder cb = em.getCriteriaBuilder(); CriteriaQuery<Crate> all = cb.createQuery(Crate.class); Root<Crate> root = all.from(Crate.class);
    return ${query};
  }
}`,
  "src/main/java/a/Desk.java": `package a; import java.util.*; import org.springframework.web.bind.annotation.*;
@RestController class Desk { private CrateDao dao; @GetMapping("/crates") List<Crate> show(String l, String d) { return dao.found(l, d); } }`,
});

describe("columns under OR", () => {
  const said = async (query: string): Promise<number> => {
    const workspace = new TestWorkspace([missingIndexForQuery]);
    await workspace.put(Object.entries(dao(query)));
    return workspace.findings().length;
  };
  for (const [form, written] of Object.entries(FORMS))
    it(`are no equality of the whole query: ${form}`, async () => {
      assert.equal(await said(written("and")), 1);
      assert.equal(await said(written("or")), 0);
    });
});
