import { connectionPoolOversized } from "../../../src/rules/config/connection-pool-oversized.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "./builds.ts";

rule(connectionPoolOversized, {
  reports: {
    "more than the default allows": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
    hikari:
      maximum-pool-size: 200
                       //^^^ 200 connections without a profile, where PostgreSQL allows 97
`,
    "more than a compose file allows, in one profile": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
//- src/main/resources/application-prod.yml
spring.datasource.hikari.maximumPoolSize: 300
                                        //^^^ 300 connections in profile prod, where PostgreSQL allows 197
//- compose.yml
services:
  db: { image: "postgres:17", command: "postgres -c max_connections=200" }
`,
    "as many as fit, in each of several replicas": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 40
                                          //^^ 40 connections in each of 3 replicas, where PostgreSQL allows 97
//- compose.yml
services:
  shop: { build: ., deploy: { replicas: 3 } }
`,
  },
  ignores: {
    "replicas that fit, of another service, or with a size of their own": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 40
//- compose.yml
services:
  shop: { build: ., scale: 2 }
  front: { build: front, scale: 9 }
  batch: { build: ., scale: 4, environment: { SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE: 5 } }
  idle: { build: ., scale: "\${IDLE:-9}" }
`,
    "sizes that fit": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource:
  url: jdbc:postgresql://db/shop
  hikari.maximum-pool-size: 97
`,
    "a pooler in between, another database, development": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource:
  url: jdbc:postgresql://pgbouncer:6432/shop
  hikari.maximum-pool-size: 200
`,
    "another database": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource:
  url: jdbc:mysql://db/shop
  hikari.maximum-pool-size: 200
//- src/main/resources/application-dev.yml
spring.datasource.url: jdbc:h2:mem:shop
`,
  },
});
