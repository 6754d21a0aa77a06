import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Tiles behind a data access object for any entity, and a service that removes those of a wall in one transaction. */
const wall = (
  body: string,
  { annotation = "@Transactional", remove = "T found = session.get(type, id); session.remove(found);" } = {},
): string => `
//- src/Tile.java
import jakarta.persistence.*;
@Entity class Tile { @Id Long id; Long wallId; Long getId() { return id; } Long getWallId() { return wallId; } }
//- src/AnyDao.java
import java.util.List;
import org.hibernate.Session;
class AnyDao<T> {
  protected Session session;
  private Class<T> type;
  public void remove(Long id) { ${remove} }
  List<?> of(Long wall) { return session.createQuery("from Tile t where t.wallId = :wall").setParameter("wall", wall).list(); }
}
//- src/TileDao.java
class TileDao extends AnyDao<Tile> { }
//- src/Walls.java
import java.util.*;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
@Service ${annotation}
class Walls {
  private TileDao tiles;
${body}
}
`;

/** A job that cancels each order that has run out, by a service of its own. */
const expiry = ({ propagation = "", load = "orders.findById(id).orElseThrow()" } = {}): string => `
//- src/Order.java
import jakarta.persistence.*;
@Entity class Order { @Id Long id; String state; Long getId() { return id; } void setState(String state) { this.state = state; } }
//- src/OrderRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> { List<Order> findByState(String state); Order findFirstByIdAndState(Long id, String state); }
//- src/Cancelling.java
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.*;
@Service class Cancelling {
  private OrderRepository orders;
  @Transactional${propagation} public void cancel(Long id) { Order order = ${load}; order.setState("CANCELLED"); orders.save(order); }
}
//- src/Expiry.java
import java.util.*;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
@Component class Expiry {
  private OrderRepository orders;
  private Cancelling cancelling;
  @Scheduled(fixedRate = 1000) @Transactional public void expire() {
    List<Order> due = orders.findByState("OPEN");
    for (Order order : due) cancelling.cancel(order.getId());
MARKER  }
}
`;
const unmarked = (workspace: string): string => workspace.replace("MARKER", "");
const marked = (workspace: string, message: string): string =>
  workspace.replace("MARKER", `                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${message}\n`);

rule(queryInLoop, {
  reports: {
    "the key of an object that was read, in a transaction beside": marked(
      expiry({ propagation: "(propagation = Propagation.REQUIRES_NEW)" }),
      "cancel runs OrderRepository.findById once per element of due",
    ),
    "a query by the key of an object that was read": marked(
      expiry({ load: 'orders.findFirstByIdAndState(id, "OPEN")' }),
      "cancel runs OrderRepository.findFirstByIdAndState once per element of due",
    ),
    "keys that a caller hands in": wall(`
  public void remove(List<Long> ids) {
    for (Long id : ids) tiles.remove(id);
                      //^^^^^^^^^^^^^^^^ remove runs Session.get once per element of ids
  }`),
    "another key than that of the object which was read": wall(`
  public void remove(Long wall) {
    for (Tile tile : (List<Tile>) tiles.of(wall)) tiles.remove(tile.getWallId());
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ remove runs Session.get once per element of tiles.of(…)
  }`),
    "objects of what a caller hands in": wall(`
  public void remove(Wall wall) {
    for (Tile tile : wall.getTiles()) tiles.remove(tile.getId());
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^ remove runs Session.get once per element of wall.getTiles()
  }`),
    "the key of an object, to find another one that has the same": `${wall(`
  private FrameDao frames;
  public void remove(Long wall) {
    for (Tile tile : (List<Tile>) tiles.of(wall)) frames.remove(tile.getId());
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^ remove runs Session.get once per element of tiles.of(…)
  }`)}
//- src/Frame.java
import jakarta.persistence.*;
@Entity class Frame { @Id Long id; }
//- src/FrameDao.java
class FrameDao extends AnyDao<Frame> { }
`,
    "an interface, behind which anything may be read": `${wall(`
  private Counter counter;
  public void count(Long wall) {
    for (Tile tile : (List<Tile>) tiles.of(wall)) counter.of(tile.getId());
                                                //^^^^^^^^^^^^^^^^^^^^^^^^ of runs TypedQuery.list once per element of tiles.of(…)
  }`)}
//- src/Counter.java
interface Counter { int of(Long id); }
//- src/ByQuery.java
class ByQuery implements Counter {
  private org.hibernate.Session session;
  public int of(Long id) { return session.createQuery("from Tile t where t.wallId = :id").setParameter("id", id).list().size(); }
}
`,
    "something else that is read as well": wall(
      `
  public void remove(Long wall) {
    for (Tile tile : (List<Tile>) tiles.of(wall)) tiles.remove(tile.getId());
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^ remove runs Session.get, and 1 more run, once per element of tiles.of(…)
  }`,
      { remove: 'T found = session.get(type, id); session.createQuery("select count(t) from Tile t").uniqueResult();' },
    ),
    "no transaction that would keep what was read": wall(
      `
  public void remove(Long wall) {
    for (Tile tile : (List<Tile>) tiles.of(wall)) tiles.remove(tile.getId());
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^ remove runs Session.get once per element of tiles.of(…)
  }`,
      { annotation: "" },
    ),
  },
  ignores: {
    // NgocAnhDo26/bus-ticket-booking-system: the session has the booking that is asked for.
    "the key of an object that was read, in the transaction of a service": unmarked(expiry()),
    "the key of an object that the same transaction has read": wall(`
  public void remove(Long wall) {
    for (Tile tile : (List<Tile>) tiles.of(wall)) tiles.remove(tile.getId());
  }`),
    "the same with the list in a variable": wall(`
  public void remove(Long wall, Set<Long> kept) {
    List<Tile> all = (List<Tile>) tiles.of(wall);
    for (Tile tile : all) if (!kept.contains(tile.getId())) tiles.remove(tile.getId());
  }`),
  },
});
