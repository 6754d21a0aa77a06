import { databaseTimeouts } from "../../../src/rules/config/database-timeouts.ts";
import { rule } from "../../harness/rule.ts";
import { pomIn, WORKLOAD, webAndJpa } from "./builds.ts";

rule(databaseTimeouts, {
  reports: {
    "a URL without any": `
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
  //^^^ 💡 spring.datasource.url has no socketTimeout, and no query or transaction timeout is set
`,
    "a URL with other parameters, in quotes": `
//- src/main/resources/application.yml
spring:
  datasource:
    url: "jdbc:postgresql://db/shop?sslmode=require"
  //^^^ 💡
`,
    "a host from the environment": `
//- src/main/resources/application-prod.properties
  spring.datasource.url=jdbc:postgresql://\${DB_HOST:db}/shop
# ^^^^^^^^^^^^^^^^^^^^^ spring.datasource.url has no socketTimeout, and no query or transaction timeout is set
`,
    "a container whose application is the nearest of several with its name, whatever URL that has for one's own machine": `
${pomIn("old/shop", "spring-boot-starter-web").trim()}
//- old/shop/src/main/resources/application.yml
spring.jpa.properties.jakarta.persistence.query.timeout: 5000
${pomIn("shop", "spring-boot-starter-web").trim()}
//- shop/src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://localhost/shop
${WORKLOAD.replace("k8s/shop.yaml", "shop/k8s/deployment.yaml")}
          env:
            - name: SPRING_DATASOURCE_URL
                  //^^^^^^^^^^^^^^^^^^^^^ SPRING_DATASOURCE_URL has no socketTimeout, and no query or transaction timeout is set
              value: jdbc:postgresql://db/shop
`,
    "a container that alone knows the URL": `${webAndJpa}
//- src/main/java/shop/App.java
package shop;
@SpringBootApplication
class App {}
//- src/main/resources/application.yml
spring.application.name: shop
${WORKLOAD}
          env:
            - name: SPRING_DATASOURCE_URL
                  //^^^^^^^^^^^^^^^^^^^^^ SPRING_DATASOURCE_URL has no socketTimeout, and no query or transaction timeout is set
              value: jdbc:postgresql://db/shop
`,
  },
  ignores: {
    "a container that gives the URL to an application whose queries are bounded": `${webAndJpa}
//- src/main/resources/application.yml
spring.jpa.properties.jakarta.persistence.query.timeout: 5000
${WORKLOAD}
          env:
            - name: SPRING_DATASOURCE_URL
              value: jdbc:postgresql://db/shop
`,
    "a container that gives the URL with its timeout": `${webAndJpa}
//- src/main/resources/application.yml
spring.application.name: shop
${WORKLOAD}
          env:
            - name: SPRING_DATASOURCE_URL
              value: jdbc:postgresql://db/shop?socketTimeout=20
`,
    "the container is given a URL with one": `
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://localhost/shop
//- compose.yml
services:
  shop: { image: example/shop, environment: { SPRING_DATASOURCE_URL: "jdbc:postgresql://db/shop?socketTimeout=30" } }
`,
    "a folder of sources for development": `
//- src/dev/resources/application.yml
spring.datasource.url: jdbc:postgresql://localhost/shop
`,
    // navikt/familie-tilbake
    "a profile for tests from end to end": `
//- src/main/resources/application-orders_e2e.yml
spring.datasource.url: jdbc:postgresql://postgres-orders/shop
`,
    "parameters that the environment gives": `
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://\${DB_HOST:db}/\${DB_NAME:shop}\${DB_OPTIONS:}
---
spring.datasource.url: jdbc:postgresql://db/shop\${DB_MORE:?ssl=disable}
`,
    "a timeout in the URL": `
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop?socketTimeout=30
`,
    "a timeout of the driver, a statement, a query or transactions": `
//- a/pom.xml
<project><artifactId>a</artifactId></project>
//- a/src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.data-source-properties.socketTimeout: 30
//- b/pom.xml
<project><artifactId>b</artifactId></project>
//- b/src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.connection-init-sql: SET statement_timeout = '30s'
//- c/pom.xml
<project><artifactId>c</artifactId></project>
//- c/src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.jpa.properties.jakarta.persistence.query.timeout: 30000
//- d/pom.xml
<project><artifactId>d</artifactId></project>
//- d/src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.transaction.default-timeout: 30s
`,
    "development, other databases, and a URL that only the environment knows": `
//- src/main/resources/application-dev.yml
spring.datasource.url: jdbc:postgresql://localhost/shop
//- src/main/resources/application.yml
spring.datasource.url: \${DB_URL}
spring.datasource.reports.url: jdbc:h2:mem:reports
`,
  },
  fixes: {
    "a URL without any": `
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop?socketTimeout=30
`,
    "a URL with other parameters, in quotes": `
//- src/main/resources/application.yml
spring:
  datasource:
    url: "jdbc:postgresql://db/shop?sslmode=require&socketTimeout=30"
`,
  },
});
