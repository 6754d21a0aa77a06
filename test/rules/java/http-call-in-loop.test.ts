import assert from "node:assert/strict";
import { httpCallInLoop } from "../../../src/rules/java/http-call-in-loop.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const inController = (body: string): string => `
//- src/shop/Rates.java
package shop;
import org.springframework.web.client.RestTemplate;
@Service
class Rates {
  private final RestTemplate rest;
  Rate of(String currency) { return rest.getForObject("/rates/" + currency, Rate.class); }
  @Cacheable("rates") Rate cached(String currency) { return rest.getForObject("/rates/" + currency, Rate.class); }
}
//- src/shop/PriceController.java
package shop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
@RestController
class PriceController {
  private final Rates rates;
  private final ExecutorService executor;
${body}
}
`;

rule(httpCallInLoop, {
  reports: {
    "a method that gives each call to a pool, and waits for it": inController(`
  @GetMapping("/rates") void all(List<String> names) throws Exception {
    for (String name : names) within(name);
                            //^^^^^^^^^^^^ within runs RestTemplate.getForObject once per element of names
  }
  private Rate within(String name) throws Exception { return executor.submit(() -> rates.of(name)).get(2, TimeUnit.SECONDS); }`),
    "a query of a GraphQL service for each element": inController(`
  private final org.springframework.graphql.client.HttpSyncGraphQlClient graph;
  @GetMapping("/rates") Object all(List<String> currencies) {
    return currencies.stream().map(currency -> graph.document("{ rate }").variable("currency", currency).retrieveSync("rate").toEntity(Rate.class)).toList();
                                                                                                       //^^^^^^^^^^^^^^^^^^^^ GraphQlClient.retrieveSync runs once per element of currencies
  }`),
    "a call for each element, in another bean": inController(`
  @GetMapping("/rates") Object all(List<String> currencies) {
    return currencies.stream().map(currency -> rates.of(currency)).toList();
                                             //^^^^^^^^^^^^^^^^^^ of runs RestTemplate.getForObject once per element of currencies
  }`),
    // DawnBreaker207/Ticket-Booking: seats, the showing and the guest of each reservation come from three services.
    "two calls for each element, as one cause": inController(`
  private final RestTemplate rest;
  @GetMapping("/rates") Object all(List<String> currencies) {
    return currencies.stream().map(currency -> {
      Rate rate = rates.of(currency);
                //^^^^^^^^^^^^^^^^^^ of runs RestTemplate.getForObject, and 1 more run, once per element of currencies
      String name = rest.getForObject("/names/" + currency, String.class);
                  //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ getForObject runs here too
      return rate.named(name);
    }).toList();
  }`),
    "two branches that call the same, once for both": inController(`
  @GetMapping("/rates") Object all(List<String> currencies, boolean plain) {
    List<Rate> found = new ArrayList<>();
    for (String currency : currencies) {
      if (plain) found.add(rates.of(currency));
                         //^^^^^^^^^^^^^^^^^^ of runs RestTemplate.getForObject once per element of currencies
      else found.add(rates.of(currency.toLowerCase()));
                   //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ of runs here too
    }
    return found;
  }`),
    "publishers that are asked one after the other": `
//- src/shop/RateController.java
package shop;
import java.util.List;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.*;
@RestController
class RateController {
  private final WebClient web;
  @GetMapping("/rates") Flux<String> all(List<String> currencies) {
    return Flux.fromIterable(currencies).concatMap(currency -> web.get().uri("/rates/" + currency).retrieve().bodyToMono(String.class));
                                                                                                 //^^^^^^^^^^ WebClient.retrieve runs once per element of Flux.fromIterable(…)
  }
  @GetMapping("/together") Flux<String> together(List<String> currencies) {
    return Flux.fromIterable(currencies).flatMap(this::rate);
  }
  @GetMapping("/once") Flux<String> once(Mono<String> currency) { return currency.flatMapMany(this::rate); }
  private Mono<String> rate(String currency) { return web.get().uri("/rates/" + currency).retrieve().bodyToMono(String.class); }
}
`,
    "other clients that wait": `
