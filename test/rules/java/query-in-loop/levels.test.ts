import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A service that is asked for the shelf that a book stands on. */
const shelves = (members: string): string => `
//- src/shop/Shelf.java
package shop;
@Entity class Shelf { @Id Long id; Long above; String name; String code; Long getAbove() { return above; } String getName() { return name; } }
//- src/shop/ShelfRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface ShelfRepository extends JpaRepository<Shelf, Long> {
  boolean existsByCode(String code);
  Optional<Shelf> findByCode(String code);
}
//- src/shop/Shelves.java
package shop;
import java.util.*;
@RestController
class Shelves {
  private final ShelfRepository shelves;
${members}
}
`;

rule(queryInLoop, {
  reports: {
    "a method that goes on with what it found": shelves(`  @GetMapping("/path/{id}") String path(@PathVariable Long id) {
    Shelf shelf = shelves.findById(id).orElseThrow();
                //^^^^^^^^^^^^^^^^^^^^ ShelfRepository.findById runs once per level: path calls itself with what it found
    Long above = shelf.getAbove();
    return above == null ? shelf.getName() : path(above) + "/" + shelf.getName();
                                           //~~~~~~~~~~~ it goes on with what was found here
  }`),
    "a function of what was found": shelves(`  private void climb(Shelf shelf, List<Shelf> path) {
    path.add(shelf);
    shelves.findById(shelf.getAbove()).ifPresent(found -> climb(found, path));
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ShelfRepository.findById runs once per level: climb calls itself with what it found
  }`),
  },
  ignores: {
    "a method that tries again": shelves(`  private String free() {
    String code = UUID.randomUUID().toString();
    if (shelves.existsByCode(code)) return free();
    return code;
  }
  private String next(String code, int tries) {
    Optional<Shelf> taken = shelves.findByCode(code);
    return taken.isPresent() ? next(code + tries, tries + 1) : code;
  }`),
    "a method that reads beside": shelves(`  private int depth(Node node, Long id) {
    Shelf shelf = shelves.findById(id).orElseThrow();
    return node == null ? shelf.getName().length() : depth(node.next(), 1L);
  }`),
    "a count": shelves(`  private long half(Long of) {
    long all = shelves.count();
    return all < of ? half(all) : of;
  }`),
  },
});
