import { eagerSecondarySelect } from "../../../../src/rules/java/eager-secondary-select.ts";
import { rule } from "../../../harness/rule.ts";

const entity = (name: string, fields: string) => `//- src/main/java/port/${name}.java
package port;
import jakarta.persistence.*;
import java.util.*;
@Entity public class ${name} {
  @Id Long id;
  ${fields}
}
`;

const repository = (graph: string, more = "") => `//- src/main/java/port/FerryRepository.java
package port;

import java.util.List;
${graph === "" ? "" : "import org.springframework.data.jpa.repository.EntityGraph;\n"}import org.springframework.data.jpa.repository.JpaRepository;

public interface FerryRepository extends JpaRepository<Ferry, Long>${more} {
${graph}  List<Ferry> findByName(String name);
`;
const found = (said: string) => `            //^^^^^^^^^^ ${said}
}
`;

const port = (fields: string, said: string, more = "") =>
  `${entity("Ferry", `String name; ${fields}`)}${entity("Captain", "@ManyToOne School school; @ManyToOne(fetch = FetchType.LAZY) Ferry last;")}${entity("School", "String town;")}${entity("FerryType", "String name;")}${repository("", more)}${found(said)}`;

const LONG = "harbourThatIsKnown";
const MANY = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

rule(eagerSecondarySelect, {
  reports: {
    // With a graph of type FETCH, Hibernate 6.6 leaves EAGER associations unloaded that it does not name.
    "a reference behind a reference": port(
      "@ManyToOne Captain captain;",
      "💡 FerryRepository.findByName sends one more query per distinct Captain for Ferry.captain",
    ),
    "a reference to few rows beside it, which stays EAGER": port(
      "@ManyToOne School home; @ManyToOne FerryType type;",
      "💡 FerryRepository.findByName sends one more query per distinct School for Ferry.home",
    ),
    "more references than a line holds": `${port(
      `@ManyToOne Harbour ${LONG}OfArrival; @ManyToOne Harbour ${LONG}OfDeparture; @ManyToOne FerryType type;`,
      `💡 FerryRepository.findByName sends one more query per distinct Harbour for Ferry.${LONG}OfArrival and 1 more`,
    )}${entity("Harbour", "@ManyToOne School schoolOfTheCaptains;")}`,
    "a reference to its own kind": port(
      "@ManyToOne Ferry twin;",
      "💡 FerryRepository.findByName sends one more query per distinct Ferry for Ferry.twin",
    ),
    "more than anybody would write": `${port(
      `@ManyToOne Crew crew;`,
      "FerryRepository.findByName sends one more query per distinct Crew for Ferry.crew",
    )}${entity("Crew", MANY.map((name) => `@ManyToOne Sailor${name.toUpperCase()} ${name};`).join(" "))}${MANY.map((name) => entity(`Sailor${name.toUpperCase()}`, "String name;")).join("")}`,
    "a method that a class of the project implements": `${entity("Ferry", "String name; @ManyToOne School home;")}${entity("School", "String town;")}//- src/main/java/port/FerryRepository.java
package port;
import java.util.List;
public interface FerryRepository extends JpaRepository<Ferry, Long> {
  List<Ferry> findByWordsOf(String text);
            //^^^^^^^^^^^^^ FerryRepository.findByWordsOf sends one more query per distinct School for Ferry.home
}
//- src/main/java/port/FerryRepositoryImpl.java
package port;
import java.util.List;
public class FerryRepositoryImpl {
  public List<Ferry> findByWordsOf(String text) { return search(text.split(" ")); }
}
//- src/main/java/port/Ferries.java
package port;
import java.util.List;
class Ferries {
  private FerryRepository ferries;
  List<Ferry> search(String text) { return ferries.findByWordsOf(text); }
}
`,
    // Booking-app-team-14/Server: Spring Data makes a graph for the repository's entity, which has no such attribute.
    "rows of a class below the repository's entity": `${entity("Vessel", "String name;").replace("public class", "public abstract class")}//- src/main/java/port/Barge.java
package port;
import jakarta.persistence.*;
@Entity public class Barge extends Vessel { @ManyToOne School home; }
${entity("School", "String town;")}//- src/main/java/port/VesselRepository.java
package port;
import java.util.List;
import org.springframework.data.jpa.repository.*;
public interface VesselRepository extends JpaRepository<Vessel, Long> {
  @Query("select v from Vessel v where v.name = 'barge'") List<Barge> findBarges();
                                                                    //^^^^^^^^^^ VesselRepository.findBarges sends one more query per distinct School for Barge.home
}
`,
  },
  ignores: {
    "a graph that has all": `${entity("Ferry", "String name; @ManyToOne School home;")}${entity("School", "String town;")}${repository('  @EntityGraph(attributePaths = "home")\n')}}\n`,
  },
  fixes: {
    "a reference behind a reference": `${repository('  @EntityGraph(attributePaths = "captain.school")\n')}}\n`,
    "a reference to few rows beside it, which stays EAGER": `${repository('  @EntityGraph(attributePaths = "home", type = EntityGraph.EntityGraphType.LOAD)\n')}}\n`,
    "more references than a line holds": `${repository(`  @EntityGraph(
    attributePaths = {"${LONG}OfArrival.schoolOfTheCaptains",
      "${LONG}OfDeparture.schoolOfTheCaptains"},
    type = EntityGraph.EntityGraphType.LOAD)
`)}}\n`,
    "a reference to its own kind": `${repository('  @EntityGraph(attributePaths = "twin", type = EntityGraph.EntityGraphType.LOAD)\n')}}\n`,
  },
});
