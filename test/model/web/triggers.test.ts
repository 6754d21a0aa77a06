import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

describe("triggers", () => {
  it("are what a clock or a message runs", async () => {
    const model = await modelOf(`
//- a/Jobs.java
package a;
@Component
class Jobs {
  @Scheduled(cron = "0 0 * * * *") void purge() {}
  @KafkaListener(topics = "t") void take(String text) {}
  @TransactionalEventListener void heard(Object event) {}
  void none() {}
}
`);
    assert.deepEqual(
      model.web.triggersIn("a/Jobs.java").map(({ kind, label }) => `${kind} ${label}`),
      ["scheduler @Scheduled purge", "listener @KafkaListener take", "listener @TransactionalEventListener heard"],
    );
    assert.equal(model.effects.reachedFrom("a.Jobs#purge()")?.label, "@Scheduled purge");
  });

  it("are fields of GraphQL, routes that are put together in code, and functions that are bound to topics", async () => {
    const model = await modelOf(`
//- a/Orders.java
package a;
@Controller
class Orders {
  @QueryMapping List<Order> orders() { return null; }
  @SchemaMapping(typeName = "Order") List<Line> lines(Order order) { return null; }
}
//- a/Lines.java
package a;
@DgsComponent
class Lines { @DgsQuery List<Line> lines() { return null; } }
//- a/StockFetcher.java
package a;
class StockFetcher implements DataFetcher<Stock> { public Stock get(DataFetchingEnvironment asked) { return null; } Stock get(Long id) { return null; } }
//- a/Routes.java
package a;
@Configuration
class Routes {
  @Bean RouterFunction<ServerResponse> routes(Handler handler) { return route().GET("/orders", handler::list).build(); }
  @Bean Consumer<Message<String>> taken(Handler handler) { return message -> handler.take(message.getPayload()); }
  @Bean Consumer<HttpHeaders> headers() { return headers -> {}; }
}
//- a/Handler.java
package a;
@Component
class Handler {
  public Mono<ServerResponse> list(ServerRequest request) { return null; }
  public void take(String text) {}
}
`);
    assert.deepEqual(
      model.web.triggers().map(({ kind, label }) => `${kind} ${label}`),
      [
        "endpoint GraphQL lines",
        "endpoint GraphQL orders",
        "endpoint GraphQL lines",
        "endpoint Routes.routes",
        "listener @Bean taken",
        "endpoint GraphQL StockFetcher",
      ],
    );
    assert.equal(model.effects.reachedFrom("a.Handler#list(ServerRequest)")?.label, "Routes.routes");
    assert.equal(model.effects.reachedFrom("a.Handler#take(String)")?.kind, "listener");
  });

  it("are servlets, filters and interceptors, and what beans offer to pages of Jakarta Faces", async () => {
    const model = await modelOf(`
//- a/Stock.java
package a;
class Stock extends HttpServlet {
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
  void doPost(String name) {}
}
//- a/Guard.java
package a;
class Guard extends OncePerRequestFilter {
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {}
}
//- a/Watch.java
package a;
class Watch implements HandlerInterceptor {
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) { return true; }
  public boolean preHandle(String name) { return true; }
}
//- a/Trace.java
package a;
class Trace implements ContainerRequestFilter { public void filter(ContainerRequestContext asked) {} boolean filter(Order order) { return true; } }
//- a/OrderList.java
package a;
@Named("orderList") @ViewScoped
public class OrderList {
  @PostConstruct public void init() {}
  public List<Order> getOrders() { return null; }
  private void load() {}
  public static OrderList of() { return null; }
}
//- a/Prices.java
package a;
@Named
public class Prices { public int count() { return 0; } }
//- a/Old.java
package a;
@ManagedBean
public class Old { public String save() { return null; } }
`);
    assert.deepEqual(
      model.web.triggers().map(({ kind, label, often }) => `${kind} ${label} ${often}`),
      [
        "endpoint Guard.doFilterInternal true",
        "endpoint Old.save true",
        "endpoint OrderList.getOrders true",
        "endpoint Stock.doGet true",
        "endpoint Trace.filter true",
        "endpoint Watch.preHandle true",
      ],
    );
  });

  it("are methods of interfaces that are generated with their mappings", async () => {
    const model = await modelOf(`
//- a/OrdersController.java
package a;
import api.generated.OrdersApi;
@RestController
class OrdersController implements OrdersApi, Named {
  @Override public ResponseEntity<List<Order>> listOrders(Integer limit) { return null; }
  @Override public String name() { return "orders"; }
  public void helper() {}
  @Override public String toString() { return name(); }
}
//- a/Named.java
package a;
interface Named { String name(); }
//- a/StockDelegate.java
package a;
@Service
class StockDelegate implements StockApiDelegate { @Override public ResponseEntity<Stock> getStock(Long id) { return null; } }
//- a/Sorter.java
package a;
@Service
class Sorter implements Comparator<Order> { @Override public int compare(Order a, Order b) { return 0; } }
`);
    assert.deepEqual(
      model.web.triggers().map(({ kind, label }) => `${kind} ${label}`),
      ["endpoint OrdersController.listOrders", "endpoint StockDelegate.getStock"],
    );
  });

  it("come behind requests, however near", async () => {
    const model = await modelOf(`
//- a/Orders.java
package a;
@RestController
class Orders {
  private final Service service;
  @GetMapping("/orders") Object all() { return service.list(); }
  @KafkaListener(topics = "orders") void taken(String id) { service.read(id); }
}
//- a/Service.java
package a;
class Service {
  Object list() { return read("all"); }
  Object read(String id) { return id; }
}
`);
    assert.equal(model.effects.reachedFrom("a.Service#read(String)")?.label, "GET /orders");
  });
});
