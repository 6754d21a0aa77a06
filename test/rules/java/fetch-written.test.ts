import { cartesianFetch } from "../../../src/rules/java/cartesian-fetch.ts";
import { collectionFetchPaging } from "../../../src/rules/java/collection-fetch-paging.ts";
import { multipleBagFetch } from "../../../src/rules/java/multiple-bag-fetch.ts";
import { rule } from "../../harness/rule.ts";

/** Ships with lists and sets, and a class whose methods write queries for them. */
const fleet = (methods: string): string => `
//- src/fleet/Ship.java
package fleet;
import jakarta.persistence.*;
import java.util.*;
@Entity public class Ship {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Port home;
  @OneToMany(mappedBy = "ship") Set<Crate> crates;
  @OneToMany(mappedBy = "ship") List<Sailor> sailors;
  @OneToMany(mappedBy = "ship") List<Voyage> voyages;
}
//- src/fleet/Port.java
package fleet;
import jakarta.persistence.*;
@Entity public class Port { @Id Long id; }
//- src/fleet/Crate.java
package fleet;
import jakarta.persistence.*;
@Entity public class Crate { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Ship ship; }
//- src/fleet/Sailor.java
package fleet;
import jakarta.persistence.*;
@Entity public class Sailor { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Ship ship; }
//- src/fleet/Voyage.java
package fleet;
import jakarta.persistence.*;
@Entity public class Voyage { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Ship ship; }
//- src/fleet/ShipQueries.java
package fleet;
import static fleet.QShip.ship;
import java.util.List;
import com.querydsl.jpa.impl.JPAQueryFactory;
import jakarta.persistence.EntityManager;
import org.springframework.data.domain.Pageable;
class ShipQueries {
  private JPAQueryFactory queries;
  private EntityManager em;
${methods}
}
`;

rule(collectionFetchPaging, {
  reports: {
    // 1J-Choi/AIBE3_FinalProject_Team1_BE
    "a limit of Querydsl": fleet(`
  List<Ship> some(int most) {
    return queries.selectFrom(ship).join(ship.home).fetchJoin().leftJoin(ship.crates).fetchJoin().limit(most).fetch();
                                                                                                            //^^^^^^^ ShipQueries.some fetches crates, so its page is cut in memory
  }`),
    "a text of an EntityManager": fleet(`
  List<Ship> page(Pageable page) {
    return em.createQuery("select s from Ship s left join fetch s.crates", Ship.class).setMaxResults(page.getPageSize()).getResultList();
                                                                                                                       //^^^^^^^^^^^^^^^ ShipQueries.page fetches crates, so its page is cut in memory
  }`),
  },
  ignores: {
    "references alone": fleet(`
  List<Ship> some(int most) { return queries.selectFrom(ship).join(ship.home).fetchJoin().limit(most).fetch(); }`),
    "no limit": fleet(`
  List<Ship> all() { return queries.selectFrom(ship).leftJoin(ship.crates).fetchJoin().fetch(); }`),
    "one row, asked for by its key": fleet(`
  Ship one(Long id) { return queries.selectFrom(ship).leftJoin(ship.crates).fetchJoin().where(ship.id.eq(id)).fetchFirst(); }`),
  },
});

rule(cartesianFetch, {
  reports: {
    "two collections of Querydsl": fleet(`
  List<Ship> all() {
    return queries.selectFrom(ship).leftJoin(ship.crates).fetchJoin().leftJoin(ship.sailors).fetchJoin().fetch();
                                                                                                       //^^^^^^^ ShipQueries.all multiplies crates by sailors
  }`),
  },
  ignores: {
    "a collection and a reference": fleet(`
  List<Ship> all() { return queries.selectFrom(ship).leftJoin(ship.crates).fetchJoin().leftJoin(ship.home).fetchJoin().fetch(); }`),
  },
});

rule(multipleBagFetch, {
  reports: {
    "two lists in a text": fleet(`
  List<Ship> all() {
    return em.createQuery("select s from Ship s left join fetch s.sailors left join fetch s.voyages", Ship.class).getResultList();
                                                                                                                //^^^^^^^^^^^^^^^ ShipQueries.all fetches the bags sailors and voyages at once
  }`),
  },
  ignores: {
    "a list and a set": fleet(`
  List<Ship> all() {
    return em.createQuery("select s from Ship s left join fetch s.sailors left join fetch s.crates", Ship.class).getResultList();
  }`),
  },
});
