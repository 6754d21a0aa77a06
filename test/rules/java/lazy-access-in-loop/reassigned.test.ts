import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Boxes with their items, which are read in another way as well, and an endpoint that shows them. */
const boxes = (members: string): string => `
//- src/Box.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Box {
  @Id Long id;
  @OneToMany(mappedBy = "box") private Set<Item> items = new HashSet<>();
  Set<Item> getItems() { return items; }
  void setItems(Set<Item> items) { this.items = items; }
}
//- src/Item.java
import jakarta.persistence.*;
@Entity class Item { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Box box; }
//- src/BoxRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface BoxRepository extends JpaRepository<Box, Long> { List<Box> findByIdIn(List<Long> ids); }
//- src/WholeBoxes.java
import java.util.*;
import org.springframework.jdbc.core.JdbcTemplate;
class WholeBoxes {
  private JdbcTemplate jdbc;
  List<Box> deep(boolean whole, List<Box> boxes) {
    if (!whole) return boxes;
    return withItems(boxes);
  }
  List<Box> sorted(List<Box> boxes) {
    if (boxes.size() < 2) return boxes;
    return inOrder(boxes);
  }
  private List<Box> inOrder(List<Box> boxes) { return boxes.stream().sorted().toList(); }
  List<Box> withItems(List<Box> boxes) {
    return jdbc.query("select id from box", (row, n) -> { Box box = new Box(); box.setItems(new HashSet<>()); return box; });
  }
}
//- src/Boxes.java
import java.util.*;
import com.google.common.collect.Lists;
import org.springframework.web.bind.annotation.*;
@RestController class Boxes {
  private BoxRepository repository;
  private WholeBoxes whole;
${members}
}
`;

rule(lazyAccessInLoop, {
  reports: {
    "a variable that is given the same by a library": boxes(`
  @PostMapping("/boxes") int show(@RequestBody List<Long> ids) {
    int items = 0;
    List<Box> boxes = repository.findByIdIn(ids);
    boxes = Lists.reverse(boxes);
    for (Box box : boxes) items += box.getItems().size();
                                 //^^^^^^^^^^^^^^ 💡 Box.items is loaded per element of BoxRepository.findByIdIn (POST /boxes)
    return items;
  }`),
    "one that is given others only sometimes": boxes(`
  @PostMapping("/boxes") int show(@RequestBody List<Long> ids) {
    int items = 0;
    List<Box> boxes = repository.findByIdIn(ids);
    if (ids.isEmpty()) boxes = whole.withItems(boxes);
    for (Box box : boxes) items += box.getItems().size();
                                 //^^^^^^^^^^^^^^ 💡 Box.items is loaded per element of BoxRepository.findByIdIn (POST /boxes)
    return items;
  }`),
    "one that is given the same in order": boxes(`
  @PostMapping("/boxes") int show(@RequestBody List<Long> ids) {
    int items = 0;
    List<Box> boxes = repository.findByIdIn(ids);
    boxes = whole.sorted(boxes);
    for (Box box : boxes) items += box.getItems().size();
                                 //^^^^^^^^^^^^^^ 💡 Box.items is loaded per element of BoxRepository.findByIdIn (POST /boxes)
    return items;
  }`),
    "one that is asked before it is given others": boxes(`
  @PostMapping("/boxes") int show(@RequestBody List<Long> ids) {
    int items = 0;
    List<Box> boxes = repository.findByIdIn(ids);
    for (Box box : boxes) items += box.getItems().size();
                                 //^^^^^^^^^^^^^^ 💡 Box.items is loaded per element of BoxRepository.findByIdIn (POST /boxes)
    boxes = whole.withItems(boxes);
    return items + boxes.size();
  }`),
  },
  ignores: {
    "one that has been given what a method gives back as it was only where nothing else is wanted": boxes(`
  @PostMapping("/boxes") int show(@RequestBody List<Long> ids) {
    int items = 0;
    List<Box> boxes = repository.findByIdIn(ids);
    boxes = whole.deep(true, boxes);
    for (Box box : boxes) items += box.getItems().size();
    return items;
  }`),
    "one that has been given objects that are made by hand": boxes(`
  @PostMapping("/boxes") int show(@RequestBody List<Long> ids) {
    int items = 0;
    List<Box> boxes = repository.findByIdIn(ids);
    boxes = whole.withItems(boxes);
    for (Box box : boxes) items += box.getItems().size();
    return items;
  }`),
  },
});