//- src/shop/Catalogue.java
package shop;
import jakarta.ws.rs.client.WebTarget;
import java.util.List;
import org.jsoup.Jsoup;
@RestController
class Catalogue {
  private final ElasticsearchClient search;
  private final StockGrpc.StockBlockingStub stock;
  private final WebTarget supplier;
  @PostMapping("/index") void index(List<String> names) {
    for (String name : names) search.index(one -> one.index("products").id(name));
                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ElasticsearchClient.index runs once per element of names
  }
  @PostMapping("/stock") void stock(List<String> names) {
    for (String name : names) print(stock.withCompression("gzip").amount(name));
                                                                //^^^^^^^^^^^^ StockBlockingStub.amount runs once per element of names
  }
  @PostMapping("/supplier") void supplier(List<String> names) {
    for (String name : names) print(supplier.path(name).request("application/json").get(String.class));
                                                                                  //^^^^^^^^^^^^^^^^^ Invocation.Builder.get runs once per element of names
  }
  @PostMapping("/pages") void pages(List<String> addresses) throws Exception {
    for (String address : addresses) print(Jsoup.connect(address).timeout(500).get());
                                                                             //^^^^^ Jsoup.get runs once per element of addresses
  }
}
`,
    "Keycloak's admin client": `
//- src/Members.java
import java.util.*;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.*;
@RestController
class Members {
  private final Keycloak keycloak;
  Members(Keycloak keycloak) { this.keycloak = keycloak; }
  @GetMapping("/members")
  List<Member> all() {
    UsersResource users = keycloak.realm("shop").users();
    List<Member> all = new ArrayList<>();
    for (var user : users.list()) {
      UserResource one = users.get(user.getId());
      all.add(new Member(user.getId(), one.roles().realmLevel().listAll()));
                                                              //^^^^^^^^^ RoleScopeResource.listAll runs once per element of users.list()
    }
    return all;
  }
}
`,
    "a client in a job's loop": `
