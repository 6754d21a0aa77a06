import { reflectionCopyInLoop } from "../../../src/rules/java/reflection-copy-in-loop.ts";
import { rule } from "../../harness/rule.ts";

const SHOP = `
//- src/shop/Item.java
package shop;
import jakarta.persistence.*;
@Entity
public class Item {
  @Id private Long id;
  private String name;
}
//- src/shop/ItemDto.java
package shop;
public class ItemDto {}
//- src/shop/ItemRepository.java
package shop;
import java.util.List;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.JpaRepository;
public interface ItemRepository extends JpaRepository<Item, Long> {
  List<Item> findByName(String name);
}
//- src/shop/ItemController.java
package shop;
import java.util.List;
import org.springframework.web.bind.annotation.*;
@RestController
class ItemController {
  private ItemService service;
  @GetMapping("/items") List<ItemDto> all() { return service.all(); }
}
`;
const service = (methods: string, imports = "import org.modelmapper.ModelMapper;"): string => `${SHOP}
//- src/shop/ItemService.java
package shop;
import java.util.*;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.data.domain.*;
${imports}
class ItemService {
  private ItemRepository items;
  private ModelMapper mapper;
  private ObjectMapper json;
${methods}
}
`;

rule(reflectionCopyInLoop, {
  reports: {
    "ModelMapper for each row of a table": service(`
  List<ItemDto> all() {
    return items.findAll().stream().map(item -> mapper.map(item, ItemDto.class)).toList();
                                                     //^^^^^^^^^^^^^^^^^^^^^^^^ ModelMapper.map runs once per row of ItemRepository.findAll, which brings them all
  }`),
    "a method that the loop calls": service(`
  List<ItemDto> all() {
    List<Item> found = items.findAll(Sort.by("name"));
    List<ItemDto> copies = new ArrayList<>();
    for (Item item : found) copies.add(copyOf(item));
    return copies;
  }
  private ItemDto copyOf(Item item) {
    return mapper.map(item, ItemDto.class);
                //^^^^^^^^^^^^^^^^^^^^^^^^
  }`),
    "BeanUtils of Commons": service(
      `
  List<ItemDto> all() throws Exception {
    List<ItemDto> copies = new ArrayList<>();
    for (Item item : items.findAll()) {
      ItemDto copy = new ItemDto();
      BeanUtils.copyProperties(copy, item);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^ BeanUtils.copyProperties of Commons runs once per row of ItemRepository.findAll, which brings them all
      copies.add(copy);
    }
    return copies;
  }`,
      "import org.apache.commons.beanutils.BeanUtils;",
    ),
    "deep copies through text": service(`
  List<ItemDto> all() throws Exception {
    List<ItemDto> copies = new ArrayList<>();
    for (Item item : items.findAll()) copies.add(json.readValue(json.writeValueAsString(item), ItemDto.class));
                                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    return copies;
  }`),
  },
  ignores: {
    "a converter of the project, which is only called": `${service(`
  List<ItemDto> all() { return items.findAll().stream().map(item -> mapper.map(item, ItemDto.class)).toList(); }`)}
//- src/shop/ItemConverter.java
package shop;
import org.modelmapper.AbstractConverter;
class ItemConverter extends AbstractConverter<Item, ItemDto> {
  protected ItemDto convert(Item item) { return new ItemDto(); }
}
`,
    "what costs less than a row does": service(
      `
  List<ItemDto> all() {
    List<ItemDto> copies = new ArrayList<>();
    for (Item item : items.findAll()) {
      ItemDto copy = new ItemDto();
      BeanUtils.copyProperties(item, copy);
      copies.add(copy);
      copies.add(json.convertValue(item, ItemDto.class));
    }
    return copies;
  }`,
      "import org.springframework.beans.BeanUtils;",
    ),
    "a page": service(`
  List<ItemDto> all() {
    return items.findAll(PageRequest.of(0, 20)).map(item -> mapper.map(item, ItemDto.class)).getContent();
  }`),
    "the rows of one name": service(`
  List<ItemDto> all() {
    return items.findByName("pen").stream().map(item -> mapper.map(item, ItemDto.class)).toList();
  }`),
    "a stream that takes twenty": service(`
  List<ItemDto> all() {
    return items.findAll().stream().limit(20).map(item -> mapper.map(item, ItemDto.class)).toList();
  }`),
    "rows that are asked for one by one": service(`
  List<ItemDto> all() {
    return items.findAll().stream().map(item -> mapper.map(items.findByName("pen").get(0), ItemDto.class)).toList();
  }`),
    "no request comes here": service(`
  List<ItemDto> all() { return List.of(); }
  List<ItemDto> spare() {
    return items.findAll().stream().map(item -> mapper.map(item, ItemDto.class)).toList();
  }`),
    "a map of one's own": service(
      `
  private Transform mapper2;
  List<ItemDto> all() {
    return items.findAll().stream().map(item -> mapper2.map(item, ItemDto.class)).toList();
  }`,
      "class Transform { <T> T map(Object from, Class<T> to) { return null; } }",
    ),
  },
});
