import assert from "node:assert/strict";
import { blockingInReactive } from "../../../src/rules/java/blocking-in-reactive.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const build = (...artifacts: readonly string[]): string => `
//- pom.xml
<project>
  <artifactId>shop</artifactId>
  <dependencies>
${artifacts.map((name) => `    <dependency><groupId>org.springframework.boot</groupId><artifactId>${name}</artifactId></dependency>`).join("\n")}
  </dependencies>
</project>
`;

const domain = `
//- src/main/java/shop/TicketRepository.java
package shop;
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TicketRepository extends JpaRepository<Ticket, Long> {
  List<Ticket> findByOpen(boolean open);
}
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
@Entity
class Ticket {
  @Id Long id;
  boolean open;
}
//- src/main/java/shop/EventRepository.java
package shop;
import reactor.core.publisher.*;
import org.springframework.data.repository.reactive.ReactiveCrudRepository;
interface EventRepository extends ReactiveCrudRepository<Event, Long> {
  Flux<Event> findByOpen(boolean open);
}
//- src/main/java/shop/Event.java
package shop;
class Event { Long id; }
//- src/main/java/shop/Prices.java
package shop;
import org.springframework.web.client.RestTemplate;
@Service
class Prices {
  private final RestTemplate rest;
  Prices(RestTemplate rest) { this.rest = rest; }
  String of(Long id) { return rest.getForObject("http://prices/" + id, String.class); }
}
`;

const controller = (body: string, artifacts: readonly string[] = ["spring-boot-starter-webflux"]): string =>
  `${build(...artifacts)}${domain}
//- src/main/java/shop/Tickets.java
package shop;
import java.util.*;
import reactor.core.publisher.*;
import reactor.core.scheduler.*;
import org.springframework.web.bind.annotation.*;
@RestController
class Tickets {
  private final TicketRepository tickets;
  private final EventRepository events;
  private final Prices prices;
  private final Scheduler scheduler;
  private final TaskExecutor executor;
  Tickets(TicketRepository tickets, EventRepository events, Prices prices, Scheduler scheduler) { this.tickets = tickets; }
${body}
}
`;

rule(blockingInReactive, {
  reports: {
    "a repository of JPA, eagerly and in steps": controller(`
  @GetMapping("/tickets/{id}") Mono<Optional<Ticket>> one(@PathVariable Long id) {
    return Mono.just(tickets.findById(id));
                   //^^^^^^^^^^^^^^^^^^^^ TicketRepository.findById blocks the event loop that answers GET /tickets/{id}
  }
  @GetMapping("/tickets") Flux<Ticket> all() {
    return Flux.defer(() -> Flux.fromIterable(tickets.findByOpen(true)));
                                            //^^^^^^^^^^^^^^^^^^^^^^^^ TicketRepository.findByOpen blocks the event loop that answers GET /tickets
  }
  @PostMapping("/tickets") Mono<Ticket> save(@RequestBody Mono<Ticket> ticket) {
    return ticket.map(tickets::save);
                    //^^^^^^^^^^^^^ TicketRepository.save blocks the event loop that answers POST /tickets
  }`),
    "another machine, through a bean": controller(`
  @GetMapping("/price/{id}") Mono<String> price(@PathVariable Long id) {
    return Mono.fromCallable(() -> prices.of(id));
                                 //^^^^^^^^^^^^^ of runs RestTemplate.getForObject, which blocks the event loop that answers GET /price/{id}
  }`),
    "a password that is hashed": controller(`
  private final PasswordEncoder passwords;
  @PostMapping("/login") Mono<Boolean> login(@RequestBody Login login) {
    return events.findById(login.id()).map(known -> passwords.matches(login.word(), known.hash()));
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PasswordEncoder.matches hashes a password on the event loop that answers POST /login; 1 more in this file
  }
  @PostMapping("/users") Mono<String> register(@RequestBody String word) { return Mono.fromCallable(() -> passwords.encode(word)); }`),
    "publishOn behind the call, which does not move it": controller(`
  @GetMapping("/price/{id}") Mono<String> price(@PathVariable Long id) {
    return Mono.fromCallable(() -> prices.of(id)).publishOn(scheduler);
                                 //^^^^^^^^^^^^^ publishOn behind it leaves of on the event loop that answers GET /price/{id}
  }`),
    "a wait for another publisher": controller(`
  @GetMapping("/events/{id}") Mono<String> name(@PathVariable Long id) {
    Event event = Mono.just(id).flatMap(events::findById).block();
                                                        //^^^^^^^ block blocks the event loop that answers GET /events/{id}
    return Mono.just(event.toString());
  }`),
    "an endpoint with a plain value beside reactive ones": controller(`
  @GetMapping("/events/{id}") Mono<Event> event(@PathVariable Long id) { return events.findById(id); }
  @GetMapping("/names/{id}") String name(@PathVariable Long id) {
    return events.findById(id).block().toString();
                             //^^^^^^^ block blocks the event loop that answers GET /names/{id}
  }
  @GetMapping("/plain/{id}") Optional<Ticket> ticket(@PathVariable Long id) {
    return tickets.findById(id);
         //^^^^^^^^^^^^^^^^^^^^ TicketRepository.findById blocks the event loop that answers GET /plain/{id}
  }`),
    "a sleep in a handler function and a filter": `${build("spring-boot-starter-webflux")}
