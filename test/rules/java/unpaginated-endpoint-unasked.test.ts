import { unpaginatedEndpoint } from "../../../src/rules/java/unpaginated-endpoint.ts";
import { rule } from "../../harness/rule.ts";

const search = (query: string, parameters: string, handler: string, loud = false): string => `
//- src/club/Matter.java
package club;
import jakarta.persistence.*;
@Entity class Matter { @Id Long id; String title; Long court; Long gone; String getTitle() { return title; } }
//- src/club/Matters.java
package club;
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface Matters extends JpaRepository<Matter, Long> {
  @Query("select m from Matter m where ${query}")
  List<Matter> search(${parameters});
}
//- src/club/MatterController.java
package club;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController
class MatterController {
  private Matters matters;
  @GetMapping("/matters")
  List<String> find(${handler}) {
    return matters.search(title, court).stream().map(Matter::getTitle).toList();${
      loud ? "\n         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ GET /matters answers with every row of Matters.search where no filter is given" : ""
    }
  }
}
`;
const OPTIONAL = "@RequestParam(required = false) String title, @RequestParam(required = false) Long court";
const GUARDED = "(:title is null or lower(m.title) like lower(concat('%', :title, '%'))) and (:court is null or m.court = :court)";

rule(unpaginatedEndpoint, {
  reports: {
    "filters that may all be left out": search(`${GUARDED} and m.gone is null`, "String title, Long court", OPTIONAL, true),
  },
  ignores: {
    "a filter that has to be given": search(
      GUARDED,
      "String title, Long court",
      "@RequestParam String title, @RequestParam(required = false) Long court",
    ),
    "a filter that has a value by itself": search(
      GUARDED,
      "String title, Long court",
      '@RequestParam(required = false) String title, @RequestParam(defaultValue = "1") Long court',
    ),
    "a condition that stays": search("(:title is null or m.title = :title) and m.court = :court", "String title, Long court", OPTIONAL),
    "a condition beside the one that falls away": search(
      "(:title is null or m.title = :title) and (:court is null or m.court = :court) and m.gone > :court",
      "String title, Long court",
      OPTIONAL,
    ),
    "a value that is not there at all": search(
      "(m.title is null or m.title = :title) and (:court is null or m.court = :court)",
      "String title, Long court",
      OPTIONAL,
    ),
    pages: search(GUARDED, "String title, Long court", `${OPTIONAL}, @RequestParam(required = false) Integer limit`),
  },
});
