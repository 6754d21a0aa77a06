import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

/** What the methods of a class ask by specifications, by method. */
async function specified(methods: string): Promise<Record<string, string>> {
  const model = await modelOf(`
//- a/Team.java
package a;
@Entity @Table(name = "teams")
public class Team { @Id Long id; String name; }
//- a/Member.java
package a;
@Entity public class Member { @Id Long id; String email; int age; LocalDate bornOn; @ManyToOne Team team; }
//- a/MemberRepository.java
package a;
import org.springframework.data.jpa.repository.*;
public interface MemberRepository extends JpaRepository<Member, Long>, JpaSpecificationExecutor<Member> {}
//- a/Members.java
package a;
import org.springframework.data.jpa.domain.Specification;
class Members {
  static Specification<Member> mailed(String email) { return (root, query, cb) -> cb.equal(root.get("email"), email); }
  static Specification<Member> of(Long team) { return (root, query, cb) -> { return cb.equal(root.get(Member_.team).get("id"), team); }; }
  static Specification<Member> maybe(String email) { if (email == null) return null; return mailed(email); }
}
//- a/Dao.java
package a;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.domain.Specification;
class Dao {
  MemberRepository members;
${methods}
}
`);
  const shown: Record<string, string> = {};
  for (const { method, kind, returns, scans, limit, understood } of model.persistence.written.in("a/Dao.java"))
    shown[method] = [
      `${kind} ${returns}`,
      ...scans.map(
        ({ table, tests }) => `${table}[${tests.map((t) => `${t.column}:${t.test}${t.constant ? "!" : ""}${t.folded ?? ""}`).join(" ")}]`,
      ),
      ...(limit === "none" ? [] : [`limit ${limit}`]),
      ...(understood ? [] : ["in part"]),
    ].join(" ");
  return shown;
}

describe("specifications", () => {
  it("are read in place, from methods and together", async () => {
    assert.deepEqual(
      await specified(`
  Object lambda(String email) { return members.findOne((root, query, cb) -> cb.equal(root.get("email"), email)); }
  Object method(String email) { return members.findAll(Members.mailed(email)); }
  Object both(String email, Long team) { return members.findAll(Members.mailed(email).and(Members.of(team)), Pageable.ofSize(9)); }
  Object where(String email) { return members.count(Specification.where(Members.mailed(email))); }
  Object local(Long team) { Specification<Member> own = Members.of(team); return members.exists(own); }`),
      {
        lambda: "find optional member[email:equals]",
        method: "find list member[email:equals]",
        both: "find page member[email:equals team_id:equals] limit page",
        where: "count scalar member[email:equals]",
        local: "exists scalar member[team_id:equals] limit 1",
      },
    );
  });

  it("compare columns in all ways that the builder has", async () => {
    assert.deepEqual(
      await specified(`
  Object ranges(int age) { return members.findAll((r, q, cb) -> cb.and(cb.greaterThan(r.get(Member_.age), age), cb.between(r.get(Member_.BORN_ON), a, b))); }
  Object sets(List<Long> ids) { return members.findAll((r, q, cb) -> cb.and(r.get("id").in(ids), r.get("team").isNull(), cb.isNotNull(r.get("email")))); }
  Object folded(String email) { return members.findAll((r, q, cb) -> cb.like(cb.lower(r.get("email")), "%" + email + "%")); }
  Object begins(String email) { return members.findAll((r, q, cb) -> cb.like(r.get("email"), "a%")); }
  Object either(String email) { return members.findAll((r, q, cb) -> cb.or(cb.equal(r.get("email"), email), cb.equal(r.get("age"), 3))); }
  Object joined(String name) { return members.findAll((r, q, cb) -> cb.equal(r.join("team").get("name"), name)); }`),
      {
        ranges: "find list member[age:range born_on:range]",
        sets: "find list member[id:in team_id:null! email:notNull!]",
        folded: "find list member[email:containslower]",
        begins: "find list member[email:prefix]",
        either: "find list member[email:either age:either]",
        joined: "find list member[team_id:join] teams[id:join name:equals]",
      },
    );
  });

  it("are understood in part where code decides what they ask", async () => {
    assert.deepEqual(
      await specified(`
  Object given(Specification<Member> own) { return members.findAll(own); }
  Object looped(List<String> mails) { Specification<Member> all = null; for (String mail : mails) all = Members.mailed(mail).or(all); return members.findAll(all); }
  Object either(Specification<Member> own) { return members.findAll(Members.of(1L).and(own)); }`),
      {
        given: "find list member[] in part",
        looped: "find list member[] in part",
        either: "find list member[team_id:equals] in part",
      },
    );
  });

  it("are nothing else that a repository is asked for", async () => {
    assert.deepEqual(
      await specified(`
  Object all() { return members.findAll(); }
  Object page(Pageable page) { return members.findAll(page); }
  Object like(Example<Member> one) { return members.findAll(one); }
  long number() { return members.count(); }`),
      {},
    );
  });
});
