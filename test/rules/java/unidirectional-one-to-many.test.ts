import assert from "node:assert/strict";
import { unidirectionalOneToMany } from "../../../src/rules/java/unidirectional-one-to-many.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { rule } from "../../harness/rule.ts";

rule(unidirectionalOneToMany, {
  reports: {
    "a list in a join table": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany private List<Player> players;
                                //^^^^^^^ Team.players is a list in a join table: one removal deletes and inserts all of its rows
  void leave(Player player) { players.remove(player); }
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    // ita-social-projects/GreenCity: friends come and go by statements of their own.
    "a list in a join table that no code changes": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany private List<Player> players;
                                //^^^^^^^ Team.players has no mappedBy: each Player takes one more row, in a join table
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "a set in a join table": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(cascade = CascadeType.ALL) private Set<Player> players;
                                                          //^^^^^^^ Team.players has no mappedBy: each Player takes one more row, in a join table
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "a join column": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany @JoinColumn(name = "team_id") private Set<Player> players;
                                                             //^^^^^^^ Team.players has no mappedBy: each added Player takes one more UPDATE
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
  },
  ignores: {
    "the side that the other maps": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team") private List<Player> players;
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    // box/mojito: TM.repositories
    "a name of the generated metamodel": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = Player_.TEAM) private Set<Player> players;
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "a column that the other side writes": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany @JoinColumn(name = "team_id", insertable = false, updatable = false) private Set<Player> players;
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "data that never changes": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@org.hibernate.annotations.Immutable @Entity class Team {
  @Id Long id;
  @OneToMany private List<Player> players;
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
  },
});

describe("java/unidirectional-one-to-many: what hangs on kinds", () => {
  const severityOf = async (entity: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([unidirectionalOneToMany]);
    await workspace.put([
      [
        "src/Owner.java",
        `import jakarta.persistence.*; import java.util.*;
@Entity class ${entity} { @Id Long id; @OneToMany List<${entity}> next; void leave(${entity} one) { next.remove(one); } }`,
      ],
    ]);
    return workspace.findings().map(({ severity }) => severity);
  };

  // informatique-jss/jss-backend: what may follow a status
  it("is a hint, of others a warning", async () => {
    assert.deepEqual(await severityOf("OrderStatus"), ["hint"]);
    assert.deepEqual(await severityOf("Courier"), ["warning"]);
  });
});
