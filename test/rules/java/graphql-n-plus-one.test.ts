import assert from "node:assert/strict";
import { graphqlNPlusOne } from "../../../src/rules/java/graphql-n-plus-one.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

/** A shop with orders, whose lines are asked for by a repository; the controller's methods are given. */
const shop = (fields: string, { query = "@QueryMapping List<Order> orders() { return orders.findAll(); }", more = "" } = {}): string => `
//- src/Order.java
import jakarta.persistence.*;
@Entity class Order {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Customer customer;
  Long getId() { return id; }
  Customer getCustomer() { return customer; }
}
//- src/Customer.java
import jakarta.persistence.*;
@Entity class Customer { @Id Long id; String name; Long getId() { return id; } String getName() { return name; } }
//- src/Line.java
import jakarta.persistence.*;
@Entity class Line { @Id Long id; Long orderId; }
//- src/OrderRepository.java
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> { }
//- src/LineRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface LineRepository extends JpaRepository<Line, Long> {
  List<Line> findByOrderId(Long orderId);
  List<Line> findByOrderIdIn(Collection<Long> orderIds);
}
//- src/OrderController.java
import java.util.*;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.springframework.data.domain.*;
import org.springframework.graphql.data.method.annotation.*;
import org.springframework.stereotype.Controller;
import org.springframework.web.client.RestClient;
@Controller class OrderController {
  private final OrderRepository orders;
  private final LineRepository lines;
  private final RestClient http;
  OrderController(OrderRepository orders, LineRepository lines, RestClient http) { this.orders = orders; this.lines = lines; this.http = http; }
  ${query}
  ${fields}
}
${more}`;

const LINES = "@SchemaMapping List<Line> lines(Order order) { return lines.findByOrderId(order.getId()); }";

/** Field fetchers of DGS for shows, whose class is generated when the project is built. */
const shows = (fields: string): string => `
//- src/Review.java
@jakarta.persistence.Entity class Review { @jakarta.persistence.Id Long id; }
//- src/ReviewRepository.java
import java.util.List;
interface ReviewRepository extends org.springframework.data.jpa.repository.JpaRepository<Review, Long> { List<Review> findByShow(Long show); }
//- src/ShowFields.java
import com.netflix.graphql.dgs.*;
import java.util.*;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import shop.generated.types.Show;
@DgsComponent class ShowFields {
  private ReviewRepository reviews;
  ${fields}
}
`;

