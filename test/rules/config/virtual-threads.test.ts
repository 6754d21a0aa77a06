import { virtualThreads } from "../../../src/rules/config/virtual-threads.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const web = (java: number, boot = "3.5.6"): string =>
  pom("spring-boot-starter-web")
    .replace("3.5.6", boot)
    .replace("  <dependencies>", `  <properties><java.version>${java}</java.version></properties>\n  <dependencies>`);

/** An application with a database, and an endpoint that does something. */
const shop = (
  body: string,
): string => `${web(24).replace("  <dependencies>", "  <dependencies>\n    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>")}
//- src/main/java/shop/Order.java
package shop;
@Entity class Order { @Id Long id; }
//- src/main/java/shop/Orders.java
package shop;
interface Orders extends JpaRepository<Order, Long> {}
//- src/main/java/shop/OrderController.java
package shop;
import org.springframework.web.client.RestClient;
@RestController
class OrderController {
  private final Orders orders;
  private final RestClient client;
  @GetMapping("/orders/{id}") Object order(@PathVariable Long id) { ${body} }
}
`;

rule(virtualThreads, {
  reports: {
    "requests that wait for another machine beside the database": `${shop('return client.get().uri("/orders/{id}", id).retrieve().body(String.class);')}
//- src/main/resources/application.properties
  spring.application.name=shop
# ^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.threads.virtual.enabled is not set: Java 24 serves requests on 200 platform threads
`,
    "Java 24 and nothing said": `${web(24)}
//- src/main/resources/application.properties
  spring.application.name=shop
# ^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.threads.virtual.enabled is not set: Java 24 serves requests on 200 platform threads
`,
    "Java 21, where synchronized still pins": `${web(21)}
//- src/main/resources/application.properties
  spring.application.name=shop
# ^^^^^^^^^^^^^^^^^^^^^^^ spring.threads.virtual.enabled is not set: Java 21 serves requests on 200 platform threads
`,
    "a number of threads beside virtual ones": `${web(21)}
//- src/main/resources/application.yml
spring.threads.virtual.enabled: true
server:
  tomcat:
    threads:
      max: 400
    //^^^ server.tomcat.threads.max has no effect on virtual threads, which are switched on
`,
    "sizes of pools beside virtual threads": `${web(21)}
//- src/main/resources/application.yml
spring:
  threads.virtual.enabled: true
  task:
    execution:
      pool:
        max-size: 50
      //^^^^^^^^ spring.task.execution.pool.max-size has no effect on virtual threads, which are switched on
    scheduling:
      pool:
        size: 2
      //^^^^ spring.task.scheduling.pool.size has no effect on virtual threads, which are switched on
`,
  },
  ignores: {
    // nashtech-garage/yas: tests of pages in a module of their own.
    "an application that nobody sends requests to": `${web(21)}
//- src/main/resources/application.yml
app.url: http://shop/
//- src/main/java/shop/Pages.java
package shop;
@SpringBootApplication class Pages {}
`,
    "a server that is given its virtual threads by code": `${web(21)}
//- src/main/java/shop/Threads.java
package shop;
import java.util.concurrent.Executors;
import org.springframework.boot.web.embedded.tomcat.TomcatProtocolHandlerCustomizer;
class Threads {
    @Bean TomcatProtocolHandlerCustomizer<?> threads() { return handler -> handler.setExecutor(Executors.newVirtualThreadPerTaskExecutor()); }
}
//- src/main/resources/application.yml
server.port: 8080
`,
    "the container switches them on": `${web(21)}
//- src/main/resources/application.yml
server.port: 8080
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_THREADS_VIRTUAL_ENABLED=true
`,
    // bytechefhq/bytechef makes its executor of these numbers.
    "sizes of pools that code makes": `${web(21)}
//- src/main/resources/application.yml
spring:
  threads.virtual.enabled: true
  task.execution.pool.max-size: 50
  task.scheduling.pool.size: 2
//- src/main/java/shop/Pools.java
package shop;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
@Configuration
class Pools {
  @Bean ThreadPoolTaskExecutor tasks(TaskExecutionProperties sizes) { return new ThreadPoolTaskExecutor(); }
  @Bean ThreadPoolTaskScheduler clock(TaskSchedulingProperties sizes) { return new ThreadPoolTaskScheduler(); }
}
`,
    // Akshat53/worksyncx: 200 threads wait for 20 connections, and a thousand would.
    "requests that wait for the pool of connections alone": `${shop("return orders.findById(id);")}
//- src/main/resources/application.properties
spring.application.name=shop
`,
    "switched off, which is a decision": `${web(24)}
//- src/main/resources/application.properties
spring.threads.virtual.enabled=false
`,
    "an older Java": `${web(17)}
//- src/main/resources/application.properties
spring.application.name=shop
`,
    "an older Spring Boot": `${web(21, "3.1.12")}
//- src/main/resources/application.properties
spring.application.name=shop
`,
    "threads that someone counted": `${web(21)}
//- src/main/resources/application.properties
server.tomcat.threads.max=50
`,
  },
  fixes: {
    "Java 24 and nothing said": `
//- src/main/resources/application.properties
  spring.application.name=shop
spring.threads.virtual.enabled=true
`,
  },
});