//- src/shop/RateJob.java
package shop;
import java.util.List;
import org.springframework.web.client.RestTemplate;
@Component
class RateJob {
  private final RestTemplate rest;
  private final List<String> currencies;
  @Scheduled(fixedRate = 1000) void refresh() {
    for (String currency : currencies) rest.getForObject("/rates/" + currency, String.class);
                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate.getForObject runs once per element of currencies
  }
}
`,
  },
  ignores: {
    // itwanger/paicoding's sizes of images.
    "a method that gives each call to a pool, and waits for none": inController(`
  private static final ExecutorService PROBES = new ThreadPoolExecutor(1, 2, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(256));
  @GetMapping("/rates") void warmAll(List<String> names) {
    for (String name : names) warm(name);
    for (String name : names) later(name);
  }
  private void warm(String name) { PROBES.execute(() -> { try { keep(rates.of(name)); } finally { keep(null); } }); }
  @Async void later(String name) { rates.of(name); }
  private void keep(Rate rate) {}`),
    "functions that are made in the loop, and run later": inController(`
  @GetMapping("/tools") Map<String, Supplier<Rate>> tools(List<String> names) {
    Map<String, Supplier<Rate>> tools = new HashMap<>();
    for (String name : names) tools.put(name, toolFor(name));
    for (String name : names) tools.put(name, madeFor(name));
    return tools;
  }
  private Supplier<Rate> toolFor(String name) { return () -> rates.of(name); }
  private Supplier<Rate> madeFor(String name) {
    return new Supplier<>() { @Override public Rate get() { return rates.of(name); } };
  }`),
    "a parallel stream, also one that a variable holds": inController(`
  @GetMapping("/rates") List<Rate> all(List<String> names) {
    names.parallelStream().forEach(name -> rates.of(name));
    var several = names.stream().parallel();
    return several.map(name -> rates.of(name)).toList();
  }`),
    "a call for each slice of the list": inController(`
  @PostMapping("/rates") void all(List<String> currencies) {
    for (int i = 0; i < currencies.size() / 1000 + 1; i++) {
      List<String> slice = currencies.subList(i * 1000, Math.min(currencies.size(), (i + 1) * 1000));
      rates.of(String.join(",", slice));
    }
  }`),
    "parts of a list, held by a variable": inController(`
  @GetMapping("/rates") void all(List<String> currencies) {
    List<List<String>> parts = Lists.partition(currencies, 25);
    parts.forEach(part -> rates.of(String.join(",", part)));
  }`),
    // epam/cloud-pipeline
    "elements that are collected, and sent when there are enough": inController(`
  private final List<String> waiting = new ArrayList<>();
  @GetMapping("/rates") void all(List<String> currencies) { for (String currency : currencies) ask(currency); }
  private void ask(String currency) {
    waiting.add(currency);
    if (waiting.size() >= MOST) rates.of(String.join(",", waiting));
  }`),
    "one call for all": inController(`
  @GetMapping("/rates") Object all(List<String> currencies) { return rates.of(String.join(",", currencies)); }`),
    "a fan-out with an executor": inController(`
  @GetMapping("/rates") Object all(List<String> currencies) {
    return currencies.stream().map(currency -> CompletableFuture.supplyAsync(() -> rates.of(currency), executor)).toList();
  }
  @GetMapping("/tasks") void tasks(List<String> currencies) {
    for (String currency : currencies) executor.submit(() -> rates.of(currency));
  }`),
    // conductor asks the places one after the other where a card may lie.
    "places that are tried until one answers": inController(`
  @GetMapping("/card") Object card(List<String> places) throws Exception {
    for (String place : places) {
      try (Answer answer = new Answer(rates.of(place))) {
        if (!answer.isGood()) { continue; }
        return answer.body();
      } catch (java.io.IOException e) { last = e; }
    }
    return null;
  }`),
    // openlmis cuts requests that would be too long.
    "a request that is cut into parts": inController(`
  @GetMapping("/rates") void all(List<String> currencies) {
    for (String part : splitRequest(currencies)) rates.of(part);
  }
  private List<String> splitRequest(List<String> currencies) { return List.of(String.join(",", currencies)); }`),
    "what Redis is asked for first": `${inController(`
  @GetMapping("/rates") void all(List<String> currencies) { for (String currency : currencies) rates.known(currency); }`).replace(
      "class Rates {",
      `class Rates {
  private final RateRedisRepository stored;
  Rate known(String currency) { return stored.findByCurrency(currency).map(RateEntity::rate).orElseGet(() -> { return of(currency); }); }`,
    )}`,
    "a cached call, and retries": inController(`
  @GetMapping("/rates") Object all(List<String> currencies) { return currencies.stream().map(rates::cached).toList(); }
  @GetMapping("/rate") Object one(String currency) {
    for (int attempt = 0; attempt < 5; attempt++) {
      try { return rates.of(currency); } catch (RuntimeException e) { continue; }
    }
    return null;
  }`),
  },
});

describe("java/http-call-in-loop: how loud it is", () => {
  const severities = async (body: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([httpCallInLoop]);
    await workspace.put(parseFixture(inController(body)).files);
    return workspace.findings().map(({ severity }) => severity);
  };

  it("warns of what a request waits for", async () => {
    assert.deepEqual(await severities('@GetMapping("/all") void all(List<String> names) { for (String name : names) rates.of(name); }'), [
      "warning",
    ]);
  });

  it("hints where no command takes several files", async () => {
    const files = `org.apache.commons.net.ftp.FTPClient ftp;
  @PostMapping("/files") void drop(@RequestBody List<String> names) { for (String name : names) ftp.deleteFile(name); }`;
    assert.deepEqual(await severities(files), ["hint"]);
  });

  it("informs where a store takes no several objects, and warns where it would", async () => {
    const store = (call: string) => `com.amazonaws.services.s3.AmazonS3 store;
  @PostMapping("/pictures") void all(@RequestBody List<String> names) { for (String name : names) store.${call}; }`;
    assert.deepEqual(await severities(store('putObject("pictures", name, name)')), ["information"]);
    assert.deepEqual(await severities(store('deleteObject("pictures", name)')), ["warning"]);
  });

  it("informs of what only administrators wait for, and hints where all calls are under way together", async () => {
    const loop = "void all(List<String> names) { for (String name : names) rates.of(name); }";
    assert.deepEqual(await severities(`@GetMapping("/ops-admin/all") ${loop}`), ["information"]);
    const later =
      "private CompletableFuture<Rate> later(String name) { return CompletableFuture.supplyAsync(() -> rates.of(name), executor); }";
    const gathered = "names.stream().map(name -> later(name)).toList();";
    assert.deepEqual(await severities(`@GetMapping("/all") Object all(List<String> names) { return ${gathered} } ${later}`), ["hint"]);
  });

  // CAUCSE/CAUSW_backend: all accounts of all users.
  it("counts the elements of all loops around", async () => {
    const workspace = new TestWorkspace([httpCallInLoop]);
    const loops = "for (List<String> group : groups) for (String name : group) rates.of(name);";
    await workspace.put(parseFixture(inController(`@GetMapping("/all") void all(List<List<String>> groups) { ${loops} }`)).files);
    assert.deepEqual(
      workspace.findings().map(({ cost }) => cost),
      ["N round trips for each GET /all, N = elements of 2 nested loops over group"],
    );
  });

  // openvsx asks its own registry, then the one above.
  it("hints where the elements are written down one by one", async () => {
    const sources = 'List<String> sources() { List<String> all = new ArrayList<>(); all.add("own"); if (far) all.add("far"); return all; }';
    assert.deepEqual(await severities(`${sources} @GetMapping("/all") void all() { for (String name : sources()) rates.of(name); }`), [
      "hint",
    ]);
    const looped = "while (found.size() < 9 && names.hasNext()) rates.of(names.next());";
    assert.deepEqual(
      await severities(`${sources} @GetMapping("/all") void all(List<String> found) { var names = sources().iterator(); ${looped} }`),
      ["hint"],
    );
  });

  it("hints where each branch writes the elements down", async () => {
    const lists =
      'case "a" -> List.of("x", "y"); case "b" -> { log(kind); yield List.of("z"); } default -> throw new IllegalStateException();';
    const kinds = `List<String> of(String kind) { return switch (kind) { ${lists} }; }`;
    const all = '@GetMapping("/all") void all(String kind) { for (String name : of(kind)) rates.of(name); }';
    assert.deepEqual(await severities(`${kinds} ${all}`), ["hint"]);
    assert.deepEqual(await severities(`${kinds.replace('List.of("z")', "bring()")} ${all}`), ["warning"]);
  });

  // egovernments' services ask each other once a tenant for all that a request brings of it.
  it("is information where a call asks for a group at once", async () => {
    const all = (loop: string) => `@GetMapping("/all") void all(List<String> names) { ${loop} }`;
    const groups = "Map<Integer, List<String>> groups = names.stream().collect(Collectors.groupingBy(String::length));";
    const each = "(length, some) -> rates.of(some.toString())";
    assert.deepEqual(await severities(all(`${groups} groups.forEach(${each});`)), ["information"]);
    assert.deepEqual(await severities(all(`${groups} for (var group : groups.entrySet()) rates.of(group.toString());`)), ["information"]);
    const inner = "groups.forEach((length, some) -> { for (String one : some) rates.of(one); });";
    assert.deepEqual(await severities(all(`${groups} ${inner}`)), ["warning"]);
  });

  // A monitor of thingsboard looks up its devices once, when it starts.
  it("hints where the application starts, once", async () => {
    const each = "void all(List<String> names) { for (String name : names) rates.of(name); }";
    assert.deepEqual(await severities(`@EventListener(ApplicationReadyEvent.class) ${each}`), ["hint"]);
    assert.deepEqual(await severities(`@EventListener void on(OrderPlaced placed) { all(placed.names()); } ${each}`), ["information"]);
  });

  // saerok-BE deletes images in one call, and one by one what that call could not.
  it("hints where what has gone wrong in bulk is done one by one", async () => {
    const each = (loop: string): string => `@PostMapping("/all") void all(List<String> names) { ${loop} }`;
    const one = "for (String name : names) rates.of(name);";
    assert.deepEqual(await severities(each(one)), ["warning"]);
    assert.deepEqual(await severities(each(`try { bulk(names); } catch (RuntimeException e) { ${one} }`)), ["hint"]);
    assert.deepEqual(await severities(each(`var done = bulk(names); if (done != null && done.hasErrors()) { ${one} }`)), ["hint"]);
    assert.deepEqual(await severities(each(`var done = bulk(names); if (done != null && done.isOpen()) { ${one} }`)), ["warning"]);
  });

  // bcgov/nr-bcws-wfprev deletes the files of each boundary of each activity of a project.
  it("is information where the elements of an inner loop are told already", async () => {
    const outer = '@PostMapping("/all") void all(List<String> shops) { for (String shop : shops) each(shop); }';
    assert.deepEqual(await severities(`${outer} void each(String shop) { for (String name : names(shop)) rates.of(name); }`), [
      "information",
      "warning",
    ]);
    assert.deepEqual(await severities(`${outer} void each(String shop) { rates.of(shop); }`), ["warning"]);
  });
});