rule(graphqlNPlusOne, {
  reports: {
    "a field of each of a list": shop(
      `${LINES}
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lines runs LineRepository.findByOrderId once per Order`,
      {
        query: `@QueryMapping List<Order> orders() { return orders.findAll(); }
                          //~~~~~~ orders gives many of type Order`,
      },
    ),
    "a field of each of a page, through a service and with an argument": shop(
      `@SchemaMapping(typeName = "Order") List<Line> lines(@Argument int most, Order order) { return service.linesOf(order.getId()); }
                                                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lines runs LineRepository.findByOrderId once per Order
  private LineService service;`,
      {
        query: "@QueryMapping Page<Order> orders(@Argument int page) { return orders.findAll(PageRequest.of(page, 20)); }",
        more: `
//- src/LineService.java
import java.util.List;
class LineService {
  private LineRepository lines;
  List<Line> linesOf(Long order) { return lines.findByOrderId(order); }
                                        //~~~~~~~~~~~~~~~~~~~~~~~~~~ LineService.linesOf calls LineRepository.findByOrderId
}`,
      },
    ),
    "objects that lie in a list of what a query gives": shop(
      `${LINES}
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lines runs LineRepository.findByOrderId once per Order`,
      {
        query: "@QueryMapping Account account() { return new Account(); }",
        more: `
//- src/Account.java
import java.util.List;
class Account {
  List<Order> orders;
            //~~~~~~ Account.orders gives many of type Order
}`,
      },
    ),
    "a request to another machine": shop(`
  @SchemaMapping String parcel(Order order) { return http.get().uri("/parcels/" + order.getId()).retrieve().body(String.class); }
                                                                                               //^^^^^^^^^^ parcel runs RestClient.retrieve once per Order
  `),
    "a lazy association that the field looks into": shop(`
  @SchemaMapping String buyer(Order order) { return order.getCustomer().getName(); }
                      //^^^^^ buyer loads Order.customer once per Order
  `),
    // CDCgov/prime-simplereport
    "a lazy association that a query for one order brings": shop(`
  @SchemaMapping String buyer(Order order) { return order.getCustomer().getName(); }
                      //^^^^^ buyer loads Order.customer once per Order
  `).replace(
      "JpaRepository<Order, Long> { }",
      'JpaRepository<Order, Long> { @org.springframework.data.jpa.repository.EntityGraph(attributePaths = "customer") java.util.Optional<Order> findByNumber(String number); }',
    ),
    "an object that nothing is seen to give many of": shop(
      `${LINES}
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lines runs LineRepository.findByOrderId once per Order`,
      { query: "@QueryMapping Optional<Order> order(@Argument Long id) { return orders.findById(id); }" },
    ),
    "a field of DGS, whose object the environment gives": shows(`
  @DgsData(parentType = "Show", field = "reviews") List<Review> reviewsOf(DgsDataFetchingEnvironment environment) {
    Show show = environment.getSource();
    return reviews.findByShow(show.getId());
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reviewsOf runs ReviewRepository.findByShow once per Show
  }`),
    "a resolver of GraphQL Java Kickstart": shop("", {
      query: "",
      more: `
//- src/OrderResolver.java
import graphql.kickstart.tools.*;
import java.util.List;
class OrderResolver implements GraphQLResolver<Order> {
  private LineRepository lines;
  List<Line> getLines(Order order) { return lines.findByOrderId(order.getId()); }
                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ getLines runs LineRepository.findByOrderId once per Order
}
//- src/Queries.java
import graphql.kickstart.tools.*;
import java.util.List;
class Queries implements GraphQLQueryResolver {
  private OrderRepository orders;
  public List<Order> getOrders() { return orders.findAll(); }
}`,
    }),
  },
  ignores: {
    "all objects at once": shop(`
  @BatchMapping Map<Order, List<Line>> lines(List<Order> orders) {
    List<Line> found = lines.findByOrderIdIn(orders.stream().map(Order::getId).toList());
    return Map.of();
  }`),
    "a loader that Spring hands over": shop(`
  @SchemaMapping CompletableFuture<List<Line>> lines(Order order, DataLoader<Long, List<Line>> loader) { return loader.load(order.getId()); }`),
    "fields of queries and mutations": shop(`
  @SchemaMapping(typeName = "Query") List<Line> linesOf(Order order) { return lines.findByOrderId(order.getId()); }
  @MutationMapping Order repeat(@Argument Long id) { return orders.findById(id).orElseThrow(); }`),
    "a read that is cached": shop(
      "@SchemaMapping List<Line> lines(Order order) { return service.linesOf(order.getId()); }\n  LineService service;",
      {
        more: `
//- src/LineService.java
import java.util.List;
import org.springframework.cache.annotation.Cacheable;
class LineService {
  private LineRepository lines;
  @Cacheable("lines") public List<Line> linesOf(Long order) { return lines.findByOrderId(order); }
}`,
      },
    ),
    "what the object holds already": shop("@SchemaMapping Long number(Order order) { return order.getId(); }"),
    "the key of a lazy association": shop("@SchemaMapping Long buyer(Order order) { return order.getCustomer().getId(); }"),
    "a lazy association that a query for orders brings": shop(
      "@SchemaMapping String buyer(Order order) { return order.getCustomer().getName(); }",
    ).replace(
      "JpaRepository<Order, Long> { }",
      'JpaRepository<Order, Long> { @org.springframework.data.jpa.repository.EntityGraph(attributePaths = "customer") java.util.List<Order> findByOpenTrue(); }',
    ),
    "queries of DGS, by text and by a generated constant": shows(`
  @DgsQuery List<Review> all() { return reviews.findAll(); }
  @DgsData(parentType = "Query", field = "reviews") List<Review> of(DgsDataFetchingEnvironment environment) {
    Show show = environment.getSource();
    return reviews.findByShow(show.getId());
  }
  @DgsData(parentType = DgsConstants.QUERY.TYPE_NAME, field = "more") List<Review> more(DgsDataFetchingEnvironment environment) {
    Show show = environment.getSource();
    return reviews.findByShow(show.getId());
  }`),
    "a loader of DGS": shows(`
  @DgsData(parentType = "Show", field = "reviews") CompletableFuture<List<Review>> reviews(DgsDataFetchingEnvironment environment) {
    Show show = environment.getSource();
    DataLoader<Long, List<Review>> loader = environment.getDataLoader(ReviewLoader.class);
    return loader.load(show.getId());
  }`),
  },
});

it("is loud where an answer holds many, and a hint where it is seen to hold one", async () => {
  const severities = async (fixture: string): Promise<string[]> => {
    const workspace = new TestWorkspace([graphqlNPlusOne]);
    await workspace.put(parseFixture(fixture).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  const one = { query: "@QueryMapping Optional<Order> order(@Argument Long id) { return orders.findById(id); }" };
  assert.deepEqual(await severities(shop(LINES)), ["warning"]);
  assert.deepEqual(await severities(shop(LINES, one)), ["hint"]);
  assert.deepEqual(await severities(shop(LINES, { query: "@SubscriptionMapping Flux<Order> changed() { return null; }" })), ["hint"]);
  const fetcher = `@DgsData(parentType = "Show", field = "reviews") List<Review> of(DgsDataFetchingEnvironment e) {
    return reviews.findByShow(((Show) e.getSource()).getId());
  }`;
  assert.deepEqual(await severities(shows(fetcher)), ["information"]);
});
