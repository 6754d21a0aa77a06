import { eagerSecondarySelect } from "../../../../src/rules/java/eager-secondary-select.ts";
import { rule } from "../../../harness/rule.ts";

const LONG = "harbourThatIsKnown";

/** A query whose graph names one reference and lacks another. */
const ferries = (graph: string, said = ""): string => `
//- src/main/java/port/Ferry.java
package port;
import jakarta.persistence.*;
@Entity
public class Ferry {
  @Id Long id; String name;
  @ManyToOne(fetch = FetchType.LAZY) Pier ${LONG}OfArrival;
  @ManyToOne Pier ${LONG}OfDeparture;
}
//- src/main/java/port/Pier.java
package port;
import jakarta.persistence.*;
@Entity
public class Pier { @Id Long id; String town; }
//- src/main/java/port/FerryRepository.java
package port;

import java.util.List;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

public interface FerryRepository extends JpaRepository<Ferry, Long> {
${graph}
  List<Ferry> findByName(String name);
${said}}
`;

const fixed = (graph: string): string => ferries(graph).replace(/[\s\S]*(?=\/\/- src\/main\/java\/port\/FerryRepository)/, "\n");

rule(eagerSecondarySelect, {
  reports: {
    // InseeFr/Pearl-Jam-Back-Office
    "a graph that does not fit on its line any more": ferries(
      `  @EntityGraph(attributePaths = "${LONG}OfArrival", type = EntityGraph.EntityGraphType.LOAD)`,
      `            //^^^^^^^^^^ 💡 FerryRepository.findByName sends one more query per distinct Pier for Ferry.${LONG}OfDeparture\n`,
    ),
    "a graph that is broken as its author likes": ferries(
      `  @EntityGraph(type = EntityGraph.EntityGraphType.LOAD,\n    attributePaths = "${LONG}OfArrival")`,
      `            //^^^^^^^^^^ 💡 FerryRepository.findByName sends one more query per distinct Pier for Ferry.${LONG}OfDeparture\n`,
    ),
  },
  ignores: {
    "a graph that has all": ferries(
      `  @EntityGraph(attributePaths = {"${LONG}OfArrival", "${LONG}OfDeparture"}, type = EntityGraph.EntityGraphType.LOAD)`,
    ),
  },
  fixes: {
    "a graph that does not fit on its line any more": fixed(`  @EntityGraph(
    attributePaths = {"${LONG}OfArrival", "${LONG}OfDeparture"},
    type = EntityGraph.EntityGraphType.LOAD)`),
    "a graph that is broken as its author likes": fixed(`  @EntityGraph(type = EntityGraph.EntityGraphType.LOAD,
    attributePaths = {"${LONG}OfArrival", "${LONG}OfDeparture"})`),
  },
});
