import assert from "node:assert/strict";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { rule } from "../../../harness/rule.ts";

/** A card for each club, with what `body` reads for it; `told` is what the loop says. */
const cards = (body: string, told: string, more = ""): string => `
//- src/clubs/Club.java
package clubs;
import jakarta.persistence.*;
@Entity
public class Club { @Id private Long id; private Long city; public Long getId() { return id; } public Long getCity() { return city; } }
//- src/clubs/Member.java
package clubs;
import jakarta.persistence.*;
@Entity
public class Member { @Id private Long id; private Long club; private boolean active; }
//- src/clubs/MemberRepository.java
package clubs;
import org.springframework.data.jpa.repository.JpaRepository;
public interface MemberRepository extends JpaRepository<Member, Long> {
  long countByClub(Long club);
  long countByClubAndActive(Long club, boolean active);
}
//- src/clubs/Cards.java
package clubs;
import java.util.*;
class Cards {
  private MemberRepository members;
  Object of(Club club) { ${body} }
  ${more}
}
//- src/clubs/Board.java
package clubs;
import java.util.*;
class Board {
  private Cards cards;
  void show(List<Club> clubs) {
    for (Club club : clubs) cards.of(club);
                          //^^^^^^^^^^^^^^ of runs MemberRepository.${told} once per element of clubs
  }
}
`;

const ALL = "members.countByClub(club.getId())";
const ACTIVE = "members.countByClubAndActive(club.getId(), true)";
const TWO = cards(`return List.of(${ALL}, ${ACTIVE});`, "countByClub, and 1 more run,");

rule(queryInLoop, {
  reports: {
    "a second number of each element": TWO,
    "three numbers, each behind a local": cards(
      `long all = ${ALL}; long active = ${ACTIVE}; long gone = members.countByClubAndActive(club.getId(), false); return all - active - gone;`,
      "countByClub, and 2 more run,",
    ),
    "what it calls besides is not counted": cards(
      `return List.of(all(club), ${ACTIVE});`,
      "countByClubAndActive",
      `long all(Club club) { return ${ALL}; }`,
    ),
    "a number that the method asks which is called last": cards(
      "return numbers(club);",
      "countByClub, and 1 more run,",
      `List<Long> numbers(Club club) { return List.of(${ALL}, ${ACTIVE}); }`,
    ),
    "a number that only some have": cards(`long all = ${ALL}; if (all > 9) ${ACTIVE}; return all;`, "countByClub"),
    "a number behind a way out": cards(`long all = ${ALL}; if (all == 0) return 0; return ${ACTIVE};`, "countByClub"),
    "a number that a condition may do without": cards(`return ${ALL} > 0 && ${ACTIVE} > 0;`, "countByClub"),
    "a number of what may not be there": cards(
      `return ${ALL} + Optional.ofNullable(club.getCity()).map(members::countByClub).orElse(0L);`,
      "countByClub",
    ),
    "one of two queries, by the branches of an if": cards("return null;", "countByClub")
      .replace(
        /^ {4}for [\s\S]*?clubs\n/m,
        `    for (Club club : clubs)
      if (club.getCity() == null) members.countByClub(club.getId());
                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MemberRepository.countByClub runs once per element of clubs
      else members.countByClubAndActive(club.getId(), true);
         //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ MemberRepository.countByClubAndActive runs here instead
`,
      )
      .replace("private Cards cards;", "private MemberRepository members;"),
    "a loop of its own": cards(
      `long all = ${ALL}; for (int i = 0; i < 2; i++) members.countByClubAndActive(club.getId(), i == 0); return all;`,
      "countByClub",
    ),
  },
  ignores: {},
});

describe("java/query-in-loop", () => {
  it("counts in its cost what each round sends for certain, and shows where", async () => {
    const workspace = new TestWorkspace([queryInLoop]);
    await workspace.put(parseFixture(TWO).files);
    const [found] = workspace.findings();
    assert.equal(found?.cost, "1 + 2 × N queries, N = elements of clubs");
    const along = found.related.find(({ message }) => message === "MemberRepository.countByClubAndActive runs with it");
    assert.equal(along?.at.file, "src/clubs/Cards.java");
  });
});
