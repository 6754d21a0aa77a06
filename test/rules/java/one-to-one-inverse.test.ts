import { oneToOneInverse } from "../../../src/rules/java/one-to-one-inverse.ts";
import { rule } from "../../harness/rule.ts";

rule(oneToOneInverse, {
  reports: {
    "a list query without it": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToOne(mappedBy = "team", fetch = FetchType.LAZY) private Coach coach;
                                                                   //^^^^^ 💡 Team.coach is asked for with a query per row of TeamRepository.findByCity
}
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city);
                                                                      //~~~~~~~~~~ TeamRepository.findByCity does not fetch it
 }
`,
    "a list that a class of the project makes": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team") private Coach coach; }
                                                                           //^^^^^ Team.coach is asked for with a query per row of TeamRepository.findByWords
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long>, TeamSearch {}
//- src/TeamSearch.java
import java.util.*;
interface TeamSearch { List<Team> findByWords(String words); }
//- src/TeamSearchImpl.java
import java.util.*;
class TeamSearchImpl implements TeamSearch { public List<Team> findByWords(String words) { return search(words); } }
`,
    // Hibernate 6.2, 6.6 and 7.0 send 6 statements for 5 rows
    "a side that is always there, with a key of its own": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team", fetch = FetchType.LAZY, optional = false) private Coach coach; }
                                                                                                                     //^^^^^ 💡 Team.coach is asked for with a query per row of TeamRepository.findByCity
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city); }
`,
    "several list queries": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team") private Coach coach; }
                                                                           //^^^^^ 💡 Team.coach is asked for with a query per row of TeamRepository.findByCity and 1 more
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> {
  List<Team> findByCity(String city);

  List<Team> findByLeague(String league);
}
`,
    // eclipse-tractusx/sldt-digital-twin-registry: one repository for each database
    "a list query that repositories below inherit": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team") private Coach coach; }
                                                                           //^^^^^ 💡 Team.coach is asked for with a query per row of GuestTeamRepository.findByCity and 2 more
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> {
  List<Team> findByCity(String city);
}
//- src/HomeTeamRepository.java
interface HomeTeamRepository extends TeamRepository {}
//- src/GuestTeamRepository.java
interface GuestTeamRepository extends TeamRepository {}
`,
    "a list query whose statement cannot be changed, among others": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team") private Coach coach; }
                                                                           //^^^^^ Team.coach is asked for with a query per row of TeamRepository.best and 1 more
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface TeamRepository extends JpaRepository<Team, Long> {
  @Query(value = "select * from team order by points desc limit 5", nativeQuery = true) List<Team> best();
  List<Team> findByLeague(String league);
}
`,
    "a page of one row for some callers, and of more for others": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team") private Coach coach; }
                                                                           //^^^^^ 💡 Team.coach is asked for with a query per row of TeamRepository.findByCity
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city, Pageable page); }
//- src/Teams.java
import org.springframework.data.domain.*;
class Teams {
  private TeamRepository teams;
  Team first() { return teams.findByCity("x", PageRequest.of(0, 1, Sort.by("points"))).get(0); }
  Object some() { return teams.findByCity("y", PageRequest.of(0, 20)); }
}
`,
  },
  ignores: {
    "a query that fetches it": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToOne(mappedBy = "team", fetch = FetchType.LAZY) private Coach coach;
}
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { @EntityGraph(attributePaths = "coach") List<Team> findByCity(String city); }
`,
    // boot-ui retired its rule for the owning side (pull request 748)
    "the owning side": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToOne(fetch = FetchType.LAZY) private Coach coach;
}
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city); }
`,
    "a side that is always there, with the owner's key": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team", fetch = FetchType.LAZY, optional = false) private Coach coach; }
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @MapsId @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city); }
`,
    "one row": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToOne(mappedBy = "team") private Coach coach;
}
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { Optional<Team> findByName(String name); }
`,
    "enhanced classes": `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Team {
  @Id Long id;
  @OneToOne(mappedBy = "team", fetch = FetchType.LAZY) private Coach coach;
}
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city); }
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><build><plugins><plugin>
<groupId>org.hibernate.orm.tooling</groupId><artifactId>hibernate-enhance-maven-plugin</artifactId></plugin></plugins></build></project>
`,
    // box/mojito looks for the latest commit of some.
    "a page of one row, whoever asks": `
//- src/Team.java
import jakarta.persistence.*;
@Entity class Team { @Id Long id; @OneToOne(mappedBy = "team") private Coach coach; }
//- src/Coach.java
import jakarta.persistence.*;
@Entity class Coach { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> { List<Team> findByCity(String city, Pageable page); }
//- src/Teams.java
import org.springframework.data.domain.*;
class Teams {
  private TeamRepository teams;
  Team first() { return teams.findByCity("x", PageRequest.of(0, 1, Sort.by("points"))).get(0); }
  Object some() { return teams.findByCity("y", PageRequest.ofSize(1)); }
}
`,
  },
  fixes: {
    "several list queries": {
      "Fetch coach with findByCity and 1 more": `
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> {
  @EntityGraph(attributePaths = "coach")
  List<Team> findByCity(String city);

  @EntityGraph(attributePaths = "coach")
  List<Team> findByLeague(String league);
}
`,
    },
    "a list query that repositories below inherit": {
      "Fetch coach with findByCity": `
//- src/TeamRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface TeamRepository extends JpaRepository<Team, Long> {
  @EntityGraph(attributePaths = "coach")
  List<Team> findByCity(String city);
}
`,
    },
  },
});
