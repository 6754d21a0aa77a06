import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A port of a domain, what stands behind it, and a service that knows the port alone. */
const voyages = (behind: string, members: string): string => `
//- src/main/java/sea/Voyage.java
package sea;
import jakarta.persistence.*;
@Entity public class Voyage { @Id private Long id; private String harbour; public Long getId() { return id; } }
//- src/main/java/sea/Voyages.java
package sea;
import java.util.*;
public interface Voyages {
  Optional<Voyage> findById(Long id);
                 //~~~~~~~~ Voyages.findById is declared here
  List<Voyage> findByHarbour(String harbour);
  Voyage save(Voyage voyage);
}
${behind}
//- src/main/java/sea/Plans.java
package sea;
import java.util.*;
class Plans {
  private final Voyages voyages;
  Plans(Voyages voyages) { this.voyages = voyages; }
${members}
}
`;

const JPA = `//- src/main/java/sea/store/JpaVoyages.java
package sea.store;
import org.springframework.data.jpa.repository.JpaRepository;
import sea.*;
interface JpaVoyages extends JpaRepository<Voyage, Long>, Voyages {}`;

const MEMORY = `//- src/main/java/sea/store/MemoryVoyages.java
package sea.store;
import java.util.*;
import sea.*;
class MemoryVoyages implements Voyages {
  private final Map<Long, Voyage> all = new HashMap<>();
  public Optional<Voyage> findById(Long id) { return Optional.ofNullable(all.get(id)); }
  public List<Voyage> findByHarbour(String harbour) { return List.copyOf(all.values()); }
  public Voyage save(Voyage voyage) { all.put(voyage.getId(), voyage); return voyage; }
}`;

const ASKS = `
  void plan(List<Long> ids) {
    for (Long id : ids) show(voyages.findById(id));
                           //^^^^^^^^^^^^^^^^^^^^ Voyages.findById runs once per element of ids
  }`;
const unmarked = (text: string): string => text.replace(/^ *\/\/[~^].*\n/gm, "");

rule(queryInLoop, {
  reports: {
    "a method of the port that the repository has a body for": `
//- src/main/java/sea/Voyage.java
package sea;
import jakarta.persistence.*;
@Entity public class Voyage { @Id private Long id; private String ship; }
//- src/main/java/sea/Voyages.java
package sea;
public interface Voyages { Voyage of(String ship); int most(String ship); }
//- src/main/java/sea/store/JpaVoyages.java
package sea.store;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import sea.*;
interface JpaVoyages extends JpaRepository<Voyage, Long>, Voyages {
  Optional<Voyage> findByShip(String ship);
  default Voyage of(String ship) { return findByShip(ship).orElseThrow(); }
  default int most(String ship) { return ship.length(); }
}
//- src/main/java/sea/Plans.java
package sea;
import java.util.*;
class Plans {
  private final Voyages voyages;
  Plans(Voyages voyages) { this.voyages = voyages; }
  List<Voyage> all(List<String> ships) { return ships.stream().map(voyages::of).toList(); }
                                                                 //^^^^^^^^^^^ of runs JpaVoyages.findByShip once per element of ships
  int longest(List<String> ships) { return ships.stream().mapToInt(voyages::most).max().orElse(0); }
}
`,
    "a port that a repository of Spring Data extends": voyages(JPA, ASKS),
  },
  ignores: {
    "a port that a class implements in memory": unmarked(voyages(MEMORY, ASKS)),
    "a port that nothing stands behind": unmarked(voyages("", ASKS)),
    "a method of which the repository itself has a body": unmarked(
      voyages(
        JPA.replace(
          "Voyages {}",
          "Voyages { default java.util.Optional<Voyage> findById(Long id) { return java.util.Optional.empty(); } }",
        ),
        ASKS,
      ),
    ),
  },
});

rule(saveInLoop, {
  reports: {
    "a port that a repository of Spring Data extends, without its saveAll": voyages(
      JPA,
      `
  void keep(List<Voyage> all) {
    for (Voyage voyage : all) voyages.save(voyage);
                            //^^^^^^^^^^^^^^^^^^^^ Voyages.save opens and commits a transaction for every element of all
  }`,
    ).replace(/^ *\/\/~.*\n/m, ""),
  },
  ignores: {
    "a port that a class implements in memory": unmarked(
      voyages(MEMORY, "  void keep(List<Voyage> all) { for (Voyage voyage : all) voyages.save(voyage); }"),
    ),
  },
});
