import assert from "node:assert/strict";
import { rules } from "../../src/rules/index.ts";
import { TestWorkspace } from "../harness/check.ts";
import { parseFixture } from "../harness/fixture.ts";
import { ALL_LANGUAGES } from "./allLanguages.ts";
import { endsAsCold } from "./anyEdits.ts";

/**
 * The invariant that everything incremental rests on: whatever was edited on the way, the findings are those of a workspace
 * that sees the files as they are now for the first time.
 */
describe("any sequence of edits", () => {
  it("starts from a workspace with findings on both sides of the border between languages", async () => {
    assert.ok(await finds(BASE, "java/query-in-loop", "sql/foreign-key-without-index", "sql/missing-index-for-query"));
  });

  it("ends with the findings of a cold run", () =>
    endsAsCold({
      base: BASE,
      replacements: REPLACEMENTS,
      additions: ADDITIONS,
      names: ["src/main/java/shop/Renamed.java", "app/lib/renamed.dart", "db/V1__x.sql"],
    })).timeout(300_000);

  it("starts from services that inherit what they do, with findings that hang on who inherits it", async () => {
    assert.ok(await finds(INHERITED, "java/query-in-loop", "java/lazy-access-in-loop", "java/uncached-hot-endpoint"));
  });

  it("ends with the findings of a cold run where services inherit what they do", () =>
    endsAsCold({
      base: INHERITED,
      replacements: INHERITED_REPLACEMENTS,
      additions: INHERITED_ADDITIONS,
      names: ["src/shop/Renamed.java", "src/other/Renamed.java"],
    })).timeout(300_000);
});

async function finds(files: ReadonlyMap<string, string>, ...wanted: readonly string[]): Promise<boolean> {
  const workspace = new TestWorkspace(rules);
  await workspace.put(files);
  const found = new Set(workspace.findings().map(({ rule }) => rule));
  return wanted.every((rule) => found.has(rule));
}

const BASE = parseFixture(ALL_LANGUAGES).files;
const INHERITED = parseFixture(`
//- src/shop/Order.java
package shop;
import jakarta.persistence.*;
import java.util.List;
@Entity
public class Order { @Id Long id; @OneToMany(mappedBy = "order") List<Line> lines; public List<Line> getLines() { return lines; } }
//- src/shop/Line.java
package shop;
import jakarta.persistence.*;
@Entity
public class Line { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Order order; String text; }
//- src/shop/Rows.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
public interface Rows<T> extends JpaRepository<T, Long> { List<T> findByText(String text); }
//- src/shop/OrderRows.java
package shop;
public interface OrderRows extends Rows<Order> {}
//- src/shop/LineRows.java
package shop;
public interface LineRows extends Rows<Line> {}
//- src/shop/Service.java
package shop;
import java.util.*;
public abstract class Service<T, R extends Rows<T>> {
  protected R rows;
  protected abstract Rows<T> handed();
  public List<T> all() { return rows.findAll(); }
  public List<T> some(List<String> texts) {
    List<T> found = new ArrayList<>();
    for (String text : texts) found.addAll(handed().findByText(text));
    return found;
  }
}
//- src/shop/Orders.java
package shop;
@org.springframework.stereotype.Service
public class Orders extends Service<Order, OrderRows> {
  private OrderRows orders;
  protected Rows<Order> handed() { return orders; }
}
//- src/shop/Lines.java
package shop;
@org.springframework.stereotype.Service
public class Lines extends Service<Line, LineRows> {
  private LineRows lines;
  protected Rows<Line> handed() { return lines; }
}
//- src/shop/Crud.java
package shop;
import java.util.List;
import org.springframework.web.bind.annotation.*;
public abstract class Crud<T, S extends Service<T, ?>> {
  protected S service;
  @GetMapping List<T> all() { return service.all(); }
}
//- src/shop/OrderController.java
package shop;
import java.util.List;
import org.springframework.web.bind.annotation.*;
@RestController @RequestMapping("/orders")
public class OrderController extends Crud<Order, Orders> {
  @GetMapping("/lines") int lines() {
    int count = 0;
    for (Order order : service.all()) for (Line line : order.getLines()) count++;
    return count + service.some(List.of("a", "b", "c", "d")).size();
  }
}
`).files;

