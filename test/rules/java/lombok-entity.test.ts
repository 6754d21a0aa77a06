import { lombokEntity } from "../../../src/rules/java/lombok-entity.ts";
import { rule } from "../../harness/rule.ts";

const PLAYER = `
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`;

const team = (annotations: string, players = "", more = ""): string => `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.*;
${annotations}
class Team {
  @Id Long id;
  ${players}
  @OneToMany(mappedBy = "team")
  private Set<Player> players;
  ${more}
}${PLAYER}`;

const clubFile = (annotation: string): string => `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.*;
@Entity
  ${annotation}
class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team") private Set<Player> players;
  @OneToMany(mappedBy = "team") private Set<Player> guestsOfTheSeason;
}`;

const club = (list: string): string => {
  const [first = "", ...others] = `@ToString(exclude = ${list})`.split("\n");
  const carets = `${"^".repeat(first.length)} 💡 Team.toString of Lombok reads players and 1 more`;
  return `${clubFile([first, `//${carets}`, ...others].join("\n"))}${PLAYER}`;
};
const clubAfter = (list: string): string => `${clubFile(`@ToString(exclude = ${list})`)}\n`;

rule(lombokEntity, {
  reports: {
    "@Data": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.Data;
@Entity @Data class Team {
      //^^^^^ 💡 Team.hashCode/toString of Lombok reads players
  @Id Long id;
  @OneToMany(mappedBy = "team")
  private Set<Player> players;
}${PLAYER}`,
    "@ToString alone": team(`@Entity
  @ToString
//^^^^^^^^^ 💡 Team.toString of Lombok reads players`),
    "both annotations, once": team(`@Entity
  @EqualsAndHashCode
//^^^^^^^^^^^^^^^^^^ 💡 Team.hashCode/toString of Lombok reads players
  @ToString`),
    "@EqualsAndHashCode that leaves other fields out": team(`@Entity
  @EqualsAndHashCode(exclude = "id")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Team.hashCode of Lombok reads players`),
    "the hash code of what writes its own": `
//- src/Player.java
import jakarta.persistence.*;
import lombok.*;
@Entity
  @EqualsAndHashCode(of = "team")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Player.hashCode of Lombok reads team
class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/Team.java
import jakarta.persistence.*;
import lombok.*;
@Entity @EqualsAndHashCode(of = "name") class Team { @Id Long id; String name; }
`,
    "a list of what is left out": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.*;
@Entity @ToString(exclude = "id")
      //^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Team.toString of Lombok reads players
class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team")
  private Set<Player> players;
}${PLAYER}
`,
    "a list that fills its line": club(`{"president", "treasurer", "secretary", "members", "candidates", "formerMembers", "friends",}`),
    "a list of several lines": club(`{
    "president", "treasurer", "secretary",
    "members", "candidates", "formerMembers", "friends", "sponsorsOfTheLastSeason", "sponsorsOfThis"
  }`),
    "a text that is written by hand": team(
      "@Entity",
      "",
      `
  @Override public String toString() { return "Team " + id + players; }
                        //^^^^^^^^ Team.toString reads players`,
    ),
    "getters in a text": team(
      "@Entity @Getter",
      "@ManyToOne(fetch = FetchType.LAZY) private Player captain;",
      `
  @Override public String toString() {
                        //^^^^^^^^ Team.toString reads captain and 1 more
    return String.format("Team %s with %d players", getCaptain().toString(), getPlayers().size());
  }`,
    ),
    "a hash code and an equality that are written by hand": team(
      "@Entity",
      "",
      `
  @Override public int hashCode() { return Objects.hash(id, players); }
                     //^^^^^^^^ Team.hashCode/equals reads players
  @Override public boolean equals(Object other) {
    return other instanceof Team team && this.players.equals(team.players);
  }`,
    ),
    "all fields, by reflection": team(
      "@Entity",
      "",
      `
  @Override public String toString() { return ToStringBuilder.reflectionToString(this, ToStringStyle.SHORT_PREFIX_STYLE); }
                        //^^^^^^^^ Team.toString reads players`,
    ),
    "what is asked for by name": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.*;
@Entity @EqualsAndHashCode(onlyExplicitlyIncluded = true)
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Team.hashCode of Lombok reads players
class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team")
  @EqualsAndHashCode.Include
  private Set<Player> players;
}${PLAYER}
`,
  },
  ignores: {
    "a text that names no association, counts none, or asks first": team(
      "@Entity",
      "@ManyToOne(fetch = FetchType.LAZY) private Player captain;",
      `
  @Override public String toString() {
    return "Team " + id + " of " + (captain == null ? "nobody" : captain.getId()) + (Hibernate.isInitialized(players) ? players.size() : "");
  }`,
    ),
    "a text with the keys of its references": team(
      "@Entity",
      "@ManyToOne(fetch = FetchType.LAZY) private Player captain;",
      '@Override public String toString() { return "Team " + id + " of " + captain.getId(); }',
    ),
    "equality of bags, which is identity, and of a reference's key": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team") private List<Player> players;
  @ManyToOne(fetch = FetchType.LAZY) private Player captain;
  @Override public boolean equals(Object other) {
    return other instanceof Team team && Objects.equals(players, team.players) && captain.getId().equals(team.captain.getId());
  }
  @Override public int hashCode() { return Objects.hash(players, captain); }
}${PLAYER}`,
    "a parameter of the association's name": team("@Entity", "", 'public String toString(Object players) { return "" + players; }'),
    // PersistentBag and BasicLazyInitializer of Hibernate: a bag's hash code is that of its identity, and so is that of a proxy
    // whose entity does not write its own.
    "the hash code of a bag and of a proxy": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.*;
