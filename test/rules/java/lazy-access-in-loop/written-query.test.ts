import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Berths of a harbour with a lazy boat and a lazy pier, whose query stands in the body of a data access object. */
const harbour = (query: string, { use = "berth.getBoat().getName()", more = "" } = {}): string => `
//- src/Berth.java
import jakarta.persistence.*;
@Entity class Berth {
  @Id Long id;
  boolean taken;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "boat_id") Boat boat;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "pier_id") Pier pier;
  Boat getBoat() { return boat; }
  Pier getPier() { return pier; }
}
//- src/Boat.java
import jakarta.persistence.*;
@Entity class Boat { @Id Long id; String name; String getName() { return name; } }
//- src/Pier.java
import jakarta.persistence.*;
@Entity class Pier { @Id Long id; String name; String getName() { return name; } }
//- src/QBerth.java
import com.querydsl.core.types.dsl.*;
class QBerth extends EntityPathBase<Berth> { static final QBerth berth = new QBerth("berth"); QBoat boat; BooleanPath taken; }
//- src/QBoat.java
import com.querydsl.core.types.dsl.*;
class QBoat extends EntityPathBase<Boat> { static final QBoat boat = new QBoat("boat"); }
//- src/BerthRepository.java
import org.springframework.data.jpa.repository.*;
interface BerthRepository extends JpaRepository<Berth, Long>, JpaSpecificationExecutor<Berth> { }
//- src/Berths.java
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
import com.querydsl.jpa.impl.JPAQueryFactory;
import org.springframework.data.jpa.domain.Specification;
import java.util.*;
class Berths {
  private EntityManager em;
  private JPAQueryFactory factory;
  private BerthRepository repository;
  ${query}
}
//- src/Harbour.java
import java.util.*;
class Harbour {
  private Berths berths;
  void print(Pier pier) {
    for (Berth berth : berths.taken(pier)) show(${use});
  }
}
${more}`;

const BERTH_QUERY = `
//- src/BerthQuery.java
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
class BerthQuery {
  private final EntityManager em;
  private final CriteriaQuery<Berth> query;
  private final Root<Berth> root;
  BerthQuery(EntityManager em) {
    this.em = em;
    this.query = em.getCriteriaBuilder().createQuery(Berth.class);
    this.root = query.from(Berth.class);
  }
  BerthQuery takenOnly() { query.where(em.getCriteriaBuilder().isTrue(root.get("taken"))); return this; }
  TypedQuery<Berth> build() { return em.createQuery(query.select(root)); }
}`;

const marked = (query: string): string =>
  harbour(query).replace(
    "show(berth.getBoat().getName());",
    `show(berth.getBoat().getName());
                                              //^^^^^^^^^^^^^^^ Berth.boat is loaded per element of Berths.taken`,
  );

