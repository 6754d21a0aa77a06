import { unpaginatedEndpoint } from "../../../src/rules/java/unpaginated-endpoint.ts";
import { rule } from "../../harness/rule.ts";
import { visitService } from "./shop.ts";

const QUERIES = `List<Visit> findByOpenTrue();

    List<Visit> findByOpen(boolean open);

    List<Visit> findByCityNot(String city);

    List<Visit> findByCity(String city);`;

/** A controller in front of a service over visits. */
const api = (controller: string, service: string): string => `${visitService(QUERIES, `    private VisitRepository visits;\n${service}`)}
//- src/main/java/shop/VisitController.java
package shop;
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
@RestController
class VisitController {
    private final ShopService shop;
    private VisitRepository visits;
    VisitController(ShopService shop) { this.shop = shop; }
${controller}
}
`;

rule(unpaginatedEndpoint, {
  reports: {
    "every row, through a service that maps it": api(
      `    @GetMapping("/visits")
    ResponseEntity<List<String>> all() { return ResponseEntity.ok(shop.cities()); }`,
      `    List<String> cities() {
        return visits.findAll().stream().map(Visit::getCity).toList();
             //^^^^^^^^^^^^^^^^ GET /visits answers with every row of VisitRepository.findAll, without pages
    }`,
    ),
    "every row in a state": api(
      `    @GetMapping("/visits/open")
    List<Visit> open() {
        List<Visit> open = visits.findByOpenTrue();
                         //^^^^^^^^^^^^^^^^^^^^^^^ GET /visits/open answers with every row of VisitRepository.findByOpenTrue, without pages
        return open;
    }`,
      "",
    ),
    // l4aaa/LevelUP-backend: the best of all who are no administrators.
    "every row that a constant lets through": api(
      `    @GetMapping("/visits/away")
    ResponseEntity<List<String>> away() { return ResponseEntity.ok(visits.findByCityNot("Bern").stream().map(Visit::getCity).toList()); }
                                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ GET /visits/away answers with every row of VisitRepository.findByCityNot, without pages
    @GetMapping("/visits/now")
    List<Visit> now() { return visits.findByOpen(true); }
                             //^^^^^^^^^^^^^^^^^^^^^^^ GET /visits/now answers with every row of VisitRepository.findByOpen, without pages`,
      "",
    ),
    // Tak002/Spring-Chat-Backend
    "rows in an answer of any type": api(
      `    @GetMapping("/visits/now")
    Answer<?> now() {
        List<Visit> open = visits.findByOpen(true);
                         //^^^^^^^^^^^^^^^^^^^^^^^ GET /visits/now answers with every row of VisitRepository.findByOpen, without pages
        List<String> cities = open.stream().map(Visit::getCity).toList();
        return Answer.ok(cities);
    }`,
      "",
    ),
    "a list that a loop fills": api(
      `    @GetMapping("/visits")
    List<String> all() {
        List<String> cities = new ArrayList<>();
        for (Visit visit : visits.findAll()) cities.add(visit.getCity());
                         //^^^^^^^^^^^^^^^^ GET /visits answers with every row of VisitRepository.findAll, without pages
        return cities;
    }`,
      "",
    ),
    "an answer that wraps the rows": api(
      `    @GetMapping("/visits")
    ResponseEntity<Answer<List<Visit>>> all() { return ResponseEntity.ok(new Answer<>(true, visits.findAll())); }
                                                                                          //^^^^^^^^^^^^^^^^ GET /visits answers with every row of VisitRepository.findAll, without pages`,
      "",
    ),
    "a statement in the code": api(
      `    @GetMapping("/visits/raw")
    List<Map<String, Object>> raw(JdbcTemplate jdbc) { return jdbc.queryForList("select * from visit order by id"); }
                                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ GET /visits/raw answers with every row of JdbcTemplate.queryForList, without pages`,
      "",
    ),
  },
  ignores: {
    // spring-petclinic-microservices asks the repository of pets for their types.
    "a list of kinds, from the repository of what has them": `${visitService(
      `@Query("select k from VisitKind k order by k.name")
    List<VisitKind> findKinds();`,
      "    private VisitRepository visits;",
    )}
//- src/main/java/shop/VisitKind.java
package shop;
import jakarta.persistence.*;
@Entity class VisitKind { @Id Long id; String name; int price; }
//- src/main/java/shop/VisitController.java
package shop;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController
class VisitController {
    private VisitRepository visits;
    @GetMapping("/kinds")
    List<VisitKind> kinds() { return visits.findKinds(); }
}
`,
    "one of the rows, in an answer of any type": api(
      `    @GetMapping("/visits/first")
    ResponseEntity<?> first() { return ResponseEntity.ok(visits.findByOpen(true).get(0)); }
    @GetMapping("/visits/count")
    ResponseEntity<?> count() { return ResponseEntity.ok(visits.findAll().size()); }`,
      "",
    ),
    "rows by a value, written down or asked for": api(
      `    @GetMapping("/visits/bern")
    List<Visit> bern() { return visits.findByCity("Bern"); }
    @GetMapping("/visits")
    List<Visit> all(@RequestParam boolean open, @RequestParam String city) {
        return open ? visits.findByOpen(open) : visits.findByCityNot(city);
    }`,
      "",
    ),
    "what an answer says of the rows": api(
      `    @GetMapping("/visits/newest")
    ResponseEntity<List<Visit>> newest() { return ResponseEntity.ok(newestOf(visits.findAll())); }
    private native List<Visit> newestOf(List<Visit> all);`,
      "",
    ),
    "a page that the controller asks PageHelper for": api(
      `    @GetMapping("/visits")
    List<Visit> all() { startPage(); return shop.every(); }`,
      `    List<Visit> every() { return visits.findAll(); }`,
    ),
    // HQL takes names of columns for attributes that it does not know.
    "a parameter that is compared with a column": `${visitService(
      `@Query("from Visit where city_id = ?1")
    List<Visit> searchCity(Long city);`,
      "    private VisitRepository visits;",
    )}
//- src/main/java/shop/VisitController.java
package shop;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController
class VisitController {
    private VisitRepository visits;
    @GetMapping("/cities/{id}/visits")
    List<Visit> of(@PathVariable Long id) { return visits.searchCity(id); }
}
`,
    "a page": api(
      `    @GetMapping("/visits")
    Page<Visit> all(Pageable pageable) { return visits.findAll(pageable); }`,
      "",
    ),
    "who wants pages can have them": api(
      `    @GetMapping("/visits")
    List<Visit> all(@RequestParam(required = false) Integer limit) {
        if (limit != null) return visits.findAll(PageRequest.of(0, limit)).getContent();
        return visits.findAll();
    }`,
      "",
    ),
    "rows that the request chooses": api(
      `    @GetMapping("/cities/{city}/visits")
    List<Visit> in(@PathVariable String city) { return visits.findByCity(city); }`,
      "",
    ),
    // What is read is java/unbounded-find-all's; the answer is short.
    "an answer of one number": api(
      `    @GetMapping("/visits/count")
    long count() { return visits.findAll().stream().map(Visit::getCity).count(); }`,
      "",
    ),
    "a part of the rows": api(
      `    @GetMapping("/visits/here")
    List<Visit> here() { return visits.findAll().stream().filter(visit -> visit.getCity() != null).toList(); }`,
      "",
    ),
    "different values": api(
      `    @GetMapping("/visits/cities")
    List<String> cities() { return visits.findAll().stream().map(Visit::getCity).distinct().toList(); }`,
      "",
    ),
    cached: api(
      `    @GetMapping("/visits")
    @org.springframework.cache.annotation.Cacheable("visits")
    public List<Visit> all() { return visits.findAll(); }`,
      "",
    ),
    "a command": api(
      `    @PostMapping("/visits/close")
    List<Visit> close() { return visits.findByOpenTrue(); }`,
      "",
    ),
    // vhr.
    "kinds, by the name of their mapper": `
//- src/main/java/staff/JobLevelMapper.java
package staff;
import java.util.List;
import org.apache.ibatis.annotations.*;
@Mapper interface JobLevelMapper { @Select("select * from joblevel") List<JobLevel> all(); }
//- src/main/java/staff/JobLevelController.java
package staff;
import java.util.List;
@RestController class JobLevelController {
  private final JobLevelMapper levels;
  JobLevelController(JobLevelMapper levels) { this.levels = levels; }
  @GetMapping("/job-levels") List<JobLevel> all() { return levels.all(); }
}
`,
    "a table that stays small": `${api(
      `    @GetMapping("/visits")
    List<Visit> all() { return visits.findAll(); }`,
      "",
    )}
//- performance.yaml
version: 1
database: { tables: { visit: { rows: 40 } } }
`,
  },
});