@Entity @EqualsAndHashCode class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team") private List<Player> players;
  @ManyToOne(fetch = FetchType.LAZY) private Player captain;
}${PLAYER}`,
    "only what is named": team(
      "@Entity @Getter @EqualsAndHashCode(onlyExplicitlyIncluded = true) @ToString(onlyExplicitlyIncluded = true)",
    ),
    "associations left out": team("@Entity @Data", "@ToString.Exclude @EqualsAndHashCode.Exclude"),
    // The nested annotation by an import of its own
    "left out by an annotation that is imported by its own name": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.ToString;
import lombok.ToString.Exclude;
@Entity @ToString class Team { @Id Long id; @Exclude @OneToMany(mappedBy = "team") private Set<Player> players; }${PLAYER}`,
    "an annotation for collections at a text": `
//- src/Team.java
import jakarta.persistence.*;
import lombok.Data;
@Entity @Data class Team { @Id @OneToMany(mappedBy = "team") private String code; }${PLAYER}`,
    "left out by name": team('@Entity @Data @ToString(exclude = {"players"}) @EqualsAndHashCode(of = "id")'),
    "written by hand": team(
      "@Entity @Data",
      "",
      '@Override public int hashCode() { return 7; } @Override public String toString() { return "Team"; }',
    ),
    "no entity": team("@Data"),
    "getters and setters": team("@Entity @Getter @Setter @NoArgsConstructor"),
  },
  fixes: {
    "a list of what is left out": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.*;
@Entity @ToString(exclude = {"id", "players"})
class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team")
  private Set<Player> players;
}
`,
    "a list that fills its line": clubAfter(`{"president", "treasurer", "secretary", "members", "candidates", "formerMembers", "friends",
    "players", "guestsOfTheSeason"}`),
    "a list of several lines": clubAfter(`{
    "president", "treasurer", "secretary",
    "members", "candidates", "formerMembers", "friends", "sponsorsOfTheLastSeason", "sponsorsOfThis", "players",
    "guestsOfTheSeason"
  }`),
    "@Data": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.Data;
import lombok.EqualsAndHashCode;
import lombok.ToString;
@Entity @Data class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team")
  @EqualsAndHashCode.Exclude
  @ToString.Exclude
  private Set<Player> players;
}
`,
  },
});
