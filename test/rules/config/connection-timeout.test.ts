import { connectionTimeout } from "../../../src/rules/config/connection-timeout.ts";
import { rule } from "../../harness/rule.ts";
import { pom, webAndJpa } from "./builds.ts";

const yaml = (timeout: string): string => `
//- src/main/resources/application.yml
spring:
  datasource:
    hikari:
      connection-timeout: ${timeout}
`;

rule(connectionTimeout, {
  reports: {
    "a minute": `${webAndJpa}${yaml("60000\n#                         ^^^^^ 💡 hikari.connection-timeout lets a request wait up to 60 s for a connection")}`,
    "no end": `${webAndJpa}${yaml("0\n#                         ^ 💡 hikari.connection-timeout is 0: a request waits for a connection without end")}`,
    "the default of a variable, of one of several pools": `${webAndJpa}
//- src/main/resources/application.properties
spring.datasource.orders.hikari.connectionTimeout=\${ORDERS_TIMEOUT:90000}
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^ hikari.connectionTimeout lets a request wait up to 90 s for a connection
`,
  },
  ignores: {
    "the container waits less": `${webAndJpa}${yaml("60000")}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT=5000
`,
    "a few seconds": `${webAndJpa}${yaml("5000")}`,
    "HikariCP's own": `${webAndJpa}${yaml("30000")}`,
    "what only the environment knows": `${webAndJpa}${yaml(`\${POOL_TIMEOUT}`)}`,
    "an application without requests": `${pom("spring-boot-starter-jdbc")}${yaml("60000")}`,
    "the timeout of something else": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  data:
    redis:
      connect-timeout: 60000
ribbon:
  ConnectionTimeout: 60000
`,
    development: `${webAndJpa}${yaml("60000").replace("application.yml", "application-dev.yml")}`,
  },
  fixes: {
    "a minute": `
//- src/main/resources/application.yml
spring:
  datasource:
    hikari:
      connection-timeout: 5000
`,
  },
});
