import assert from "node:assert/strict";
import type { Query } from "../../../src/model/persistence/scans/query.ts";
import { TestWorkspace } from "../../harness/check.ts";

const member = (query: string): string => `package a;
import jakarta.persistence.*;
@NamedQuery(name = "Member.findActive", query = "${query}")
@NamedQueries({
  @NamedQuery(name = Member.BY_MAIL, query = "select m from Member m where m.email = :email"),
  @NamedQuery(name = "grown", query = "select m from Member m where m.age > 17"),
})
@NamedNativeQuery(name = "Member.findByAge", query = "select * from member where age >= ?1 order by age", resultClass = Member.class)
@Entity public class Member { public static final String BY_MAIL = "Member.byMail"; @Id Long id; String email; int age; boolean active; @ManyToOne(fetch = FetchType.LAZY) Team team; }`;

const FILES = [
  ["a/Member.java", member("select m from Member m join fetch m.team where m.active = true")],
  ["a/Team.java", "package a;\n@Entity public class Team { @Id Long id; String name; }"],
  [
    "a/Members.java",
    `package a;
import org.springframework.data.jpa.repository.*;
interface Members extends JpaRepository<Member, Long> {
  List<Member> findActive();
  List<Member> findByAge(int age);
  List<Member> findByEmail(String email);
  @Query(name = "grown") List<Member> adults();
  List<Member> unknown();
}`,
  ],
  [
    "a/Dao.java",
    `package a;
import jakarta.persistence.*;
class Dao {
  EntityManager em;
  Member one(String mail) { return em.createNamedQuery(Member.BY_MAIL, Member.class).setParameter("email", mail).getSingleResult(); }
  List<Member> none() { return em.createNamedQuery("Member.other", Member.class).getResultList(); }
}`,
  ],
] as const;

const shown = ({ method, source, scans }: Query): string =>
  `${method} ${source} ${scans.map(({ table, tests }) => `${table}[${tests.map((t) => `${t.column} ${t.test}`).join()}]`).join(" ")}`;

describe("named queries", () => {
  it("are what methods of repositories and calls send", async () => {
    const workspace = new TestWorkspace([]);
    await workspace.put(FILES);
    const { persistence } = workspace.workspace.model;
    assert.deepEqual(persistence.queriesOf("a.Members").map(shown), [
      "findActive jpql member[team_id join,active equals] team[id join]",
      "findByAge native member[age range]",
      "findByEmail derived member[email equals]",
      "adults jpql member[age range]",
    ]);
    assert.deepEqual(persistence.written.all().map(shown), ["one jpql member[email equals]"]);
    assert.deepEqual(
      persistence.selectionsOf("a.Members").map(({ method, source, fetched }) => `${method} ${source} ${fetched.join()}`),
      ["findActive jpql team", "findByAge native ", "findByEmail derived ", "adults jpql "],
    );
  });

  it("change with the class that they stand at", async () => {
    const workspace = new TestWorkspace([]);
    await workspace.put(FILES);
    const { persistence } = workspace.workspace.model;
    assert.equal(persistence.query("a.Members", "findActive")?.scans.length, 2);
    await workspace.put([["a/Member.java", member("select m from Member m where m.age = 1")]]);
    assert.deepEqual(persistence.queriesOf("a.Members").map(shown)[0], "findActive jpql member[age equals]");
    await workspace.put([["a/Member.java", "package a;\n@Entity public class Member { @Id Long id; int age; }"]]);
    assert.deepEqual(persistence.queriesOf("a.Members").map(shown), ["findByAge derived member[age equals]"]);
  });
});
