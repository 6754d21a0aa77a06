import assert from "node:assert/strict";
import { manyToManyList } from "../../../src/rules/java/many-to-many-list.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { rule } from "../../harness/rule.ts";

rule(manyToManyList, {
  reports: {
    "a many-to-many list": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ManyToMany private List<Player> players = new ArrayList<>();
                                 //^^^^^^^ Team.players is a bag: each change deletes and inserts all of its rows
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/Transfers.java
class Transfers {
  void leave(Team team, Player player) { team.getPlayers().remove(player); }
}
`,
    "a list of values": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection private List<String> colours;
                                        //^^^^^^^ Team.colours is a bag: each change deletes and inserts all of its rows
  void paint(String colour) { colours.add(colour); }
}
`,
    "a list that is changed behind a variable": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection private List<String> colours;
                                        //^^^^^^^ Team.colours is a bag: each change deletes and inserts all of its rows
  List<String> getColours() { return colours; }
}
//- src/Painter.java
import java.util.*;
class Painter {
  void fade(Team team) {
    List<String> colours = team.getColours();
    colours.removeIf(colour -> colour.startsWith("dark"));
  }
}
`,
    "a setter that is given an entity that is there": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection private List<String> colours;
                                        //^^^^^^^ Team.colours is a bag: each change deletes and inserts all of its rows
  void setColours(List<String> colours) { this.colours = colours; }
}
//- src/Painter.java
import java.util.*;
class Painter {
  void paint(Team team, List<String> colours) { team.setColours(colours); }
}
`,
    "an entity that a request fills": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection private List<String> colours;
                                        //^^^^^^^ Team.colours is a bag: each change deletes and inserts all of its rows
}
//- src/TeamController.java
import org.springframework.web.bind.annotation.*;
@RestController class TeamController {
  @PutMapping("/teams") void put(@RequestBody Team team) { }
}
`,
  },
  ignores: {
    // WebAPI: a list with a setter that nobody calls.
    "a list that nobody changes": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection private List<String> colours = new ArrayList<>();
  Team(List<String> colours) { this.colours.addAll(colours); }
  List<String> getColours() { return colours; }
  void setColours(List<String> colours) { this.colours = colours; }
}
//- src/Teams.java
import java.util.*;
class Teams {
  Team found(List<String> colours) {
    Team team = new Team(colours);
    team.setColours(colours);
    team.getColours().add("white");
    return team;
  }
  int count(Team team) { return team.getColours().size(); }
}
`,
    // tiamat: kinds of facilities.
    "a list of constants": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @Enumerated(EnumType.STRING) @ElementCollection private List<Colour> colours;
  void paint(Colour colour) { colours.add(colour); }
}
enum Colour { WHITE, BLACK }
`,
    "a list of the same name in another class": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection private List<String> colours;
}
//- src/Palette.java
import java.util.*;
class Palette {
  private List<String> colours = new ArrayList<>();
  List<String> getColours() { return colours; }
  void setColours(List<String> colours) { this.colours = colours; }
}
//- src/Painter.java
import java.util.*;
class Painter {
  void paint(Palette palette) { palette.getColours().add("white"); palette.setColours(List.of()); }
}
`,
    "a set": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ManyToMany private Set<Player> players;
  @ElementCollection private Set<String> colours;
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "a list that keeps its order": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection @OrderColumn(name = "position") private List<String> colours;
}
`,
    "the inverse side, which writes nothing": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ManyToMany(mappedBy = "teams") private List<Player> players;
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "data that never changes": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @org.hibernate.annotations.Immutable @ElementCollection private List<String> colours;
}
`,
  },
});

describe("java/many-to-many-list: what hangs on kinds", () => {
  const severityOf = async (entity: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([manyToManyList]);
    await workspace.put([
      [
        "src/Owner.java",
        `import jakarta.persistence.*; import java.util.*;
@Entity class ${entity} { @Id Long id; @ManyToMany List<${entity}> next; void leave(${entity} one) { next.remove(one); } }`,
      ],
    ]);
    return workspace.findings().map(({ severity }) => severity);
  };

  it("is a hint, of others information", async () => {
    assert.deepEqual(await severityOf("OrderStatus"), ["hint"]);
    assert.deepEqual(await severityOf("Courier"), ["information"]);
  });
});
