import { manyToManyList } from "../../../src/rules/java/many-to-many-list.ts";
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
                                 //^^^^^^^ Team.players is a bag: removing one element deletes and inserts all of its rows
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "a list of values": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection private List<String> colours;
                                        //^^^^^^^ Team.colours is a bag: removing one element deletes and inserts all of its rows
}
`,
  },
  ignores: {
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
