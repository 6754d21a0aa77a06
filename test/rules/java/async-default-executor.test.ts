import { asyncDefaultExecutor } from "../../../src/rules/java/async-default-executor.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";

const workspace = (marker: string, yaml: string, more = ""): string => `
${pom("spring-boot-starter-web").trimEnd()}
//- src/main/resources/application.yml
${yaml}
//- src/main/java/shop/ShopApplication.java
package shop;
@SpringBootApplication
@EnableAsync
${marker}class ShopApplication {}
//- src/main/java/shop/Mailer.java
package shop;
@Service
class Mailer { @Async void send() {} }
${more}`;
const NAME = "spring:\n  application:\n    name: shop";

rule(asyncDefaultExecutor, {
  reports: {
    "the executor of Spring Boot": workspace("", NAME).replace(
      "@SpringBootApplication\n@EnableAsync\n",
      "@SpringBootApplication\n  @EnableAsync\n//^^^^^^^^^^^^ 💡 @Async methods queue without bound behind 8 threads\n",
    ),
    "a pool that never grows": workspace(
      "",
      NAME,
      `//- src/main/java/shop/Executors.java
package shop;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
@Configuration
class Executors {
  @Bean ThreadPoolTaskExecutor tasks() {
    ThreadPoolTaskExecutor made = new ThreadPoolTaskExecutor();
                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ThreadPoolTaskExecutor never has more than 4 threads: its queue has no end
    made.setCorePoolSize(4);
    made.setMaxPoolSize(40);
    return made;
  }
}
`,
    ),
    "an executor without a pool": workspace(
      "",
      NAME,
      `//- src/main/java/shop/Executors.java
package shop;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
@Configuration class Executors { @Bean Executor tasks() { return new SimpleAsyncTaskExecutor("tasks-"); } }
                                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SimpleAsyncTaskExecutor starts a thread for each task
`,
    ),
  },
  ignores: {
    "pools whose queue ends or that do not grow, and an executor with a limit": workspace(
      "",
      NAME,
      `//- src/main/java/shop/Executors.java
package shop;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
@Configuration
class Executors {
  @Bean Executor queued() { ThreadPoolTaskExecutor made = new ThreadPoolTaskExecutor(); made.setMaxPoolSize(40); made.setQueueCapacity(9); return made; }
  @Bean Executor fixed() { ThreadPoolTaskExecutor made = new ThreadPoolTaskExecutor(); made.setCorePoolSize(8); made.setMaxPoolSize(8); return made; }
  @Bean Executor limited() { SimpleAsyncTaskExecutor made = new SimpleAsyncTaskExecutor(); made.setConcurrencyLimit(20); return made; }
}
`,
    ),
    "a bound in the configuration": workspace("", `${NAME}\n  task:\n    execution:\n      pool:\n        queue-capacity: 100`),
    "virtual threads": workspace("", `${NAME}\n  threads:\n    virtual:\n      enabled: true`),
    "an executor of its own": workspace(
      "",
      NAME,
      `//- src/main/java/shop/Executors.java
package shop;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
@Configuration class Executors { @Bean ThreadPoolTaskExecutor tasks() { return new ThreadPoolTaskExecutor(); } }
`,
    ),
    "an executor of another library": workspace(
      "",
      NAME,
      `//- src/main/java/shop/Executors.java
package shop;
@Configuration class Executors { @Bean("mails") Executor mails() { return new QueueExecutor.Builder().build(); } }
`,
    ),
    "methods that name their executor": workspace("", NAME).replace("@Async void", '@Async("mails") void'),
    "nothing asynchronous": workspace("", NAME).replace("@Async void", "void"),
  },
  fixes: {
    "the executor of Spring Boot": `
//- src/main/resources/application.yml
${NAME}
  task:
    execution:
      pool:
        max-size: 16
        queue-capacity: 100
`,
  },
});
