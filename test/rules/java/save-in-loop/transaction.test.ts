import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const BUILD = `
//- pom.xml
<project><groupId>g</groupId><artifactId>a</artifactId><dependencies>
  <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>
</dependencies></project>
`;

const AROUND = `${BUILD}
//- src/main/java/club/Seat.java
package club;
@Entity public class Seat { @Id Long id; String state; public void setState(String state) { this.state = state; } }
//- src/main/java/club/SeatRows.java
package club;
import org.springframework.data.jpa.repository.JpaRepository;
public interface SeatRows extends JpaRepository<Seat, Long> { List<Seat> findByState(String state); }
//- src/main/java/club/Seats.java
package club;
import org.springframework.stereotype.Service;
@Service public class Seats {
  private SeatRows rows;
  public void store(Seat seat) { rows.save(seat); }
}
//- src/main/java/club/SeatController.java
package club;
import org.springframework.web.bind.annotation.*;
@RestController class SeatController {
  private Hall hall;
  @PostMapping("/hall") void close() { hall.close(); }
}
`;

const hall = (body: string, imports: readonly string[] = [], before = "@Service\npublic class Hall {"): string => `
//- src/main/java/club/Hall.java
package club;

${["java.util.List", "org.springframework.stereotype.Service", ...imports]
  .sort()
  .map((name) => `import ${name};`)
  .join("\n")}

${before}
    private SeatRows rows;
    private Seats seats;
    private org.springframework.mail.javamail.JavaMailSender mails;

${body}
}
`;

/** The body of a method that stores each seat through another service. */
const loop = (mark = "💡 ", more = ""): string => `        for (Seat seat : rows.findByState("OPEN")) {
            seat.setState("CLOSED");
            seats.store(seat);
          //^^^^^^^^^^^^^^^^^ ${mark}SeatRows.save opens and commits a transaction for every element of rows.findByState(…)
${more}        }`;
const unmarked = loop().replace(/ *\/\/\^.*\n/, "");
const SPRINGS = "org.springframework.transaction.annotation.Transactional";

rule(saveInLoop, {
  reports: {
    "a method that others call": `${AROUND}${hall(`    public void close() {
${loop()}
    }`)}`,
    "a file that imports Jakarta's annotation": `${AROUND}${hall(
      `    public void close() {
${loop()}
    }

    @Transactional
    public void open() {
    }`,
      ["jakarta.transaction.Transactional"],
    )}`,
    "no fix: a method that its own class calls": `${AROUND}${hall(`    public void close() {
        closeAll();
    }

    public void closeAll() {
${loop("")}
    }`)}`,
    "no fix: what has failed is passed over": `${AROUND}${hall(`    public void close() {
        try {
            rows.count();
        } catch (RuntimeException e) {
            System.out.println(e);
        }
${loop("")}
    }`)}`,
    "no fix: mail is sent": `${AROUND}${hall(`    public void close() {
        mails.send(new org.springframework.mail.SimpleMailMessage());
${loop("")}
    }`)}`,
    "no fix: a lock that is let go before the transaction ends": `${AROUND}${hall(`    public synchronized void close() {
${loop("")}
    }`)}`,
    "no fix: no bean": `${AROUND}${hall(
      `    public void close() {
${loop("")}
    }`,
      [],
      "public class Hall {",
    )}`,
    "no fix: a transaction manager of the project's own": `${AROUND}
//- src/main/java/club/Managers.java
package club;
import org.springframework.orm.jpa.JpaTransactionManager;
@Configuration class Managers { @Bean JpaTransactionManager second() { return new JpaTransactionManager(); } }
${hall(`    public void close() {
${loop("")}
    }`)}`,
  },
  ignores: {
    "a transaction of all": `${AROUND}${hall(
      `    @Transactional
    public void close() {
${unmarked}
    }`,
      [SPRINGS],
    )}`,
  },
  fixes: {
    "a method that others call": hall(
      `    @Transactional
    public void close() {
${unmarked}
    }`,
      [SPRINGS],
    ),
    "a file that imports Jakarta's annotation": hall(
      `    @Transactional
    public void close() {
${unmarked}
    }

    @Transactional
    public void open() {
    }`,
      ["jakarta.transaction.Transactional"],
    ),
  },
});