//- src/main/java/shop/SlowFilter.java
package shop;
import reactor.core.publisher.Mono;
import org.springframework.web.server.*;
class SlowFilter implements WebFilter {
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    pause();
  //^^^^^^^ pause runs Thread.sleep, which blocks the event loop that answers SlowFilter.filter
    return chain.filter(exchange);
  }
  private void pause() { try { Thread.sleep(50); } catch (InterruptedException e) { } }
}
`,
    "an argument that subscribeOn comes too late for": controller(`
  @GetMapping("/tickets/{id}") Mono<Optional<Ticket>> one(@PathVariable Long id) {
    return Mono.just(tickets.findById(id)).subscribeOn(Schedulers.boundedElastic());
                   //^^^^^^^^^^^^^^^^^^^^ TicketRepository.findById runs before subscribeOn moves anything off the event loop that answers GET /tickets/{id}
  }`),
    "a handler of functional routes": `${controller("")}//- src/main/java/shop/TicketRoutes.java
package shop;
import reactor.core.publisher.Mono;
@Configuration
class TicketRoutes {
  @Bean RouterFunction<ServerResponse> routes(TicketHandler handler) { return RouterFunctions.route().GET("/open", handler::open).build(); }
}
//- src/main/java/shop/TicketHandler.java
package shop;
import reactor.core.publisher.Mono;
@Component
class TicketHandler {
  private final TicketRepository tickets;
  Mono<ServerResponse> open(ServerRequest request) { return ServerResponse.ok().bodyValue(tickets.findByOpen(true)); }
                                                                                        //^^^^^^^^^^^^^^^^^^^^^^^^ TicketRepository.findByOpen blocks the event loop that answers TicketRoutes.routes
}
`,
  },
  ignores: {
    "plain values on virtual threads": `${controller(`
  @GetMapping("/events/{id}") Mono<Event> event(@PathVariable Long id) { return events.findById(id); }
  @GetMapping("/names/{id}") String name(@PathVariable Long id) { return events.findById(id).block().toString(); }`)}
//- src/main/resources/application.yml
spring.threads.virtual.enabled: true
`,
    "plain values on threads of their own": `${controller(`
  @GetMapping("/events/{id}") Mono<Event> event(@PathVariable Long id) { return events.findById(id); }
  @GetMapping("/names/{id}") String name(@PathVariable Long id) { return events.findById(id).block().toString(); }`)}
//- src/main/java/shop/Web.java
package shop;
import org.springframework.web.reactive.config.*;
class Web implements WebFluxConfigurer { public void configureBlockingExecution(BlockingExecutionConfigurer it) { it.setExecutor(executor()); } }
`,
    "a controller of plain values alone": controller(`
  @GetMapping("/names/{id}") String name(@PathVariable Long id) { return events.findById(id).block().toString(); }`),
    "values that come later": controller(`
  @GetMapping("/events/{id}") Mono<Event> event(@PathVariable Long id) { return events.findById(id); }
  @GetMapping("/later/{id}") CompletableFuture<Optional<Ticket>> later(@PathVariable Long id) { return CompletableFuture.completedFuture(tickets.findById(id)); }`),
    "a reactive repository that another application of the workspace has as one of JPA, in a package of the same name": `${controller(`
  @GetMapping("/events/{id}") Mono<Event> one(@PathVariable Long id) { return events.findById(id); }
  @GetMapping("/events") Mono<List<Event>> all() { return events.findAll().collectList(); }`)}
