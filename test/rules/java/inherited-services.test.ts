import { entitySerialization } from "../../../src/rules/java/entity-serialization.ts";
import { lazyAccessInLoop } from "../../../src/rules/java/lazy-access-in-loop.ts";
import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { unpaginatedEndpoint } from "../../../src/rules/java/unpaginated-endpoint.ts";
import { rule } from "../../harness/rule.ts";

const SHOP = `
//- src/shop/Order.java
package shop;
import jakarta.persistence.*;
import java.util.List;
@Entity
public class Order {
  @Id @GeneratedValue Long id;
  String code;
  @OneToMany(mappedBy = "order") List<Line> lines;
  public String getCode() { return code; }
  public List<Line> getLines() { return lines; }
}
//- src/shop/Line.java
package shop;
import jakarta.persistence.*;
@Entity
public class Line { @Id @GeneratedValue Long id; @ManyToOne(fetch = FetchType.LAZY) Order order; String text; String getText() { return text; } }
//- src/shop/Tag.java
package shop;
import jakarta.persistence.*;
@Entity
public class Tag { @Id @GeneratedValue Long id; String name; }
//- src/shop/Rows.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.repository.NoRepositoryBean;
@NoRepositoryBean
interface Rows<T> extends JpaRepository<T, Long> { List<T> findByCode(String code); }
//- src/shop/OrderRepository.java
package shop;
interface OrderRepository extends Rows<Order> {}
//- src/shop/TagRepository.java
package shop;
interface TagRepository extends Rows<Tag> {}
`;

const CONTROLLER = `
//- src/shop/OrderController.java
package shop;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController
class OrderController {
  private final OrderService service;
  OrderController(OrderService service) { this.service = service; }
  @GetMapping("/lines")
  List<String> lines() {
    List<String> texts = new ArrayList<>();
    for (Order order : service.all())
      for (Line line : order.getLines()) texts.add(line.getText());
                     //^^^^^^^^^^^^^^^^ Order.lines is loaded per element of OrderRepository.findAll (GET /lines)
    return texts;
  }
}
`;

/** The repository is a type variable's, a subclass hands it out, or it is handed to the constructor of the class above. */
const SERVICES = {
  field: `
//- src/shop/Service.java
package shop;
import java.util.List;
abstract class Service<T, R extends Rows<T>> {
  protected R rows;
  public List<T> all() { return rows.findAll(); }
}
//- src/shop/OrderService.java
package shop;
@org.springframework.stereotype.Service
class OrderService extends Service<Order, OrderRepository> {}
//- src/shop/TagService.java
package shop;
@org.springframework.stereotype.Service
class TagService extends Service<Tag, TagRepository> {}
`,
  accessor: `
//- src/shop/Service.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
abstract class Service<T> {
  protected abstract JpaRepository<T, Long> rows();
  public List<T> all() { return rows().findAll(); }
}
//- src/shop/OrderService.java
package shop;
@org.springframework.stereotype.Service
class OrderService extends Service<Order> {
  private OrderRepository orders;
  @Override protected org.springframework.data.jpa.repository.JpaRepository<Order, Long> rows() { return orders; }
}
//- src/shop/TagService.java
package shop;
@org.springframework.stereotype.Service
class TagService extends Service<Tag> {
  private TagRepository tags;
  @Override protected org.springframework.data.jpa.repository.JpaRepository<Tag, Long> rows() { return this.tags; }
}
`,
  constructor: `
//- src/shop/Service.java
package shop;
import java.util.List;
abstract class Service<T> {
  private final Rows<T> rows;
  protected Service(Rows<T> rows) { this.rows = rows; }
  public List<T> all() { return rows.findAll(); }
}
//- src/shop/OrderService.java
package shop;
@org.springframework.stereotype.Service
class OrderService extends Service<Order> { OrderService(OrderRepository orders) { super(orders); } }
//- src/shop/TagService.java
package shop;
@org.springframework.stereotype.Service
class TagService extends Service<Tag> { TagService(TagRepository tags) { super(tags); } }
`,
} as const;

rule(lazyAccessInLoop, {
  reports: {
    "entities of a generic service whose repository is a type variable's": SHOP + SERVICES.field + CONTROLLER,
    "entities of a generic service whose repository the class below hands out": SHOP + SERVICES.accessor + CONTROLLER,
    "entities of a generic service that is given its repository by the class below": SHOP + SERVICES.constructor + CONTROLLER,
  },
  ignores: {
    "entities of another class that the generic service serves": `${SHOP}${SERVICES.field}
//- src/shop/TagController.java
package shop;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController
class TagController {
  private TagService service;
  @GetMapping("/tags")
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Tag tag : service.all()) names.add(tag.name);
    return names;
  }
}
`,
  },
});

