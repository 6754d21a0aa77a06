import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { rule } from "../../../harness/rule.ts";
import { pom } from "../../config/builds.ts";
import { service } from "./orders.ts";

const early = (artifact: string, settings = ""): string => `${pom(artifact)}
//- src/main/resources/application.properties
spring.application.name=shop
${settings}
${service(`
  @Transactional public void pay(Order order) {
    payments.charge(order);
    orders.save(order);
  }`)}`;

/** What comes before the first statement, by when the transaction takes its connection. */
rule(connectionHeldDuringSlowWork, {
  reports: {
    // oneul0/kbo-ticketing-platform and five more of thirty: the call comes first, and Hibernate has the connection by then.
    "a remote call before the first statement, where Hibernate takes the connection when the transaction begins": `${pom("spring-boot-starter-data-jpa")}
${service(`
    @Transactional public void pay(Order order) {
  //~~~~~~~~~~~~~~ the transaction begins here, and takes its connection
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.pay
    orders.save(order);
  }`)}`,
    // hoangtuanqn/spring-boot-ecommerce-api, Kim-Jione/SpringBoot-Mybatis-Tstory: a job that asks a bank, a service that sends mail.
    "a remote call in a transaction that sends nothing": `${pom("spring-boot-starter-data-jpa")}
${service(`
    @Transactional public void pay(Order order) {
  //~~~~~~~~~~~~~~ the transaction begins here, and takes its connection
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.pay
  }`)}`,
    // l4aaa/LevelUP-backend: signing in hashes the password.
    "a password that an authentication manager compares": `${pom("spring-boot-starter-data-jpa")}
${service(`
  private final AuthenticationManager manager;
  @Transactional public void enter(Order order, Authentication who) {
    manager.authenticate(who);
  //^^^^^^^^^^^^^^^^^^^^^^^^^ AuthenticationManager.authenticate runs inside the transaction of OrderService.enter
    orders.save(order);
  }`)}`,
    "a remote call before the first statement of a transaction inside another, once": `${pom("spring-boot-starter-data-jpa")}
${service(`
  private final Desk desk;
  @Transactional public void pay(Order order) {
    orders.save(order);
    desk.charge(order);
  }
}
@Service class Desk {
  private final OrderRepository orders;
  private final Payments payments;
  @Transactional(propagation = Propagation.REQUIRES_NEW) public void charge(Order order) {
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of Desk.charge
    orders.save(order);
  }`)}`,
  },
  ignores: {
    "slow work before the first statement, where auto-commit is off in the pool, which Spring Boot tells Hibernate": early(
      "spring-boot-starter-data-jpa",
      "spring.datasource.hikari.auto-commit=false",
    ),
    "slow work before the first statement, where connections are fetched late": early(
      "spring-boot-starter-jdbc",
      "spring.datasource.connection-fetch=lazy",
    ),
    "slow work before the first statement of a distributed transaction": `${early("spring-boot-starter-data-jpa").replace(
      "  </dependencies>",
      "    <dependency><groupId>com.atomikos</groupId><artifactId>transactions-spring-boot3-starter</artifactId></dependency>\n  </dependencies>",
    )}`,
    "slow work before the first statement, behind a data source that gives its connection when it is used": `${early("spring-boot-starter-data-jpa")}
//- src/main/java/shop/Sources.java
package shop;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
class Sources { DataSource late(DataSource target) { return new LazyConnectionDataSourceProxy(target); } }
`,
    // A club app's documents: its images were told as waits of ten connections that MongoDB's driver had back by then.
    "a transaction of MongoDB": `${pom("spring-boot-starter-data-mongodb")}
${service("  @Transactional public void pay(Order order) { orders.save(order); payments.charge(order); }")}`.replaceAll("Jpa", "Mongo"),
    "slow work without any statement, where the build is not known": service(
      "  @Transactional public void pay(Order order) { payments.charge(order); }",
    ),
    "a transaction of MongoDB beside a starter that nothing configures":
      `${pom("spring-boot-starter-data-mongodb", "spring-boot-starter-data-jpa")}
//- src/main/java/shop/Documents.java
package shop;
import org.springframework.context.annotation.*;
import org.springframework.data.mongodb.*;
import org.springframework.data.mongodb.MongoTransactionManager;
@Configuration class Documents {
  @Bean MongoTransactionManager transactions(MongoDatabaseFactory factory) { return new MongoTransactionManager(factory); }
}
${service("  @Transactional public void pay(Order order) { orders.save(order); payments.charge(order); }")}`.replaceAll(
        "JpaRepo",
        "MongoRepo",
      ),
    "slow work before the first statement, where the build is not known": service(`
  @Transactional public void pay(Order order) {
    payments.charge(order);
    orders.save(order);
  }
  @Transactional public void register(Order order, String password) {
    orders.save(order.with(encoder.encode(password)));
  }`),
  },
});