//- another/pom.xml
<project><artifactId>another</artifactId></project>
//- another/src/main/java/shop/EventRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface EventRepository extends JpaRepository<Event, Long> {}
//- another/src/main/java/shop/Event.java
package shop;
@jakarta.persistence.Entity class Event { @jakarta.persistence.Id Long id; }
`,
    // rajadilipkolli/my-spring-boot-experiments
    "a reactive repository whose name one of JPA has in another application of the workspace": `${controller(`
  @GetMapping("/events/{id}") Mono<Void> drop(@PathVariable Long id) { return events.deleteById(id); }
  @GetMapping("/events") Mono<Long> count() { return events.count(); }`)}
//- other/src/main/java/other/EventRepository.java
package other;
import org.springframework.data.jpa.repository.JpaRepository;
interface EventRepository extends JpaRepository<Event, Long> {}
@jakarta.persistence.Entity class Event { @jakarta.persistence.Id Long id; }
`,
    "code that is put on other threads": controller(`
  @GetMapping("/a") Mono<String> elastic() {
    return Mono.fromCallable(() -> prices.of(1L)).subscribeOn(Schedulers.boundedElastic());
  }
  @GetMapping("/b") Mono<String> behind() {
    return Mono.just(1L).publishOn(scheduler).map(prices::of);
  }
  @GetMapping("/c") Mono<String> caller() {
    return later().subscribeOn(scheduler);
  }
  private Mono<String> later() { return Mono.fromCallable(() -> prices.of(1L)); }
  @GetMapping("/d") Mono<String> task() {
    executor.execute(() -> prices.of(1L));
    return offLoop(() -> prices.of(2L));
  }
  private <T> Mono<T> offLoop(Callable<T> task) { return Mono.fromCallable(task).subscribeOn(scheduler); }`),
    "a password that is hashed elsewhere": controller(`
  private final PasswordEncoder passwords;
  @PostMapping("/login") Mono<Boolean> login(@RequestBody Login login) {
    return Mono.fromCallable(() -> passwords.matches(login.word(), "")).subscribeOn(Schedulers.boundedElastic());
  }`),
    "reactive repositories": controller(`
  @GetMapping("/events") Flux<Event> all() { return events.findByOpen(true); }
  @GetMapping("/events/{id}") Mono<Event> one(@PathVariable Long id) { return events.findById(id); }`),
    "servlets beside WebFlux, which answer on threads": controller(
      `
  @GetMapping("/price/{id}") Mono<String> price(@PathVariable Long id) { return Mono.just(prices.of(id)); }`,
      ["spring-boot-starter-web", "spring-boot-starter-webflux"],
    ),
    "WebFlux on Jetty's threads": controller(
      `
  @GetMapping("/price/{id}") Mono<String> price(@PathVariable Long id) { return Mono.just(prices.of(id)); }`,
      ["spring-boot-starter-jetty", "spring-boot-starter-webflux"],
    ),
    "what no request reaches, schedules, and plain return types": controller(`
  Mono<String> unused() { return Mono.just(prices.of(1L)); }
  @Scheduled(fixedRate = 1000) void poll() { refresh().block(); }
  private Mono<String> refresh() { return Mono.just(prices.of(1L)); }
  @GetMapping("/plain") String plain() { return prices.of(1L); }`),
  },
});

it("java/blocking-in-reactive is information for a password, which few requests bring", async () => {
  const workspace = new TestWorkspace([blockingInReactive]);
  const body = `
  private final PasswordEncoder passwords;
  @PostMapping("/users") Mono<String> register(@RequestBody String word) { return Mono.fromCallable(() -> passwords.encode(word)); }`;
  await workspace.put(parseFixture(controller(body)).files);
  assert.deepEqual(
    workspace.findings().map(({ severity }) => severity),
    ["information"],
  );
});
