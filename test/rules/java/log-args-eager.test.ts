import { logArgsEager } from "../../../src/rules/java/log-args-eager.ts";
import { rule } from "../../harness/rule.ts";

const loop = (body: string, loggers = "org.slf4j"): string => `
//- src/Import.java
import ${loggers}.Logger;
import ${loggers}.LoggerFactory;

class Import {
    private static final Logger log = LoggerFactory.getLogger(Import.class);
    private ObjectMapper mapper;

    void all(List<Row> rows) {
        for (Row row : rows) {
${body}
        }
    }
}
`;

rule(logArgsEager, {
  reports: {
    "the text of an exception": loop(`            RuntimeException gone = row.gone(); log.debug("row " + row.id() + " " + gone.toString());
                                                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 debug message is put together once per element of rows, also while debug is off`),
    "texts that the logger makes by itself": loop(`            log.debug("row " + row.toString() + " of " + super.toString() + " read");
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 debug message is put together once per element of rows, also while debug is off`),
    "a sum of strings for each element": loop(`            log.debug("row " + row.id() + " of " + rows.size() + " read");
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 debug message is put together once per element of rows, also while debug is off`),
    "a sum of several lines": loop(`            log.debug(
                "The row with the identity " + row.id() + " of " + rows.size() + " rows of " + row.getOwner().getName() + " read");
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 debug message is put together once per element of rows, also while debug is off`),
    "a logger that takes an exception where SLF4J takes a value": loop(
      `            log.debug("row " + row.id());
                    //^^^^^^^^^^^^^^^^^ debug message is put together once per element of rows, also while debug is off`,
      "org.apache.commons.logging",
    ),
    "an exception at the end": loop(`            Exception failure = row.failure();
            log.debug("row " + row.id() + " failed: " + failure);
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ debug message is put together once per element of rows, also while debug is off`),
    "an object written as JSON": loop(`            log.trace("row {}", mapper.writeValueAsString(row));
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ writeValueAsString runs for a trace message once per element of rows, also while trace is off`),
    "an object written as JSON at a request": `
//- src/Api.java
@RestController
class Api {
    @PostMapping("/rows")
    void add(Row row) {
        log.debug("got {}", mapper.writeValueAsString(row));
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    }
}
`,
    "a text with a format, for a logger by another name": loop(`            L.debug(String.format("row %s", row.id()));
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ debug message is put together once per element of rows, also while debug is off
`).replace(
      "private ObjectMapper",
      "private static final org.slf4j.Logger L = LoggerFactory.getLogger(Import.class);\n    private ObjectMapper",
    ),
  },
  ignores: {
    "a loop that waits in each round": `
//- src/shop/Row.java
package shop;
@Entity class Row { @Id Long id; }
//- src/shop/Rows.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface Rows extends JpaRepository<Row, Long> {}
//- src/shop/Cleanup.java
package shop;
import java.util.List;
class Cleanup {
    private static final Logger log = LoggerFactory.getLogger(Cleanup.class);
    private final Rows rows;
    void all(List<Long> ids) {
        for (Long id : ids) {
            rows.deleteById(id);
            log.debug("row " + id + " is gone");
        }
    }
}
`,
    placeholders: loop(`            log.debug("row {} of {}", row.id(), rows.size());`),
    "a message of constants": loop(`            log.debug("one " + "row");`),
    // https://sonarsource.atlassian.net/browse/SONARJAVA-3829
    "behind a question for the level": loop(`            if (log.isDebugEnabled()) log.debug("row " + row.id());
            if (isTraceOn) { log.trace("row " + row.id()); }`),
    // https://sonarsource.atlassian.net/browse/SONARJAVA-4476
    "accessors as arguments": loop(`            log.debug("row {}", row.getOwner().getName());`),
    "a level that is on": loop(`            log.warn("row " + row.id());`),
    "a supplier": loop(`            log.debug("row {}", () -> mapper.writeValueAsString(row));`),
    "a sum of strings once a request": `
//- src/Api.java
@RestController
class Api {
    @GetMapping("/rows")
    void add(String id) {
        log.debug("got " + id);
    }
}
`,
  },
  fixes: {
    "the text of an exception": loop(`            RuntimeException gone = row.gone(); log.debug("row {} {}", row.id(), gone.toString());`),
    "texts that the logger makes by itself": loop(`            log.debug("row {} of {} read", row, super.toString());`),
    "a sum of strings for each element": loop(`            log.debug("row {} of {} read", row.id(), rows.size());`),
    "a sum of several lines": loop(`            log.debug(
                "The row with the identity {} of {} rows of {} read", row.id(), rows.size(), row.getOwner().getName());`),
  },
});
