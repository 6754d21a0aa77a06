import assert from "node:assert/strict";
import { connectionPoolDefaults } from "../../../src/rules/config/connection-pool-defaults.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { rule } from "../../harness/rule.ts";
import { pom, webAndJpa } from "./builds.ts";

const UNSET = "hikari.maximum-pool-size is not set: 10 connections for 200 request threads";

rule(connectionPoolDefaults, {
  reports: {
    "a database on a server and no word on the pool": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
# ^^^^^^^^^^ 💡 ${UNSET}
    url: jdbc:postgresql://db/shop
    username: shop
`,
    "the pool is tuned, but not its size": `${pom("spring-boot-starter-webmvc", "spring-boot-starter-jdbc")}
//- src/main/resources/application.yml
spring:
    datasource:
        url: \${DATABASE_URL}
        hikari: { connection-timeout: 2000 }
#       ^^^^^^ 💡 ${UNSET}
`,
    properties: `${webAndJpa}
//- src/main/resources/application.properties
  spring.datasource.url: jdbc:mysql://db/shop
# ^^^^^^^^^^^^^^^^^^^^^ 💡 ${UNSET}
spring.datasource.username: shop
server.port: 8080
`,
    "only development has a size": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
# ^^^^^^^^^^ 💡 ${UNSET}
    url: jdbc:postgresql://db/shop
//- src/main/resources/application-dev.yml
spring:
  datasource:
    hikari:
      maximum-pool-size: 3
`,
    "the URL stands in the profile of production": `${webAndJpa}
//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 ${UNSET}
    application:
      name: shop
//- src/main/resources/application-prod.yml
spring:
  datasource:
    url: \${DATABASE_URL}
`,
    "more threads than usual": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
# ^^^^^^^^^^ 💡 hikari.maximum-pool-size is not set: 10 connections for 400 request threads
    url: jdbc:postgresql://db/shop
server:
  tomcat:
    threads:
      max: 400
`,
    "virtual threads": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  threads.virtual.enabled: true
  datasource:
# ^^^^^^^^^^ 💡 hikari.maximum-pool-size is not set: 10 connections for any number of virtual threads
    url: jdbc:postgresql://db/shop
`,
  },
  ignores: {
    "the container is given a size": `${webAndJpa}
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
//- compose.yml
services:
  shop: { image: example/shop, environment: { SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: "30" } }
`,
    "a data source that is left out": `${webAndJpa}
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration
`,
    // eladmin: the starter brings its own pool, with its own keys.
    "Druid's starter": `//- pom.xml
<project>
  <artifactId>shop</artifactId>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>
    <dependency><groupId>com.alibaba</groupId><artifactId>druid-spring-boot-starter</artifactId></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>
//- src/main/resources/application.yml
spring:
  datasource:
    druid:
      url: jdbc:mysql://db/shop
      max-active: 30
`,
    "the default, written down": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
    hikari:
      maximum-pool-size: 10
`,
    "a variable of the environment with a default": `${webAndJpa}
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
spring.datasource.hikari.maximumPoolSize=\${POOL_SIZE:10}
`,
    "the production profile has one": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
---
spring.config.activate.on-profile: prod
spring.datasource.hikari.maximum-pool-size: 25
`,
    "each of two data sources has one": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    orders:
      url: jdbc:postgresql://db/orders
      hikari:
        maximum-pool-size: 20
    reports:
      url: jdbc:postgresql://db/reports
      hikari:
        maximum-pool-size: 5
`,
    "as few threads as connections": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
server:
  tomcat:
    threads:
      max: 10
`,
    "a database in memory": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:h2:mem:shop
`,
    "another pool": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
    type: org.apache.tomcat.jdbc.pool.DataSource
`,
    // As in alfio-event/alf.io, where a configuration class builds the pool.
    "a pool that code builds": `${webAndJpa}
//- src/main/java/shop/DataSourceConfiguration.java
package shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

class DataSourceConfiguration {
  HikariDataSource dataSource() {
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(30);
    return new HikariDataSource(config);
  }
}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
`,
    "no web requests": `${pom("spring-boot-starter-batch", "spring-boot-starter-data-jpa")}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
`,
    "WebFlux on R2DBC": `${pom("spring-boot-starter-webflux", "spring-boot-starter-data-r2dbc")}
//- src/main/resources/application.yml
spring:
  r2dbc:
    url: r2dbc:postgresql://db/shop
`,
    "a profile's file alone decides nothing": `${webAndJpa}
//- src/main/resources/application-prod.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
`,
  },
  fixes: {
    "a database on a server and no word on the pool": `
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
    username: shop
    hikari:
      maximum-pool-size: 10
`,
    "the pool is tuned, but not its size": `
//- src/main/resources/application.yml
spring:
    datasource:
        url: \${DATABASE_URL}
        hikari: { connection-timeout: 2000, maximum-pool-size: 10 }
`,
    properties: `
//- src/main/resources/application.properties
  spring.datasource.url: jdbc:mysql://db/shop
spring.datasource.username: shop
spring.datasource.hikari.maximum-pool-size: 10
server.port: 8080
`,
  },
});

describe("the weight of a pool at its default size", () => {
  const severityOf = async (threads: string): Promise<string> => {
    const workspace = new TestWorkspace([connectionPoolDefaults]);
    const [, pomText = ""] = webAndJpa.split("//- pom.xml\n");
    const settings = `spring.datasource.url=jdbc:postgresql://db/shop\n${threads}\n`;
    await workspace.put(Object.entries({ "pom.xml": pomText, "src/main/resources/application.properties": settings }));
    return workspace
      .findings()
      .map(({ severity }) => severity)
      .join();
  };

  it("is a hint where threads are counted, and information where they are not", async () => {
    assert.equal(await severityOf(""), "hint");
    assert.equal(await severityOf("spring.threads.virtual.enabled=true"), "information");
  });
});
