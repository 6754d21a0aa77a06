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
    "beans that a provider or the context hands out": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import jakarta.inject.Provider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import java.util.List;
class Plan {
  private ObjectProvider<Seats> later;
  private Provider<Seats> given;
  private ApplicationContext context;
  void print(List<Long> rows) {
    for (Long row : rows) show(later.getObject().findByRow(row));
                                               //^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
    for (Long row : rows) show(given.get().findByRow(row));
                                         //^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
    for (Long row : rows) show(context.getBean(Seats.class).findByRow(row));
                                                          //^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
  }
}
`,
    "what is run for each row of a statement and gives nothing back": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
class Plan {
  private JdbcTemplate jdbc;
  private Seats seats;
  void print() {
    jdbc.query("select id from hall_row", row -> { show(seats.findByRow(row.getLong(1))); });
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of the query's rows
    jdbc.query("select id from hall_row", (RowCallbackHandler) row -> show(seats.findByRow(row.getLong(1))));
                                                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of the query's rows
  }
}
`,
    "streams that are made of something else": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
class Plan {
  private Seats seats;
  void print(Iterable<Long> rows, Iterator<Long> others) {
    StreamSupport.stream(rows.spliterator(), false).map(seats::findByRow).forEach(this::show);
                                                      //^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of rows
    StreamSupport.stream(Spliterators.spliteratorUnknownSize(others, 0), false).forEach(row -> show(seats.findByRow(row)));
                                                                                                  //^^^^^^^^^^^^^^^^^^^^
    Stream.iterate(first(), row -> row != null, row -> next(seats.findByRow(row))).forEach(this::show);
                                                          //^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of iterate(…)
  }
}
`,
    "sequences of Vavr": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import io.vavr.collection.List;
class Plan {
  private Seats seats;
  void print(java.util.List<Long> rows) {
    show(List.ofAll(rows).map(row -> seats.findByRow(row)).asJava());
                                   //^^^^^^^^^^^^^^^^^^^^ Seats.findByRow runs once per element of List.ofAll(…)
  }
}
`,
  },

  ignores: {
    "parts that a method of ours cuts, and loops that step over parts": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import java.util.List;
class Plan {
  private Seats seats;
  void print(List<Long> rows) {
    for (List<Long> part : parts(rows)) show(seats.findAllById(part));
    int from = 0;
    while (from < rows.size()) {
      show(seats.findAllById(rows.subList(from, Math.min(rows.size(), from + 100))));
      from += 100;
    }
  }
  private List<List<Long>> parts(List<Long> rows) { return cut(rows, 100); }
}
`,
    "rows that are sent when a hundred have come": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import org.springframework.jdbc.core.JdbcTemplate;
import java.util.*;
class Plan {
  private JdbcTemplate jdbc;
  private Seats seats;
  void print() {
    List<Long> part = new ArrayList<>();
    jdbc.query("select id from hall_row", row -> {
      part.add(row.getLong(1));
      if (part.size() == 100) { show(seats.findAllById(part)); part.clear(); }
    });
    streamed().forEach(row -> {
      part.add(row);
      if (part.size() >= 100) { show(seats.findAllById(part)); part.clear(); }
    });
  }
}
`,
    "a result that is gone through by what it is given to": `${SEATS}
//- src/main/java/hall/Plan.java
package hall;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
class Plan {
  private JdbcTemplate jdbc;
  private Seats seats;
  Object print() {
    return jdbc.query("select max(id) from hall_row", rows -> { return seats.findByRow(first(rows)); });
  }
}
`,
  },
});
