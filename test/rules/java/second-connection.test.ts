import { secondConnection } from "../../../src/rules/java/second-connection.ts";
import { rule } from "../../harness/rule.ts";

interface Given {
  readonly booking?: string;
  readonly trail?: string;
  readonly desk?: string;
}

/** A request that books, and a trail of its own that is written while it does. */
const office = ({ booking = BOOKS, trail = TRAIL, desk = DESK }: Given): string => `
//- src/office/Booking.java
package office;
import jakarta.persistence.*;
@Entity class Booking { @Id @GeneratedValue Long id; }
//- src/office/BookingRepository.java
package office;
import org.springframework.data.jpa.repository.JpaRepository;
interface BookingRepository extends JpaRepository<Booking, Long> {}
//- src/office/Trail.java
package office;
import jakarta.persistence.*;
@Entity class Trail { @Id @GeneratedValue Long id; }
//- src/office/TrailRepository.java
package office;
import org.springframework.data.jpa.repository.JpaRepository;
interface TrailRepository extends JpaRepository<Trail, Long> {}
//- src/office/TrailService.java
package office;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;
import org.springframework.transaction.*;
import org.springframework.transaction.annotation.*;
import org.springframework.transaction.support.*;
@Service
public class TrailService {
  private TrailRepository trails;
${trail}
}
//- src/office/BookingService.java
package office;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.*;
@Service
public class BookingService {
  private BookingRepository bookings;
  private TrailService trail;
${booking}
}
//- src/office/Desk.java
package office;
import org.springframework.web.bind.annotation.*;
@RestController
class Desk {
  private BookingService service;
${desk}
}
`;

const templates = (made: string, mark = ""): string => `
  private TransactionTemplate apart;
  private TransactionTemplate other;
  public TrailService(PlatformTransactionManager manager) { ${made} }
  public void write(Booking booking) { apart.execute(status -> trails.save(new Trail())); }${mark}`;

const DESK = `  @PostMapping("/bookings") void book(@RequestBody Booking booking) { service.book(booking); }`;
const BOOKS = `
  @Transactional public void book(Booking booking) {
    bookings.save(booking);
    note(booking);
  }
  private void note(Booking booking) { trail.write(booking); }`;
const FOUND = `
  @Transactional(propagation = Propagation.REQUIRES_NEW) public void write(Booking booking) { trails.save(new Trail()); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TrailService.write takes a second connection inside the transaction of BookingService.book (POST /bookings)`;
const TRAIL = FOUND.slice(0, FOUND.indexOf("\n//"));

rule(secondConnection, {
  reports: {
    "a transaction of its own that sends nothing, and has its connection from the start": `${office({
      trail: FOUND.replace("trails.save(new Trail());", "                       "),
    })}//- pom.xml
<project><artifactId>office</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>
`,
    // 0x00vb/Sentinel-RTGS: each step of a payment is audited in a transaction of its own.
    "a transaction of its own in that of a request": office({ trail: FOUND }),
    // alf.io counts how often a code has been used in a serializable transaction.
    "a template of its own": office({
      trail: templates(
        "DefaultTransactionDefinition apart = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW); this.apart = new TransactionTemplate(manager, apart);",
        `
                                     //^^^^^^^^^^^^^ TrailService.write takes a second connection inside the transaction of BookingService.book (POST /bookings)`,
      ),
    }),
    "a template that is told to begin anew, in a method of the transaction": office({
      booking: BOOKS.replace("@Transactional ", "").replace("bookings.save(booking);\n    ", ""),
      trail: templates(
        "apart = new TransactionTemplate(manager); apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);",
        `
                                                                    //^^^^^^^^^^^^^ TrailService.write takes a second connection inside the transaction of TrailService.write (POST /bookings)`,
      ).replace("public void write(Booking booking) {", "@Transactional public void write(Booking booking) { trails.count();"),
    }),
  },
  ignores: {
    "sessions of MongoDB, which keep no connection": `
//- pom.xml
<project>
  <artifactId>office</artifactId>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-mongodb</artifactId></dependency>
  </dependencies>
</project>${office({})}`.replaceAll(/ *\/\/[~^].*\n/g, ""),
    "a transaction of its own that sends nothing, of which nobody knows when it takes a connection": office({
      trail: TRAIL.replace("trails.save(new Trail());", ""),
    }),
    "a template that joins the transaction": office({ trail: templates("apart = new TransactionTemplate(manager);") }),
    "a template that nests": office({
      trail: templates(
        "apart = new TransactionTemplate(manager, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));",
      ),
    }),
    "another template of the class": office({
      trail: templates(
        "apart = new TransactionTemplate(manager); other = new TransactionTemplate(manager, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));",
      ),
    }),
    "a template where no transaction is": office({
      booking: BOOKS.replace("@Transactional ", ""),
      trail: templates(
        "apart = new TransactionTemplate(manager, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));",
      ),
    }),
    "the transaction of the request": office({ trail: TRAIL.replace("(propagation = Propagation.REQUIRES_NEW)", "") }),
    "no transaction around it": office({ booking: BOOKS.replace("@Transactional ", "") }),
    "a call of the same class, which passes no proxy": office({
      trail: `
  @Transactional public void open(Booking booking) {
    trails.count();
    write(booking);
  }${TRAIL}`,
      booking: BOOKS.replace("@Transactional ", "").replace("trail.write", "trail.open"),
    }),
    // HospitalitySolutions/calendra.si
    "what is done at once only where there is no transaction": office({
      booking: `
  @Transactional public void book(Booking booking) {
    bookings.save(booking);
    note(booking);
  }
  private void note(Booking booking) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
        @Override public void afterCommit() { trail.write(booking); }
      });
      return;
    }
    trail.write(booking);
  }`,
    }),
    "before the transaction has its connection": office({
      booking: `
  @Transactional public void book(Booking booking) {
    trail.write(booking);
    bookings.save(booking);
  }`,
    }),
    "once something has failed": office({
      booking: `
  @Transactional public void book(Booking booking) {
    try {
      bookings.save(booking);
    } catch (IllegalStateException failed) {
      trail.write(booking);
    }
  }`,
    }),
    "another thread": office({ trail: TRAIL.replace("@Transactional", "@Async @Transactional") }),
    "a pool of its own": office({ trail: TRAIL.replace("(propagation", '(transactionManager = "trails", propagation') }),
    "a listener for the commit": `${office({
      booking: `
  private org.springframework.context.ApplicationEventPublisher events;
  @Transactional public void book(Booking booking) {
    bookings.save(booking);
    events.publishEvent(new Booked(booking));
  }`,
    })}
//- src/office/Booked.java
package office;
record Booked(Booking booking) {}
//- src/office/BookedListener.java
package office;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
@Component
class BookedListener {
  private TrailService trail;
  @TransactionalEventListener void on(Booked event) { trail.write(event.booking()); }
}
`,
    "a clock": office({
      desk: "  @org.springframework.scheduling.annotation.Scheduled(fixedRate = 5000) void book() { service.book(new Booking()); }",
    }),
    "elements of a loop, which have a rule of their own": office({
      booking: `
  @Transactional public void book(Booking booking) {
    for (Booking each : bookings.findAll()) trail.write(each);
  }`,
    }),
  },
});
