import { schedulerSingleThread } from "../../../src/rules/config/scheduler-single-thread.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "./builds.ts";

const jobs = (second: string): string => `${webAndJpa}
//- src/main/java/shop/Jobs.java
package shop;
@Component
class Jobs {
    private RestTemplate rest;
    private Chat chat;
    @Scheduled(fixedRate = 60000)
    void pull() {
        rest.getForObject("https://example.org", String.class);
    }
${second}
}
`;
const TWO = `    @Scheduled(cron = "0 0 3 * * *")
    void purge() {
        System.gc();
    }`;

rule(schedulerSingleThread, {
  reports: {
    "two jobs, one of which waits for others": `${jobs(TWO)}
//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 2 @Scheduled jobs share one thread; pull calls another machine
    application.name: shop
`,
  },
  ignores: {
    "a bean that Spring takes for its scheduler, written out": `${jobs(TWO)}
//- src/main/java/shop/Schedulers.java
package shop;
class Schedulers {
    @Bean java.util.concurrent.ScheduledExecutorService jobs() { return java.util.concurrent.Executors.newScheduledThreadPool(4); }
}
//- src/main/resources/application.yml
spring.application.name: shop
`,
    "threads that the container is given": `${jobs(TWO)}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_TASK_SCHEDULING_POOL_SIZE=4
//- src/main/resources/application.yml
spring.application.name: shop
`,
    // gakkaweo tells a chat of its nightly job, on a pool for that.
    "what another thread waits for": `${jobs(TWO).replace('rest.getForObject("https://example.org", String.class);', "chat.tell();")}
//- src/main/java/shop/Chat.java
package shop;
@Component
class Chat {
    private RestTemplate rest;
    @Async
    void tell() {
        rest.getForObject("https://example.org", String.class);
    }
}
//- src/main/resources/application.yml
spring.application.name: shop
`,
    "one job beside one with threads of its own": `${jobs(TWO.replace("    @Scheduled", "    @Async @Scheduled"))}
//- src/main/resources/application.yml
spring.application.name: shop
`,
    "a pool": `${jobs(TWO)}
//- src/main/resources/application.yml
spring.task.scheduling.pool.size: 2
`,
    "one job": `${jobs("")}
//- src/main/resources/application.yml
spring.application.name: shop
`,
    "virtual threads": `${jobs(TWO)}
//- src/main/resources/application.yml
spring.threads.virtual.enabled: true
`,
    "a scheduler of one's own": `${jobs(TWO)}
//- src/main/java/shop/Schedulers.java
package shop;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
class Schedulers {}
//- src/main/resources/application.yml
spring.application.name: shop
`,
    "jobs that take no time": `${jobs(TWO).replace(/ {8}rest\.get.*\n/, "")}
//- src/main/resources/application.yml
spring.application.name: shop
`,
  },
  fixes: {
    "two jobs, one of which waits for others": `
//- src/main/resources/application.yml
  spring:
    application.name: shop
    task:
      scheduling:
        pool:
          size: 2
`,
  },
});
