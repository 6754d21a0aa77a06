import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const SEATS = `
//- src/main/java/hall/Seats.java
package hall;
import org.springframework.data.jpa.repository.JpaRepository;
import java.util.List;
public interface Seats extends JpaRepository<Seat, Long> { List<Seat> findByRow(Long row); }
`;

rule(queryInLoop, {
  reports: {
    "a loop that counts by itself": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import java.util.List;
class Plan {
  private Seats seats;
  void print(List<Long> rows, Long[] others) {
    int i = 0;
    do {
      show(seats.findByRow(rows.get(i)));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
      i++;
    } while (i < rows.size());
    int n = 0;
    while (n < others.length) show(seats.findByRow(others[n++]));
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of others
  }
}
`,
    "a count that a variable holds, and from the last one down": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import java.util.List;
class Plan {
  private Seats seats;
  void print(List<Long> rows) {
    int n = rows.size();
    for (int i = 0; i < n; i++) show(seats.findByRow(rows.get(i)));
                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
    for (int i = 0, most = rows.size(); i < most; i++) show(seats.findByRow(rows.get(i)));
                                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
    for (int i = rows.size() - 1; i >= 0; i--) show(seats.findByRow(rows.get(i)));
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
  }
}
`,
    "the rows of a sheet and the nodes of a document": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import org.apache.poi.ss.usermodel.Sheet;
import org.w3c.dom.NodeList;
class Plan {
  private Seats seats;
  void print(Sheet sheet, NodeList nodes) {
    for (int i = 1; i <= sheet.getLastRowNum(); i++) show(seats.findByRow(idOf(sheet.getRow(i))));
                                                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of sheet
    for (int i = 0; i < nodes.getLength(); i++) show(seats.findByRow(idOf(nodes.item(i))));
                                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of nodes
  }
}
`,
    "the days between two": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import java.time.LocalDate;
class Plan {
  private Seats seats;
  void print(LocalDate from, LocalDate to) {
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) show(seats.findByRow(day.toEpochDay()));
                                                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of the days
    LocalDate month = from;
    while (month.isBefore(to)) {
      show(seats.findByRow(month.toEpochDay()));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of the months
      month = month.plusMonths(1);
    }
    from.datesUntil(to).forEach(day -> show(seats.findByRow(day.toEpochDay())));
                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of from.datesUntil(…)
  }
}
`,
  },

  ignores: {
    "the constants of an enum by their number": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
class Plan {
  enum Side { LEFT, RIGHT, MIDDLE }
  private Seats seats;
  void print() {
    for (int i = 0; i < Side.values().length; i++) show(seats.findByRow(rowOf(Side.values()[i])));
    Side[] sides = Side.values();
    for (int i = 0; i < sides.length; i++) show(seats.findByRow(rowOf(sides[i])));
  }
}
`,
    "attempts, and lists that are filled or sent": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import java.util.*;
class Plan {
  private Seats seats;
  void print(List<Long> rows, int attempts, Deque<Long> open, List<Seat> found, int most) {
    for (int i = 0; i < attempts; i++) { if (tell(seats.findByRow(1L))) return; }
    int start = 0;
    while (start < rows.size()) {
      int end = Math.min(start + 100, rows.size());
      show(seats.findAllById(rows.subList(start, end)));
      start = end;
    }
    while (found.size() < most) found.addAll(seats.findByRow(next()));
  }
}
`,
  },
});
