import { futureGetNoTimeout } from "../../../src/rules/java/future-get-no-timeout.ts";
import { rule } from "../../harness/rule.ts";

const controller = (body: string): string => `
//- src/shop/Quotes.java
package shop;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import org.springframework.web.client.RestTemplate;
@RestController
class Quotes {
  private final RestTemplate rest;
  private final ExecutorService pool;
  private final Warehouse warehouse;
${body}
}
//- src/shop/Warehouse.java
package shop;
import java.time.Duration;
import java.util.concurrent.*;
import org.springframework.jdbc.core.JdbcTemplate;
@Service
class Warehouse {
  private final ExecutorService pool;
  private final JdbcTemplate jdbc;
  Future<Integer> stock(Long id) { return pool.submit(() -> jdbc.queryForObject("select 1", Integer.class)); }
  CompletableFuture<Integer> known(Long id) { return CompletableFuture.completedFuture(1); }
  CompletableFuture<Integer> price(Long id, Duration limit) { return external(id); }
  CompletableFuture<Integer> quote(Long id) { return external(id); }
  private native CompletableFuture<Integer> external(Long id);
}
`;

const JAVA_17 = `
//- pom.xml
<project><artifactId>shop</artifactId><properties><java.version>17</java.version></properties></project>`;

const fixed = (body: string): string => controller(body).slice(0, controller(body).indexOf("//- src/shop/Warehouse.java"));

