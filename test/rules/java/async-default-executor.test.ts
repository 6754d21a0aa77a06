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
  },
  ignores: {
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
        queue-capacity: 100
`,
  },
});
