import { flushInLoop } from "../../../src/rules/java/flush-in-loop.ts";
import { rule } from "../../harness/rule.ts";

/** A DAO that knows its entity manager, and a service that uses it in a transaction. */
const stores = (store: string, members: string): string => `
//- src/depot/Crate.java
package depot;
import jakarta.persistence.*;
@Entity class Crate { @Id @GeneratedValue Long id; }
//- src/depot/CrateStore.java
package depot;
interface CrateStore { <E> E add(E row); }
//- src/depot/JpaCrateStore.java
package depot;
import jakarta.persistence.*;
class JpaCrateStore implements CrateStore {
  @PersistenceContext private EntityManager em;
${store}
}
//- src/depot/Depot.java
package depot;
import java.util.List;
import org.springframework.transaction.annotation.Transactional;
@Transactional
class Depot {
  private CrateStore store;
${members}
}
`;

const FLUSHES = "  public <E> E add(E row) { em.persist(row); em.flush(); return row; }";

rule(flushInLoop, {
  reports: {
    "a DAO that flushes whatever it is given": stores(
      FLUSHES,
      `
  void keep(List<Crate> crates) {
    for (Crate crate : crates) {
      store.add(crate);
    //^^^^^^^^^^^^^^^^ JpaCrateStore.add flushes the session for every element of crates
    }
  }`,
    ),
  },
  ignores: {
    "one that flushes where it has to": stores(
      "  public <E> E add(E row) { em.persist(row); if (row instanceof Crate) em.flush(); return row; }",
      "  void keep(List<Crate> crates) { for (Crate crate : crates) store.add(crate); }",
    ),
    "one that lets go of what it has written": stores(
      "  public <E> E add(E row) { em.persist(row); em.flush(); em.detach(row); return row; }",
      "  void keep(List<Crate> crates) { for (Crate crate : crates) store.add(crate); }",
    ),
    "one with a session of its own": stores(
      `  private org.hibernate.SessionFactory factory;
  public <E> E add(E row) {
    try (org.hibernate.Session session = factory.openSession()) {
      var transaction = session.beginTransaction();
      session.persist(row);
      session.flush();
      transaction.commit();
      return row;
    }
  }`,
      "  void keep(List<Crate> crates) { for (Crate crate : crates) store.add(crate); }",
    ),
    "one row": stores(FLUSHES, "  void keep(Crate crate) { store.add(crate); }"),
    "an element that may fail": stores(
      FLUSHES,
      "  void keep(List<Crate> crates) { for (Crate crate : crates) { try { store.add(crate); } catch (RuntimeException e) { skip(crate); } } }\n  void skip(Crate crate) {}",
    ),
  },
});
