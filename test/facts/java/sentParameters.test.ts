import assert from "node:assert/strict";
import type { JavaFile } from "../../../src/facts/fileFacts.ts";
import { factsOf } from "../../harness/check.ts";

/** The parameters of a class's methods that may be queries which they send: "one.sql two.query". */
async function sent(methods: string): Promise<string> {
  const file = (await factsOf("src/A.java", `class A { ${methods} }`)) as JavaFile;
  assert.equal(file.parse, "full");
  return (file.java.types[0]?.methods ?? [])
    .flatMap(({ name, parameters }) => parameters.filter(({ maySend }) => maySend).map((parameter) => `${name}.${parameter.name}`))
    .join(" ");
}

describe("What a method may send", () => {
  const CASES: readonly (readonly [string, string])[] = [
    ["List<B> m(String sql, Object... values) { return jdbc.query(sql, values, mapper); }", "m.sql"],
    ['List<B> m(String where) { String sql = "select * from b where " + where; return em.createQuery(sql).getResultList(); }', "m.where"],
    ["List<B> m(StringBuilder sql) { return em.createNativeQuery(sql.toString()).getResultList(); }", "m.sql"],
    ["B m(TypedQuery<B> query) { return query.setMaxResults(1).getSingleResult(); }", "m.query"],
    ["List<B> m(CriteriaQuery<B> criteria) { return em.createQuery(criteria.distinct(true)).getResultList(); }", "m.criteria"],
    ["B m(CriteriaQuery<B> criteria) { return Help.first(criteria); }", "m.criteria"],
    ["B one(String hql) { return list(hql).get(0); } List<B> list(String hql) { return em.createQuery(hql).list(); }", "one.hql list.hql"],
    ["B m(String name) { return em.createQuery(BY_NAME).setParameter(1, name).getSingleResult(); }", ""],
    ["B m(String name) { return repository.findByName(name); }", ""],
    ["Query m(String hql) { return em.createQuery(hql); }", ""],
    ["Predicate toPredicate(Root<B> root, CriteriaQuery<?> query, CriteriaBuilder cb) { return list(query); }", ""],
    ["List<B> m(int page, Long id) { return em.createQuery(id).getResultList(); }", ""],
  ];
  for (const [methods, expected] of CASES)
    it(`${methods} → ${expected === "" ? "nothing" : expected}`, async () => {
      assert.equal(await sent(methods), expected);
    });

  it("is part of what others see of a type", async () => {
    const signature = async (body: string) => {
      const file = (await factsOf("src/A.java", `class A { List<B> m(String a) { ${body} } }`)) as JavaFile;
      return file.java.types[0]?.signature;
    };
    assert.notEqual(await signature("return jdbc.query(a, mapper);"), await signature("return jdbc.query(b, mapper);"));
  });
});