rule(lazyAccessInLoop, {
  reports: {
    "a text of JPQL": marked(`List<Berth> taken(Pier pier) {
    return em.createQuery("select b from Berth b where b.taken = true", Berth.class).getResultList();
  }`),
    "each row of an iterator": harbour(`List<Berth> taken(Pier pier) { return List.of(); }
  void all() {
    Iterator<Berth> found = em.createQuery("select b from Berth b where b.taken = true", Berth.class).getResultList().iterator();
    while (found.hasNext()) show(found.next().getBoat().getName());
                               //^^^^^^^^^^^^^^^^^^^^^^ Berth.boat is loaded per element of Berths.all
  }`),
    "a query of Querydsl": marked(`List<Berth> taken(Pier pier) {
    return factory.selectFrom(QBerth.berth).where(QBerth.berth.taken.isTrue()).fetch();
  }`),
    "a criteria query that fetches something else": marked(`List<Berth> taken(Pier pier) {
    CriteriaQuery<Berth> query = em.getCriteriaBuilder().createQuery(Berth.class);
    Root<Berth> root = query.from(Berth.class);
    root.fetch("pier");
    query.select(root);
    return em.createQuery(query).getResultList();
  }`),
    "a specification that fetches something else": marked(`List<Berth> taken(Pier pier) {
    return repository.findAll((root, query, cb) -> { root.fetch("pier"); return cb.isTrue(root.get("taken")); });
  }`).replace("element of Berths.taken", "element of BerthRepository.findAll"),
    "a query that a class of the project puts together":
      marked(`List<Berth> taken(Pier pier) {
    BerthQuery query = new BerthQuery(em);
    return query.takenOnly().build().getResultList();
  }`) + BERTH_QUERY,
    "a text that a method of the project sends":
      marked(`List<Berth> taken(Pier pier) { return list("from Berth b where b.taken = ?1", true); }
  private List<Berth> list(String text, Object... values) { return bound(em.createQuery(text), values).getResultList(); }
  private Query bound(Query query, Object[] values) { return query; }`),
    "criteria that a method of the project sends": marked(`List<Berth> taken(Pier pier) {
    CriteriaQuery<Berth> query = em.getCriteriaBuilder().createQuery(Berth.class);
    Root<Berth> root = query.from(Berth.class);
    root.fetch("pier");
    return list(query);
  }
  private List<Berth> list(CriteriaQuery<Berth> query) { return em.createQuery(query).getResultList(); }`),
  },
  ignores: {
    "the only row of an iterator": harbour(
      `List<Berth> taken(Pier pier) { return List.of(); }
  Boat only() {
    Iterator<Berth> found = em.createQuery("select b from Berth b where b.taken = true", Berth.class).getResultList().iterator();
    if (!found.hasNext()) return null;
    Berth berth = found.next();
    show(berth.getBoat().getName());
    return berth.getBoat();
  }`,
    ),
    "criteria that fetch it, which a method of the project sends": harbour(`List<Berth> taken(Pier pier) {
    CriteriaQuery<Berth> query = em.getCriteriaBuilder().createQuery(Berth.class);
    Root<Berth> root = query.from(Berth.class);
    root.fetch("boat");
    return list(query);
  }
  private List<Berth> list(CriteriaQuery<Berth> query) { return em.createQuery(query).getResultList(); }`),
    "a text that fetches it, which a method of the project sends": harbour(`List<Berth> taken(Pier pier) {
    return list("select b from Berth b left join fetch b.boat where b.taken = true");
  }
  private List<Berth> list(String text) { return em.createQuery(text).getResultList(); }`),
    "a class of the project whose query fetches it":
      harbour(`List<Berth> taken(Pier pier) {
    return new BerthQuery(em).takenOnly().build().getResultList();
  }`) + BERTH_QUERY.replace("return em.createQuery", 'root.fetch("boat"); return em.createQuery'),
    "a text with a constant that fetches it, handed to a method of the project":
      harbour(`static final String ALL = "select b from Berth b join fetch b.boat";
  List<Berth> taken(Pier pier) { return typed(ALL + (pier == null ? "" : " where b.taken = true")).getResultList(); }
  private TypedQuery<Berth> typed(CharSequence text) { return em.createQuery(text.toString(), Berth.class); }`),
    "a criteria query whose rows all have the same one": harbour(
      `List<Berth> taken(Pier pier) {
    CriteriaBuilder builder = em.getCriteriaBuilder();
    CriteriaQuery<Berth> query = builder.createQuery(Berth.class);
    Root<Berth> root = query.from(Berth.class);
    query.where(builder.equal(root.get("pier").get("id"), 7));
    return em.createQuery(query).getResultList();
  }`,
      { use: "berth.getPier().getName()" },
    ),
    "a specification whose rows all have the same one": harbour(
      `List<Berth> taken(Pier pier) {
    return repository.findAll((root, query, cb) -> { List<Predicate> all = new ArrayList<>(); all.add(cb.equal(root.get("pier"), pier)); return cb.and(all.toArray(new Predicate[0])); });
  }`,
      { use: "berth.getPier().getName()" },
    ),
    "a text that fetches it": harbour(`List<Berth> taken(Pier pier) {
    return em.createQuery("select b from Berth b left join fetch b.boat where b.taken = true", Berth.class).getResultList();
  }`),
    "a text that selects something else": harbour(
      `List<Boat> taken(Pier pier) {
    return em.createQuery("select b.boat from Berth b where b.taken = true", Boat.class).getResultList();
  }`,
      { use: "berth" },
    ),
    "all rows have the same one": harbour(
      `List<Berth> taken(Pier pier) {
    return em.createQuery("select b from Berth b where b.pier = :pier", Berth.class).setParameter("pier", pier).getResultList();
  }`,
      { use: "berth.getPier().getName()" },
    ),
    "an entity graph that is handed to the query": harbour(`List<Berth> taken(Pier pier) {
    TypedQuery<Berth> query = em.createQuery("select b from Berth b where b.taken = true", Berth.class);
    query.setHint("jakarta.persistence.fetchgraph", em.getEntityGraph("berths"));
    return query.getResultList();
  }`),
    "a fetch join of Querydsl": harbour(`List<Berth> taken(Pier pier) {
    return factory.selectFrom(QBerth.berth).leftJoin(QBerth.berth.boat, QBoat.boat).on(QBoat.boat.isNotNull()).fetchJoin().fetch();
  }`),
    "a criteria query that fetches in another method": harbour(`List<Berth> taken(Pier pier) {
    CriteriaQuery<Berth> query = em.getCriteriaBuilder().createQuery(Berth.class);
    Root<Berth> root = query.from(Berth.class);
    withBoat(root);
    return em.createQuery(query).getResultList();
  }
  private void withBoat(Root<Berth> root) { root.fetch("boat", JoinType.LEFT); }`),
    "a criteria query for a value": harbour(
      `List<Boat> taken(Pier pier) {
    CriteriaQuery<Boat> query = em.getCriteriaBuilder().createQuery(Boat.class);
    Root<Berth> root = query.from(Berth.class);
    query.select(root.get("boat"));
    return em.createQuery(query).getResultList();
  }`,
      { use: "berth" },
    ),
    "a specification that fetches it, behind a method and a constant": harbour(
      `List<Berth> taken(Pier pier) {
    Specification<Berth> wanted = BerthSpecifications.free().and(BerthSpecifications.at(pier));
    return repository.findAll(wanted);
  }`,
      {
        more: `
//- src/BerthSpecifications.java
import org.springframework.data.jpa.domain.Specification;
class BerthSpecifications {
  static final String BOAT = "boat";
  static Specification<Berth> free() { return (root, query, cb) -> cb.isFalse(root.get("taken")); }
  static Specification<Berth> at(Pier pier) {
    return (root, query, cb) -> {
      if (query.getResultType() != Long.class) root.fetch(BOAT);
      return cb.equal(root.get("pier"), pier);
    };
  }
}`,
      },
    ),
    "a specification that is a class": harbour(`List<Berth> taken(Pier pier) { return repository.findAll(new AtPier(pier)); }`, {
      more: `
//- src/AtPier.java
import jakarta.persistence.criteria.*;
import org.springframework.data.jpa.domain.Specification;
record AtPier(Pier pier) implements Specification<Berth> {
  public Predicate toPredicate(Root<Berth> root, CriteriaQuery<?> query, CriteriaBuilder cb) {
    Fetch<Berth, Boat> boat = root.fetch("boat");
    return cb.equal(root.get("pier"), pier);
  }
}`,
    }),
  },
});
