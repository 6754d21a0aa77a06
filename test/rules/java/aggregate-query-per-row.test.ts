import { aggregateQueryPerRow } from "../../../src/rules/java/aggregate-query-per-row.ts";
import { rule } from "../../harness/rule.ts";

const shelves = (methods: string, fields = '@MappedCollection(idColumn = "shelf_id") Set<Slot> slots;'): string => `
//- src/main/java/a/Shelf.java
package a;
import java.util.*;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.relational.core.mapping.*;
@Table("shelf")
class Shelf {
  @Id Long id;
  String room;
  ${fields}
}
//- src/main/java/a/Slot.java
package a;
class Slot { String code; }
//- src/main/java/a/Shelves.java
package a;
import java.util.*;
import org.springframework.data.repository.ListCrudRepository;
interface Shelves extends ListCrudRepository<Shelf, Long> {
${methods}
}
`;

const PAGE = `
//- src/main/java/a/Rooms.java
package a;
import java.util.List;
import org.springframework.web.bind.annotation.*;
@RestController
class Rooms {
  private Shelves shelves;
`;

rule(aggregateQueryPerRow, {
  reports: {
    "a query of the repository, with the request that comes to it": `${shelves(`  List<Shelf> findByRoom(String room);
            //^^^^^^^^^^ Shelves.findByRoom sends one more query per Shelf for Shelf.slots (GET /rooms/{room})`)}${PAGE}
  @GetMapping("/rooms/{room}") List<Shelf> in(@PathVariable String room) { return shelves.findByRoom(room); }
}
`,
    "what Spring Data declares, where it is called": `${shelves("", '@MappedCollection(idColumn = "shelf_id") Set<Slot> slots;\n  @MappedCollection(idColumn = "shelf_id") List<Slot> spare;')}${PAGE}
  @GetMapping("/rooms") List<Shelf> some(@RequestParam List<Long> ids) { return shelves.findAllById(ids); }
                                                                              //^^^^^^^^^^^^^^^^^^^^^^^^ Shelves.findAllById sends one more query per Shelf for Shelf.slots and Shelf.spare (GET /rooms)
}
`,
    "a query that nobody calls": shelves(`  List<Shelf> findByRoom(String room);
            //^^^^^^^^^^ Shelves.findByRoom sends one more query per Shelf for Shelf.slots`),
  },
  ignores: {
    "one aggregate": `${shelves("  Optional<Shelf> findFirstByRoom(String room);")}${PAGE}
  @GetMapping("/rooms/{id}") Shelf one(@PathVariable Long id) { return shelves.findById(id).orElseThrow(); }
}
`,
    "references to other aggregates, and values": shelves(
      "  List<Shelf> findByRoom(String room);",
      "Set<String> labels;\n  AggregateReference<Slot, Long> first;",
    ),
    "rows that are projected": shelves("  interface Label { String getRoom(); }\n  List<Label> findByRoom(String room);"),
    "aggregates that are loaded in one statement": `${shelves("  List<Shelf> findByRoom(String room);")}
//- src/main/java/a/Mapping.java
package a;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
@Configuration
class Mapping extends AbstractJdbcConfiguration {
  void change(org.springframework.data.jdbc.core.mapping.JdbcMappingContext context) { context.setSingleQueryLoadingEnabled(true); }
}
`,
    "a table that stays small": `${shelves("  List<Shelf> findByRoom(String room);")}
//- performance.yaml
version: 1
database:
  tables:
    shelf: { rows: 40 }
`,
  },
});