rule(futureGetNoTimeout, {
  reports: {
    "futures of the method, of Java 17": `${JAVA_17}${controller(`
  @GetMapping("/quotes") String quotes() {
    CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> rest.getForObject("http://a", String.class), pool);
    CompletableFuture<String> b = CompletableFuture.supplyAsync(() -> rest.getForObject("http://b", String.class), pool).thenApply(String::trim);
    return a.join() + b.join();
         //^^^^^^^^ 💡 a.join() waits without a limit while GET /quotes waits for it
  }`)}`,
    "all of them, on a line of its own": `${JAVA_17}${controller(`
  @GetMapping("/quotes") String quotes() {
    CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> rest.getForObject("http://a", String.class), pool);
    CompletableFuture.allOf(a)
        .join();
       //^^^^^^ 💡 join() waits without a limit while GET /quotes waits for it
    return a.join();
  }`)}`,
    "a future of any kind, where its exceptions are caught": controller(`
  @GetMapping("/price") Integer price() {
    Future<Integer> price = pool.submit(() -> rest.getForObject("http://quotes", Integer.class));
    try {
      return price.get();
           //^^^^^^^^^^^ 💡 price.get() waits without a limit while GET /price waits for it
    } catch (Exception e) {
      return null;
    }
  }`),
    "as many tasks as there are, a future of which nobody knows what it does, and exceptions that are not caught": `${JAVA_17}${controller(`
  @GetMapping("/price") Integer price() { return warehouse.quote(1L).join(); }
                                                                   //^^^^^^ join() waits without a limit while GET /price waits for it
  @GetMapping("/cost") Integer cost() throws InterruptedException {
    Future<Integer> cost = pool.submit(() -> rest.getForObject("http://quotes", Integer.class));
    try { return cost.get(); } catch (ExecutionException e) { return null; }
               //^^^^^^^^^^ cost.get() waits without a limit while GET /cost waits for it
  }
  @GetMapping("/all") void all(List<String> names) {
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (String name : names) asked.add(CompletableFuture.supplyAsync(() -> rest.getForObject(name, String.class), pool));
    CompletableFuture.allOf(asked.toArray(new CompletableFuture[0])).join();
                                                                   //^^^^^^ join() waits without a limit while GET /all waits for it
  }`)}`,
    "a task that asks another machine": controller(`
  @GetMapping("/quote") String quote() throws Exception {
    Future<String> answer = pool.submit(() -> rest.getForObject("http://quotes", String.class));
    return answer.get();
         //^^^^^^^^^^^^ answer.get() waits without a limit while GET /quote waits for it
  }`),
    "several, of which the first wait stands for all": controller(`
  @GetMapping("/quotes") String quotes() throws Exception {
    CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> rest.getForObject("http://a", String.class), pool);
    CompletableFuture<String> b = CompletableFuture.supplyAsync(() -> rest.getForObject("http://b", String.class), pool);
    CompletableFuture.allOf(a, b).join();
                                //^^^^^^ join() waits without a limit while GET /quotes waits for it
    return a.join() + b.join();
  }`),
    "what is not known, in a helper": controller(`
  @GetMapping("/price") Integer price() throws Exception { return read(1L); }
  private Integer read(Long id) throws Exception { return warehouse.quote(id).get(); }
                                                                            //^^^^^ get() waits without a limit while GET /price waits for it`),
    "two that are brought together": controller(`
  @GetMapping("/quotes") String both() throws Exception {
    CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> rest.getForObject("http://a", String.class), pool);
    return a.thenCombine(other(), String::concat).join();
                                                //^^^^^^ join() waits without a limit while GET /quotes waits for it
  }`),
    "a latch, and all tasks of a list": controller(`
  @GetMapping("/count") void count() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    pool.execute(() -> { rest.getForObject("http://quotes", String.class); done.countDown(); });
    done.await();
  //^^^^^^^^^^^^ done.await() waits without a limit while GET /count waits for it
  }
  @GetMapping("/all") void all() throws Exception { pool.invokeAll(List.of(() -> rest.getForObject("http://quotes", String.class))); }
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pool.invokeAll() waits without a limit while GET /all waits for it`),
  },
  ignores: {
    "a latch and a list with a limit, and a gate that is opened once": controller(`
  private final CountDownLatch started = new CountDownLatch(1);
  @GetMapping("/gate") void gate() throws Exception { started.await(); }
  @GetMapping("/count") void count(CountDownLatch done) throws Exception { done.await(2, TimeUnit.SECONDS); }
  @GetMapping("/all") Object all(List<Callable<String>> asked) throws Exception { return pool.invokeAll(asked, 2, TimeUnit.SECONDS).get(0).get(); }`),
    "a record that Kafka gives up by itself": controller(`
  private final org.apache.kafka.clients.producer.KafkaProducer<String, String> producer;
  private final org.springframework.kafka.core.KafkaTemplate<String, String> kafka;
  @PostMapping("/orders") void order(String order) throws Exception {
    Future<Object> sent = producer.send(record(order));
    sent.get();
  }
  @PostMapping("/bids") void bid(String bid) throws Exception {
    CompletableFuture<Object> sent = kafka.send("bids", bid);
    sent.get();
  }`),
    "limits of any kind": controller(`
  @GetMapping("/a") String a() throws Exception { return pool.submit(() -> rest.getForObject("http://a", String.class)).get(2, TimeUnit.SECONDS); }
  @GetMapping("/b") String b() { return CompletableFuture.supplyAsync(() -> rest.getForObject("http://b", String.class), pool).orTimeout(2, TimeUnit.SECONDS).join(); }
  @GetMapping("/c") Integer c() { return warehouse.price(1L, Duration.ofSeconds(15)).join(); }
  @GetMapping("/d") String d(List<Callable<String>> tasks) throws Exception { return pool.invokeAny(tasks); }`),
    "the database, whose limits are set elsewhere, and what is done already": controller(`
  @GetMapping("/stock") Integer stock() throws Exception { return warehouse.stock(1L).get(); }
  @GetMapping("/known") Integer known() { return warehouse.known(1L).join(); }
  @GetMapping("/now") Integer now() { return CompletableFuture.completedFuture(1).join(); }`),
    "steps of a future, other threads, and what no request reaches": controller(`
  @GetMapping("/then") CompletableFuture<String> then() {
    CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> rest.getForObject("http://a", String.class), pool);
    return CompletableFuture.allOf(a).thenApply(none -> a.join());
  }
  String unused() throws Exception { return pool.submit(() -> rest.getForObject("http://a", String.class)).get(); }
  @Scheduled(fixedRate = 1000) void poll() throws Exception { pool.submit(() -> rest.getForObject("http://a", String.class)).get(); }`),
    "other things that are got and joined": controller(`
  @GetMapping("/other") String other(Optional<String> name, Thread worker) throws Exception { worker.join(); return name.get(); }`),
  },
  fixes: {
    "futures of the method, of Java 17": fixed(`
  @GetMapping("/quotes") String quotes() {
    CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> rest.getForObject("http://a", String.class), pool);
    CompletableFuture<String> b = CompletableFuture.supplyAsync(() -> rest.getForObject("http://b", String.class), pool).thenApply(String::trim);
    return a.orTimeout(30, TimeUnit.SECONDS).join() + b.orTimeout(30, TimeUnit.SECONDS).join();
  }`),
    "all of them, on a line of its own": fixed(`
  @GetMapping("/quotes") String quotes() {
    CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> rest.getForObject("http://a", String.class), pool);
    CompletableFuture.allOf(a)
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
    return a.join();
  }`),
    "a future of any kind, where its exceptions are caught": fixed(`
  @GetMapping("/price") Integer price() {
    Future<Integer> price = pool.submit(() -> rest.getForObject("http://quotes", Integer.class));
    try {
      return price.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      return null;
    }
  }`),
  },
});
