import assert from "node:assert/strict";
import type { Model } from "../../../src/model/model.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { modelOf } from "../../harness/model.ts";

const labels = (model: Model): readonly string[] => model.web.endpoints().map(({ label }) => label);

describe("endpoints", () => {
  it("have characters of constants, and the defaults of properties", async () => {
    const model = await modelOf(`
//- a/OwnerController.java
package a;
@RestController
@RequestMapping("\${api.base:/rest}/v1")
class OwnerController {
  private static final String OWNERS = "/api" + '/' + "owners";
  @GetMapping(OWNERS) Object list() { return null; }
}
`);
    assert.deepEqual(labels(model), ["GET /rest/v1/api/owners"]);
  });

  it("have the type's path and the method's, constants put in, one for each verb and path", async () => {
    const model = await modelOf(`
//- a/Paths.java
package a;
interface Paths { String API = "/api"; String OWNERS = API + "/owners"; }
//- a/OwnerController.java
package a;
import static a.Paths.API;
@RestController
@RequestMapping(Paths.OWNERS)
class OwnerController {
  @GetMapping Object list() { return null; }
  @GetMapping({"/{id}", "by/{id}/"}) Object one() { return null; }
  @RequestMapping(path = "/both", method = {RequestMethod.GET, RequestMethod.POST}) void both() {}
  @RequestMapping("/any") void any() {}
  @DeleteMapping(value = "/" + "x") void drop() {}
  void helper() {}
}
//- a/Root.java
package a;
@Controller
class Root { @GetMapping("/") String home() { return "home"; } @GetMapping(Unknown.PATH) String odd() { return "odd"; } }
//- a/NoController.java
package a;
class NoController { @GetMapping("/nothing") void nothing() {} }
`);
    assert.deepEqual(labels(model), [
      "GET /api/owners",
      "GET /api/owners/{id}",
      "GET /api/owners/by/{id}",
      "GET /api/owners/both",
      "POST /api/owners/both",
      "ANY /api/owners/any",
      "DELETE /api/owners/x",
      "GET /",
      "GET odd",
    ]);
  });

  it("may be declared by an interface, and their controller by an annotation of its own", async () => {
    const model = await modelOf(`
//- a/ApiController.java
package a;
@RestController @interface ApiController {}
//- a/OwnersApi.java
package a;
@RequestMapping("/v1")
interface OwnersApi { @GetMapping("/owners/{id}") Object one(@PathVariable("id") long id, @RequestParam String q); }
//- a/OwnersController.java
package a;
@ApiController
class OwnersController implements OwnersApi { @Override public Object one(long id, String q) { return null; } }
`);
    const [one] = model.web.endpoints();
    assert.deepEqual([one?.label, one?.method], ["GET /v1/owners/{id}", "a.OwnersController#one(long,String)"]);
    assert.deepEqual(
      one?.inputs.map(({ name, kind }) => `${name}:${kind}`),
      ["id:path", "q:query"],
    );
    assert.equal(one?.mapping.file, "a/OwnersApi.java");
  });

  it("know what their input says", async () => {
    const model = await modelOf(`
//- a/C.java
package a;
@RestController
class C {
  @GetMapping("/x")
  Object x(@PathVariable long id, @RequestParam String term, @RequestParam int page, Pageable paging, Sort sort, @RequestParam Locale lang, Principal who,
    @AuthenticationPrincipal Jwt jwt, @RequestHeader String agent, HttpServletRequest request, @CurrentUser Person me, @RequestBody Form form, Model model,
    @Valid Form filter) { return null; }
}
`);
    assert.deepEqual(
      model.web.endpoints()[0]?.inputs.map(({ name, kind }) => `${name}:${kind}`),
      [
        "id:path",
        "term:query",
        "page:paging",
        "paging:paging",
        "sort:paging",
        "lang:paging",
        "who:user",
        "jwt:user",
        "agent:user",
        "request:user",
        "me:user",
        "form:body",
        "model:injected",
        "filter:query",
      ],
    );
  });

  it("are resources of JAX-RS, too", async () => {
    const model = await modelOf(`
//- a/Orders.java
package a;
@Path("/orders")
public class Orders {
  @GET public List<Order> all(@QueryParam("size") int size, @HeaderParam("agent") String agent) { return null; }
  @POST @Path("{id}/lines") public void add(@PathParam("id") long id, Line line) {}
}
//- a/OrdersClient.java
package a;
@Path("/orders")
interface OrdersClient { @GET List<Order> all(); }
`);
    assert.deepEqual(
      model.web.endpoints().map(({ label, inputs }) => `${label} ${inputs.map(({ kind }) => kind).join()}`),
      ["GET /orders paging,user", "POST /orders/{id}/lines path,body"],
    );
  });

  it("are for few where their path, their name or their profile says so", async () => {
    const model = await modelOf(`
//- a/A.java
package a;
@RestController
@RequestMapping("/ops-admin/orders")
class A { @GetMapping Object all() { return null; } }
//- a/B.java
package a;
@RestController
class B {
  @GetMapping("/v1/supervision/orders") Object few() { return null; }
  @GetMapping("/v1/administrators/orders") Object many() { return null; }
}
//- a/C.java
package a;
@RestController
@Profile({Profiles.INTEGRATION_TEST, "local"})
class C { @GetMapping("/reset") Object reset() { return null; } }
//- a/D.java
package a;
@RestController
@Profile("prod | local")
class D { @GetMapping("/orders") Object orders() { return null; } }
`);
    assert.deepEqual(
      model.web.endpoints().map(({ label, forFew }) => `${label} ${forFew}`),
      [
        "GET /ops-admin/orders true",
        "GET /v1/supervision/orders true",
        "GET /v1/administrators/orders false",
        "GET /reset true",
        "GET /orders false",
      ],
    );
  });

  it("come and go with their files", async () => {
    const workspace = new TestWorkspace([]);
    const { model } = workspace.workspace;
    await workspace.put([["a/P.java", 'package a; class P { static final String X = "/one"; }']]);
    await workspace.put([["a/C.java", "package a; @RestController class C { @GetMapping(P.X) void x() {} }"]]);
    assert.deepEqual(labels(model), ["GET /one"]);
    await workspace.put([["a/P.java", 'package a; class P { static final String X = "/two"; }']]);
    assert.deepEqual(labels(model), ["GET /two"]);
    await workspace.put([["a/C.java", undefined]]);
    assert.deepEqual(labels(model), []);
  });
});

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
