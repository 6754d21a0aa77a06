import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Kayaks with a lazy owner, the body of the search that brings them, and who prints the owners of what it brings. */
const kayaks = (search: string, mark = ""): string => `
//- src/Kayak.java
import jakarta.persistence.*;
@Entity class Kayak {
  @Id Long id;
  String colour;
  @ManyToOne(fetch = FetchType.LAZY) Paddler owner;
  Paddler getOwner() { return owner; }
}
//- src/Paddler.java
import jakarta.persistence.*;
@Entity class Paddler { @Id Long id; String name; String getName() { return name; } }
//- src/Kayaks.java
import jakarta.persistence.*;
import com.querydsl.jpa.impl.*;
import java.util.*;
class Kayaks {
  private EntityManager em;
  private JPAQueryFactory factory;
  List<Kayak> search(String colour, boolean sorted) {
    ${search}
  }
}
//- src/Rental.java
class Rental {
  private Kayaks kayaks;
  void print(String colour) {
    for (Kayak kayak : kayaks.search(colour, true)) System.out.println(kayak.getOwner().getName());
    ${mark}
  }
}
`;

const REPORTED =
  "                                                                 //^^^^^^^^^^^^^^^^ Kayak.owner is loaded per element of Kayaks.search";

const BY_SPECIFICATION = (fetch: string): string => `
//- src/Boat.java
import jakarta.persistence.*;
@Entity class Boat { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Berth berth; Berth getBerth() { return berth; } }
//- src/Berth.java
import jakarta.persistence.*;
@Entity class Berth { @Id Long id; String name; String getName() { return name; } }
//- src/BoatRepository.java
import org.springframework.data.domain.*;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.*;
interface BoatRepository extends JpaRepository<Boat, Long>, JpaSpecificationExecutor<Boat> {
  Page<Boat> findAll(Specification<Boat> by, Pageable page);
}
//- src/BoatFilter.java
import jakarta.persistence.criteria.*;
import org.springframework.data.jpa.domain.Specification;
class BoatFilter implements Specification<Boat> {
  @Override public Predicate toPredicate(Root<Boat> root, CriteriaQuery<?> query, CriteriaBuilder cb) {
    ${fetch}
    return cb.isNotNull(root.get("id"));
  }
}
//- src/Port.java
import org.springframework.data.domain.*;
class Port {
  private BoatRepository boats;
  void print(Pageable page) {
    for (Boat boat : boats.findAll(new BoatFilter(), page)) System.out.println(boat.getBerth().getName());
`;

rule(lazyAccessInLoop, {
  reports: {
    "conditions that a text has now and then": kayaks(
      `String jpql = "select k from Kayak k join k.owner o";
    boolean first = true;
    if (colour != null) {
      if (first) { jpql += " where"; first = false; } else { jpql += " and"; }
      jpql += " k.colour = :colour";
    }
    if (sorted) {
      if (first) { jpql += " where"; first = false; } else { jpql += " and"; }
      jpql += " o.name is not null";
    }
    return em.createQuery(jpql, Kayak.class).getResultList();`,
      REPORTED,
    ),
    "a query that its variable takes again with its parameters": kayaks(
      `TypedQuery<Kayak> query = em.createQuery("select k from Kayak k where k.colour = :colour", Kayak.class);
    if (colour != null) query = query.setParameter("colour", colour);
    return query.getResultList();`,
      REPORTED,
    ),
    "a specification that fetches nothing, of a method that the repository declares again": `${BY_SPECIFICATION("")}                                                                             //^^^^^^^^^^^^^^^ 💡 Boat.berth is loaded per element of BoatRepository.findAll
  }
}
`,
  },
  ignores: {
    "one of several texts fetches it": kayaks(
      `String jpql = "select k from Kayak k";
    if (sorted) jpql += " join fetch k.owner";
    return em.createQuery(jpql, Kayak.class).getResultList();`,
    ),
    "a fetch among conditions that are too many to tell apart": kayaks(
      `String jpql = "select k from Kayak k";
    boolean first = true;
    if (sorted) { if (first) { jpql += " join fetch k.owner"; first = false; } }
    if (colour != null) { if (first) { jpql += " where"; first = false; } else { jpql += " and"; } jpql += " k.colour = :colour"; }
    if (sorted) { if (first) { jpql += " where"; first = false; } else { jpql += " and"; } jpql += " k.id > 0"; }
    return em.createQuery(jpql, Kayak.class).getResultList();`,
    ),
    "another query in the same variable": kayaks(
      `TypedQuery<Kayak> query = em.createQuery("select k from Kayak k", Kayak.class);
    if (sorted) query = em.createQuery("select k from Kayak k join fetch k.owner", Kayak.class);
    return query.getResultList();`,
    ),
    // A method of the library that the repository declares again
    "a specification that fetches it, of a method that the repository declares again": `${BY_SPECIFICATION('if (query.getResultType().equals(Boat.class)) root.fetch("berth", JoinType.LEFT);')}  }
}
`,
  },
});