const INHERITED_REPLACEMENTS: readonly (readonly [string, string])[] = [
  ["Service<Order, OrderRows>", "Service<Line, LineRows>"],
  ["return orders;", "return null;"],
  ["return lines;", "return this.lines;"],
  ["private OrderRows orders", "private Rows<Order> orders"],
  ["extends Rows<Order>", "extends Rows<Line>"],
  ["rows.findAll()", "handed().findAll()"],
  ["handed().findByText(text)", "rows.findByText(text)"],
  ["protected R rows", "protected Rows<T> rows"],
  ["public List<T> all()", "private List<T> all()"],
  ["abstract ", ""],
  ["Crud<Order, Orders>", "Crud<Line, Lines>"],
  ["@RestController", "@Component"],
  ["fetch = FetchType.LAZY", "fetch = FetchType.EAGER"],
  ["@GetMapping", "@PostMapping"],
  ["{", "{ "],
  ["}", ""],
  ["\n", "\r\n"],
];

const INHERITED_ADDITIONS: readonly (readonly [string, string])[] = [
  ["src/shop/MoreRows.java", "package shop;\npublic interface MoreRows extends Rows<Order> {}\n"],
  [
    "src/shop/MoreOrders.java",
    "package shop;\npublic class MoreOrders extends Orders { public java.util.List<Order> all() { return java.util.List.of(); } }\n",
  ],
  ["src/other/Orders.java", "package other;\npublic class Orders extends shop.Service<shop.Order, shop.OrderRows> {}\n"],
];

/** Words whose exchange changes meanings across files: types, tables, methods, annotations, keys. */
const REPLACEMENTS: readonly (readonly [string, string])[] = [
  ["TicketRepository", "OwnerRepository"],
  ["findByOwnerIdOrderByStatus", "findAll"],
  ["owner_id", "owner"],
  ["ticket", "tickets"],
  ["@Service", "@Component"],
  ["@Entity", '@Entity @Table(name = "owner")'],
  ["JpaRepository<Ticket, Long>", "TicketBase"],
  ["for (Long id : ids)", "if (!ids.isEmpty())"],
  ["read(id)", "tickets.findByOwnerIdOrderByStatus(id)"],
  ["status", "state"],
  ["bigint", "uuid"],
  ["create index", "create unique index"],
  ["primary key", "not null"],
  ["open-in-view", "show-sql"],
  ["datasource", "data"],
  ["3.4.1", "2.7.0"],
  ["spring-boot-starter-web", "spring-boot-starter-webflux"],
  ["future: load()", "future: ready"],
  ["TextEditingController()", "TextEditingController(text: '')"],
  ["State<Page>", "StateBase"],
  ["{", "{ "],
  ["}", ""],
  ["\n", "\r\n"],
  ["@GetMapping", "@PostMapping"],
  ["private final", "private"],
];

const ADDITIONS: readonly (readonly [string, string])[] = [
  ["src/main/java/shop/TicketBase.java", "package shop;\npublic interface TicketBase extends JpaRepository<Ticket, Long> {}\n"],
  [
    "src/main/java/other/TicketRepository.java",
    "package other;\npublic interface TicketRepository extends JpaRepository<Object, Long> {}\n",
  ],
  [
    "src/main/java/shop/Cached.java",
    'package shop;\n@Service class Cached extends TicketService { @Cacheable("a") public long open() { return 1; } }\n',
  ],
  [
    "src/main/java/shop/Jobs.java",
    "package shop;\nclass Jobs { TicketService service; @Scheduled(fixedRate = 1) void run() { service.all(List.of()); } }\n",
  ],
  ["src/main/resources/db/migration/V2__index.sql", "create index ticket_owner on ticket (owner_id);\n"],
  ["src/main/resources/db/migration/V1__again.sql", "create table ticket (id bigint primary key);\n"],
  ["src/main/resources/db/migration/V3__drop.sql", "drop index ticket_status;\nalter table ticket rename to vouchers;\n"],
  ["src/main/resources/application.properties", "spring.jpa.open-in-view=false\nspring.datasource.hikari.maximum-pool-size=20\n"],
  ["app/lib/base.dart", "class StateBase extends State<Page> { void dispose() { controller.dispose(); super.dispose(); } }\n"],
  ["app/lib/broken.dart", "class Broken extends State { Widget build( {\n"],
  ["performance.yaml", "version: 1\ndatabase:\n  tables:\n    ticket: { rows: 10 }\n"],
];
