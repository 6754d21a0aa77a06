import { eagerCollection } from "../../../src/rules/java/eager-collection.ts";
import { rule } from "../../harness/rule.ts";

rule(eagerCollection, {
  reports: {
    "one collection": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ 💡 Team.players is EAGER: every load of Team brings it
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    // spring-petclinic's own tests fail with a lazy collection: a template reads it when the session is closed.
    "without a session in the view, where a lazy collection could not be read": `
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ Team.players is EAGER: every load of Team brings it
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    // elimu-ai/webapp: pages of Spring MVC read the collections, and nothing keeps the session for them.
    "without Spring Boot, which opens a session for the view": `
//- pom.xml
<project><artifactId>league</artifactId><dependencies>
  <dependency><groupId>org.springframework</groupId><artifactId>spring-webmvc</artifactId><version>6.1.4</version></dependency>
</dependencies></project>
//- src/main/java/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ Team.players is EAGER: every load of Team brings it
}
//- src/main/java/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
    "read by the thread of a clock, outside of a transaction; a request and a transaction keep their session": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.Getter;
@Entity @Getter class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ Team.players and nicknames are EAGER: every load of Team multiplies their rows
  @ElementCollection(fetch = FetchType.EAGER) private Set<String> nicknames;
                                                                //^^^^^^^^^ 💡 Team.nicknames and players are EAGER: every load of Team multiplies their rows
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> {}
//- src/Standings.java
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
@Service class Standings {
  private final TeamRepository teams;
  Standings(TeamRepository teams) { this.teams = teams; }
  @Scheduled(cron = "0 0 * * * *") void count() { System.out.println(teams.findById(1L).get().getPlayers().size()); }
  @Transactional @Scheduled(cron = "0 5 * * * *") public void name() { System.out.println(teams.findById(1L).get().getNicknames()); }
}
//- src/TeamController.java
import org.springframework.web.bind.annotation.*;
@RestController class TeamController {
  private final TeamRepository teams;
  TeamController(TeamRepository teams) { this.teams = teams; }
  @GetMapping("/teams/{id}/names") int names(@PathVariable Long id) { return teams.findById(id).get().getNicknames().size(); }
}
`,
    "what an endpoint writes as JSON, and what Lombok's methods read": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ Team.players is EAGER: every load of Team brings it
}
//- src/Player.java
import jakarta.persistence.*;
import java.util.*;
import lombok.Data;
@Entity @Data class Player {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Team team;
  @OneToMany(mappedBy = "player", fetch = FetchType.EAGER) private List<Goal> goals;
                                                                            //^^^^^ Player.goals is EAGER: every load of Player brings it
}
//- src/Goal.java
import jakarta.persistence.*;
@Entity class Goal { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Player player; }
//- src/TeamController.java
import org.springframework.web.bind.annotation.*;
@RestController class TeamController {
  @GetMapping("/teams/{id}") Team team(@PathVariable Long id) { return null; }
}
`,
    "what requests and a clock read by the same method": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ Team.players is EAGER: every load of Team brings it
  List<Player> getPlayers() { return players; }
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> {}
//- src/TeamService.java
class TeamService {
  private final TeamRepository teams;
  TeamService(TeamRepository teams) { this.teams = teams; }
  int size(Long id) { return teams.findById(id).get().getPlayers().size(); }
}
//- src/TeamController.java
import org.springframework.web.bind.annotation.*;
@RestController class TeamController {
  private final TeamService service;
  TeamController(TeamService service) { this.service = service; }
  @GetMapping("/teams/{id}/size") int size(@PathVariable Long id) { return service.size(id); }
}
//- src/TeamJobs.java
class TeamJobs {
  private final TeamService service;
  TeamJobs(TeamService service) { this.service = service; }
  @Scheduled(fixedRate = 1000) void count() { System.out.println(service.size(1L)); }
}
`,
    "what a filter reads": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ Team.players is EAGER: every load of Team brings it
  List<Player> getPlayers() { return players; }
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> {}
//- src/TeamFilter.java
class TeamFilter extends OncePerRequestFilter {
  private final TeamRepository teams;
  TeamFilter(TeamRepository teams) { this.teams = teams; }
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
    teams.findById(1L).get().getPlayers().forEach(response::addHeader);
  }
}
`,
    "a base of several repositories names it, where nothing is said": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ 💡 Team.players is EAGER: every load of Team brings it
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/Base.java
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
@NoRepositoryBean interface Base<T, K> extends JpaRepository<T, K> { List<T> findByIdIn(List<K> ids); }
//- src/TeamRepository.java
interface TeamRepository extends Base<Team, Long> {}
`,
    "two, whose rows multiply": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private Set<Player> players;
                                                                           //^^^^^^^ 💡 Team.players and nicknames are EAGER: every load of Team multiplies their rows
  @ElementCollection(fetch = FetchType.EAGER) private Set<String> nicknames;
                                                                //^^^^^^^^^ 💡 Team.nicknames and players are EAGER: every load of Team multiplies their rows
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
`,
  },
  ignores: {
    "a lazy collection": `
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
    // "where we use EAGER it is intentional": OHDSI/WebAPI 2220
    "roles, which are few": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @ElementCollection(fetch = FetchType.EAGER) private Set<Role> roles;
  @ManyToMany(fetch = FetchType.EAGER) private Set<Permission> allowed;
}
//- src/Permission.java
import jakarta.persistence.*;
@Entity class Permission { @Id Long id; }
//- src/Role.java
enum Role { ADMIN, USER }
`,
    "a list query that names it": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city); }
`,
  },
  fixes: {
    "one collection": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.LAZY) private List<Player> players;
}
`,
  },
});
