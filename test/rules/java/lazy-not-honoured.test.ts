import { lazyNotHonoured } from "../../../src/rules/java/lazy-not-honoured.ts";
import { rule } from "../../harness/rule.ts";

/** Wagons with their depot, listed by a repository. */
const wagons = (depot: string, repository = "List<Wagon> findByLine(String line);"): string => `
//- src/Wagon.java
import jakarta.persistence.*;
@Entity class Wagon {
  @Id Long id;
  String line;
  ${depot}
}
//- src/Depot.java
import jakarta.persistence.*;
@Entity class Depot { @Id @Column(name = "depot_no") Long id; @Column(name = "short_name", unique = true) String shortName; }
//- src/WagonRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface WagonRepository extends JpaRepository<Wagon, Long> {
  ${repository}
}
`;

rule(lazyNotHonoured, {
  reports: {
    // Hibernate 6.2, 6.6 and 7.0 send 6 statements for 5 rows
    "a reference to a unique column":
      wagons(`@ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "depot", referencedColumnName = "short_name")
  Depot depot;
      //^^^^^ Wagon.depot is loaded with each row of WagonRepository.findByLine: Depot.shortName is not the primary key`),
    "one to one, by the own key": wagons(
      `@OneToOne(fetch = FetchType.LAZY) @PrimaryKeyJoinColumn
  Depot depot;
      //^^^^^ Wagon.depot is asked for with a query per row of WagonRepository.findByLine and 1 more: it may be missing`,
      `List<Wagon> findByLine(String line); List<Wagon> findByLineIn(Collection<String> lines);`,
    ),
    "one to one, by a join column that is the own key": wagons(
      `@OneToOne(fetch = FetchType.LAZY, optional = true) @JoinColumn(name = "id", insertable = false, updatable = false)
  Depot depot;
      //^^^^^ Wagon.depot is asked for with a query per row of WagonRepository.findByLine: it may be missing`,
    ),
  },
  ignores: {
    "a reference to the key by its column": wagons(
      `@ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "depot", referencedColumnName = "depot_no") Depot depot;`,
    ),
    "a reference to a column that no attribute has": wagons(
      `@ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "depot", referencedColumnName = "code") Depot depot;`,
    ),
    "an eager one, which is another rule's": wagons(
      `@ManyToOne @JoinColumn(name = "depot", referencedColumnName = "short_name") Depot depot;`,
    ),
    // one statement in Hibernate 6.6 and 7.0
    "another side that is always there": wagons(`@OneToOne(fetch = FetchType.LAZY, optional = false) @PrimaryKeyJoinColumn Depot depot;`),
    "a key that comes from the other side": wagons(`@MapsId @OneToOne(fetch = FetchType.LAZY) Depot depot;`),
    "a one-to-one with a column of its own": wagons(`@OneToOne(fetch = FetchType.LAZY) @JoinColumn(name = "depot") Depot depot;`),
    "many to one by the own key": wagons(
      `@ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "id", insertable = false, updatable = false) Depot depot;`,
    ),
    "a query that fetches it": wagons(
      `@ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "depot", referencedColumnName = "short_name") Depot depot;`,
      `@EntityGraph(attributePaths = "depot") List<Wagon> findByLine(String line);`,
    ),
    "one row": wagons(
      `@ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "depot", referencedColumnName = "short_name") Depot depot;`,
      `Optional<Wagon> findByLine(String line);`,
    ),
    "enhanced classes": `${wagons(`@OneToOne(fetch = FetchType.LAZY) @PrimaryKeyJoinColumn Depot depot;`)}
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><build><plugins><plugin>
<groupId>org.hibernate.orm.tooling</groupId><artifactId>hibernate-enhance-maven-plugin</artifactId></plugin></plugins></build></project>
`,
  },
});
