import assert from "node:assert/strict";
import { deleteAllLoadsEntities } from "../../../src/rules/java/delete-all-loads-entities.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { service, serviceFile } from "./shop.ts";

const visits = (members: string, annotations = "", entity = ""): string => `
//- src/zoo/Visit.java
package zoo;
import jakarta.persistence.*;
@Entity
${annotations}
class Visit {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Animal animal;
  java.time.Instant at;
  ${entity}
}
//- src/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity
class Animal { @Id Long id; String name; }
//- src/zoo/VisitRepository.java
package zoo;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface VisitRepository extends JpaRepository<Visit, Long> {
    ${members}
}
`;

rule(deleteAllLoadsEntities, {
  reports: {
    "a derived delete": visits(`void deleteByAnimalIdAndAtBefore(Long animalId, Instant at);
       //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.deleteByAnimalIdAndAtBefore loads every row and deletes them one by one`),
    "a derived delete of rows of which another method takes the first": visits(`void deleteByAnimalIdAndAtBefore(Long animalId, Instant at);
       //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.deleteByAnimalIdAndAtBefore loads every row and deletes them one by one
    java.util.Optional<Visit> findFirstByAnimalId(Long animalId); java.util.Optional<Visit> findByAnimalIdAndAt(Long animalId, Instant at);`),
    // CELEBIT/sluv-springboot-server: one of a question's pictures, whichever it is, beside the list of them.
    "a derived delete by some of the references": visits(
      `void deleteByAnimalIdAndKeeperId(Long animalId, Long keeperId);
       //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.deleteByAnimalIdAndKeeperId loads every row and deletes them one by one`,
      "",
      "@ManyToOne(fetch = FetchType.LAZY) Animal keeper; @ManyToOne(fetch = FetchType.LAZY) Animal guide;",
    ),
    "a derived delete of rows that another method lists": visits(`void deleteByAnimalId(Long animalId);
       //^^^^^^^^^^^^^^^^ 💡 VisitRepository.deleteByAnimalId loads every row and deletes them one by one
    Visit findOneByAnimalId(Long animalId); List<Visit> findAllByAnimalId(Long animalId);`),
    "rows that a loop deletes, and nothing else": `${visits("List<Visit> findByAtBefore(Instant at);")}
//- src/zoo/Purge.java
package zoo;
import org.springframework.transaction.annotation.Transactional;
class Purge {
  private VisitRepository visits;
  @Transactional public void purge() {
    for (Visit visit : visits.findByAtBefore(java.time.Instant.now())) {
      visits.delete(visit);
    //^^^^^^^^^^^^^^^^^^^^ VisitRepository.findByAtBefore loads rows only to have each of them deleted
    }
  }
  @Transactional public void stream() {
    java.util.List<Visit> old = visits.findByAtBefore(java.time.Instant.now());
    old.forEach(visit -> visits.delete(visit));
                       //^^^^^^^^^^^^^^^^^^^^ VisitRepository.findByAtBefore loads rows only to have each of them deleted
  }
  @Transactional public void refer() {
    visits.findByAtBefore(java.time.Instant.now()).forEach(visits::delete);
                                                         //^^^^^^^^^^^^^^ VisitRepository.findByAtBefore loads rows only to have each of them deleted
  }
}
`,
    "a derived delete across a join, which a bulk statement cannot say": visits(`void deleteByAnimalName(String name);
       //^^^^^^^^^^^^^^^^^^ VisitRepository.deleteByAnimalName loads every row and deletes them one by one`),
    // What the elements have lost would be written before the statement: of a removed entity it is not.
    "elements that are changed before": service(`
    void forget(List<Order> old) {
        old.forEach(Order::detach);
        orders.deleteAll(old);
      //^^^^^^^^^^^^^^^^^^^^^ OrderRepository.deleteAll deletes one row at a time
    }
    void forgetNotes(List<Order> old) {
        for (Order order : old) order.setCustomer(null);
        orders.deleteAll(old);
      //^^^^^^^^^^^^^^^^^^^^^ OrderRepository.deleteAll deletes one row at a time
    }
    void forgetSome(List<Order> all) {
        List<Order> old = new ArrayList<>();
        for (Order order : all) {
            order.setNote(null);
            old.add(order);
        }
        orders.deleteAll(old);
      //^^^^^^^^^^^^^^^^^^^^^ OrderRepository.deleteAll deletes one row at a time
    }`),
    "elements that are only read before": service(`
    void forget(List<Order> old) {
        for (Order order : old) log(order.getCustomer());
        orders.deleteAll(old);
      //^^^^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.deleteAll deletes one row at a time
    }`),
    "a derived delete that a job runs": `${visits(`long removeByAtBefore(Instant at);
       //^^^^^^^^^^^^^^^^ VisitRepository.removeByAtBefore loads every row and deletes them one by one for @Scheduled purge`)}
//- src/zoo/Purge.java
package zoo;
class Purge {
  private VisitRepository visits;
  @org.springframework.scheduling.annotation.Scheduled(cron = "0 0 4 * * *")
  @org.springframework.transaction.annotation.Transactional
  public void purge() { visits.removeByAtBefore(java.time.Instant.now()); }
}
`,
    // A statement leaves them in the session, where the booking takes them along once more.
    "elements that go with their owner": `//- src/zoo/Booking.java
package zoo;
import jakarta.persistence.*;
import java.util.List;
@Entity
class Booking {
  @Id Long id;
  @OneToMany(mappedBy = "booking", cascade = CascadeType.ALL, orphanRemoval = true) List<Seat> seats;
  List<Seat> getSeats() { return seats; }
}
//- src/zoo/Seat.java
package zoo;
import jakarta.persistence.*;
@Entity
class Seat { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Booking booking; }
//- src/zoo/SeatRepository.java
package zoo;
import org.springframework.data.jpa.repository.JpaRepository;
interface SeatRepository extends JpaRepository<Seat, Long> {}
//- src/zoo/Desk.java
package zoo;
import java.util.List;
class Desk {
  private SeatRepository repository;
  void cancel(Booking booking) {
    repository.deleteAll(booking.getSeats());
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SeatRepository.deleteAll deletes one row at a time
    booking.getSeats().clear();
  }
  void empty(Booking booking) {
    List<Seat> all = booking.getSeats();
    repository.deleteAll(all);
  //^^^^^^^^^^^^^^^^^^^^^^^^^ SeatRepository.deleteAll deletes one row at a time
  }
}
`,
    "deleteAll of a list": service(`
    void forget(List<Order> old) {
        orders.deleteAll(old);
      //^^^^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.deleteAll deletes one row at a time
    }`),
    // bcgov/EDUC-PEN-NOMINAL-ROLL-API: the statement would find rows that refer to its own, still there.
    "rows behind others that refer to them, which the session has not deleted yet": service(`
    @org.springframework.transaction.annotation.Transactional
    public void forget(List<Order> old, List<Customer> gone) {
        orders.deleteAll(old);
      //^^^^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.deleteAll deletes one row at a time
        customers.deleteAll(gone);
      //^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.deleteAll deletes one row at a time
    }`),
    "rows that others have let go of before": service(`
    @org.springframework.transaction.annotation.Transactional
    public void forget(List<Order> theirs, List<Customer> gone) {
        theirs.forEach(order -> order.setCustomer(null));
        customers.deleteAll(gone);
      //^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.deleteAll deletes one row at a time
    }`),
    "rows behind others that a statement has deleted": service(`
    @org.springframework.transaction.annotation.Transactional
    public void forget(List<Order> old, List<Customer> gone) {
        orders.deleteAllInBatch(old);
        customers.deleteAll(gone);
      //^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.deleteAll deletes one row at a time
    }`),
  },
  ignores: {
    "rows that are looked at before they are deleted, and a loop that does more": `${visits("List<Visit> findByAtBefore(Instant at);")}
//- src/zoo/Purge.java
package zoo;
import org.springframework.transaction.annotation.Transactional;
class Purge {
  private VisitRepository visits;
  @Transactional public int counted() {
    java.util.List<Visit> old = visits.findByAtBefore(java.time.Instant.now());
    for (Visit visit : old) visits.delete(visit);
    return old.size();
  }
  @Transactional public void told() {
    for (Visit visit : visits.findByAtBefore(java.time.Instant.now())) {
      tell(visit);
      visits.delete(visit);
    }
  }
  private void tell(Visit visit) {}
}
`,
    // java/save-in-loop speaks of the commits.
    "a loop of transactions": `${visits("List<Visit> findByAtBefore(Instant at);")}
//- src/zoo/Purge.java
package zoo;
class Purge {
  private VisitRepository visits;
  public void purge() { visits.findByAtBefore(java.time.Instant.now()).forEach(visit -> visits.delete(visit)); }
}
`,
    // woowacourse-teams/2023-hang-log: whoever likes a trip likes it once
    "a derived delete by both references of a pair": visits(
      "void deleteByAnimalIdAndKeeperId(Long animalId, Long keeperId);",
      "",
      "@ManyToOne(fetch = FetchType.LAZY) Animal keeper;",
    ),
    "a derived delete by both references of a pair, one of which is a number": visits(
      "void deleteByAnimalIdAndKeeperId(Long animalId, Long keeperId);",
      "",
      "Long keeperId;",
    ),
    "a derived delete by the key": visits("void deleteById(Long id);"),
    // mojito's cache of answers: type and hash are unique together.
    "a derived delete by a unique key of the mapping": visits(
      "void deleteByAtAndAnimalId(Instant at, Long animalId);",
      '@Table(indexes = { @Index(columnList = "at, animal_id", unique = true) })',
    ),
    // 100-hours-a-week/10-team-joytas-dao-be: who shares a lounge does so once, which no constraint says.
    "a derived delete of the row that another method asks for as the only one": visits(
      "void deleteByAtAndAnimalId(Instant at, Long animalId); java.util.Optional<Visit> findByAnimalIdAndAt(Long animalId, Instant at);",
    ),
    "a derived delete of the row that another method asks for with less": visits(
      "void deleteByAnimalIdAndAtIsNullAndIdGreaterThan(Long animalId, Long id); Visit findByAtIsNullAndAnimalId(Long animalId);",
    ),
    "a derived delete whose objects are wanted": visits("List<Visit> deleteByAtBefore(Instant at);"),
    "a statement": visits(
      '@org.springframework.data.jpa.repository.Modifying @org.springframework.data.jpa.repository.Query("delete from Visit v where v.at < ?1") void deleteByAtBefore(Instant at);',
    ),
    "an entity whose children go with it": visits(
      "void deleteByAtBefore(Instant at);",
      "",
      "@OneToMany(cascade = CascadeType.ALL) java.util.List<Animal> seen;",
    ),
    "an entity that is only marked as deleted": visits(
      "void deleteByAtBefore(Instant at);",
      '@SQLDelete(sql = "update visit set gone = true where id = ?")',
    ),
    "an entity with a callback": visits("void deleteByAtBefore(Instant at);", "", "@PreRemove void bury() {}"),
    // thingsboard has 143 methods of such names, most of them in services.
    "a service of the same name": `
//- src/zoo/VisitService.java
package zoo;
interface VisitService { void deleteByAnimalId(Long animalId); }
`,
    "one statement for a list": service(`void forget(List<Order> old) { orders.deleteAllInBatch(old); }`),
  },
  fixes: {
    "a derived delete": `
//- src/zoo/VisitRepository.java
package zoo;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface VisitRepository extends JpaRepository<Visit, Long> {
    @Modifying(flushAutomatically = true)
    @Query("delete from Visit e where e.animal.id = ?1 and e.at < ?2")
    void deleteByAnimalIdAndAtBefore(Long animalId, Instant at);
}
`,
    "deleteAll of a list": serviceFile(`
    void forget(List<Order> old) {
        orders.deleteAllInBatch(old);
    }`),
  },
});

it("java/delete-all-loads-entities is a hint where no code calls the delete", async () => {
  const severities = async (caller: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([deleteAllLoadsEntities]);
    await workspace.put(parseFixture(`${visits("void deleteByAnimalName(String name);")}${caller}`).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  const caller = `
//- src/zoo/Desk.java
package zoo;
class Desk { VisitRepository visits; void forget(String name) { visits.deleteByAnimalName(name); } }
`;
  assert.deepEqual(await severities(""), ["hint"]);
  assert.deepEqual(await severities(caller), ["information"]);
});