const STORES = `
//- src/shop/Store.java
package shop;
import java.util.List;
interface Store { List<String> codes(); String code(Long id); }
//- src/shop/OrderStore.java
package shop;
import java.util.List;
@org.springframework.stereotype.Component
class OrderStore implements Store {
  private OrderRepository orders;
  public List<String> codes() { return List.of(); }
  public String code(Long id) { return orders.findById(id).orElseThrow().getCode(); }
                                     //~~~~~~~~~~~~~~~~~~~ OrderStore.code calls OrderRepository.findById
}
//- src/shop/FixedStore.java
package shop;
import java.util.List;
@org.springframework.stereotype.Component
class FixedStore implements Store {
  public List<String> codes() { return List.of("A"); }
  public String code(Long id) { return "A"; }
}
//- src/shop/Codes.java
package shop;
abstract class Codes {
  protected abstract Store store();
  String one(Long id) { return store().code(id); }
                                     //~~~~~~~~ Codes.one calls code
}
//- src/shop/OrderCodes.java
package shop;
@org.springframework.stereotype.Service
class OrderCodes extends Codes {
  private OrderStore orders;
  protected Store store() { return orders; }
}
//- src/shop/FixedCodes.java
package shop;
@org.springframework.stereotype.Service
class FixedCodes extends Codes {
  private FixedStore fixed;
  protected Store store() { return fixed; }
}
`;

rule(queryInLoop, {
  reports: {
    "what the store does that the class at hand hands out": `${SHOP}${STORES}
//- src/shop/Printing.java
package shop;
import java.util.List;
@org.springframework.stereotype.Service
class Printing {
  private OrderCodes codes;
  void print(List<Long> ids) {
    for (Long id : ids) codes.one(id);
                      //^^^^^^^^^^^^^ one runs OrderRepository.findById once per element of ids
  }
}
`,
    "a query of a generic service, once in each class below": `${SHOP}
//- src/shop/Service.java
package shop;
import java.util.*;
abstract class Service<T, R extends Rows<T>> {
  protected R rows;
  List<T> byCodes(List<String> codes) {
    List<T> found = new ArrayList<>();
    for (String code : codes) found.addAll(rows.findByCode(code));
                                         //^^^^^^^^^^^^^^^^^^^^^ OrderRepository.findByCode runs once per element of codes; 1 more alike
    return found;
  }
}
//- src/shop/OrderService.java
package shop;
class OrderService extends Service<Order, OrderRepository> {}
//- src/shop/TagService.java
package shop;
class TagService extends Service<Tag, TagRepository> {}
`,
  },
  ignores: {
    "what another class hands out": `${SHOP}${STORES.replace(/\n *\/\/~.*/g, "")}
//- src/shop/Printing.java
package shop;
import java.util.List;
@org.springframework.stereotype.Service
class Printing {
  private FixedCodes codes;
  void print(List<Long> ids) {
    for (Long id : ids) codes.one(id);
  }
}
`,
  },
});

/** A generic controller above a generic service, and the classes below them for one entity; carets below a query, and a mapped method. */
const crud = (entity: "Order" | "Tag", carets: { readonly query?: string; readonly mapped?: string } = {}): string => `${SHOP}
//- src/shop/Service.java
package shop;
import java.util.List;
abstract class Service<T, R extends Rows<T>> {
  protected R rows;
  public List<T> all() { return rows.findAll(); }${carets.query ?? ""}
}
//- src/shop/${entity}Service.java
package shop;
@org.springframework.stereotype.Service
class ${entity}Service extends Service<${entity}, ${entity}Repository> {}
//- src/shop/Crud.java
package shop;
import java.util.List;
import org.springframework.web.bind.annotation.*;
abstract class Crud<T, S extends Service<T, ?>> {
  protected S service;
  @GetMapping List<T> all() { return service.all(); }${carets.mapped ?? ""}
}
//- src/shop/${entity}s.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController @RequestMapping("/all")
class ${entity}s extends Crud<${entity}, ${entity}Service> {}
`;

rule(unpaginatedEndpoint, {
  reports: {
    "what a generic controller answers with for the class below": crud("Order", {
      query: `
                              //^^^^^^^^^^^^^^ GET /all answers with every row of OrderRepository.findAll, without pages`,
    }),
  },
  ignores: {
    "a generic service that nothing reaches": `${SHOP}${SERVICES.field}`,
  },
});

rule(entitySerialization, {
  reports: {
    "the entity that a generic controller writes for the class below": crud("Order", {
      mapped: `
                    //^^^ GET /all writes every Order with its lazy lines`,
    }),
  },
  ignores: {
    "an entity without associations that a generic controller writes": crud("Tag"),
  },
});
