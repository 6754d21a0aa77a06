import { openInView } from "../../../src/rules/config/open-in-view.ts";
import { rule } from "../../harness/rule.ts";
import { pomIn, WORKLOAD, webAndJpa } from "./builds.ts";

const UNSET = "spring.jpa.open-in-view is not set: requests keep their connection until the response";

const settings = `
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
`;

const unset = (folder = "") => `
//- ${folder}src/main/resources/application.yml
  spring.datasource.url: jdbc:postgresql://db/shop
# ^^^^^^^^^^^^^^^^^^^^^ 💡 ${UNSET}
`;

const manifest = (what: string): string => `
${WORKLOAD}
          image: example/shop
          ${what}
`;

const application = (body: string, imports = ""): string => `
//- src/main/java/shop/ShopApplication.java
package shop;
import org.springframework.boot.autoconfigure.SpringBootApplication;
${imports}
@SpringBootApplication
class ShopApplication {
    ${body}
}
`;

rule(openInView, {
  reports: {
    "what development alone is given": `${webAndJpa}${unset()}
//- compose.override.yml
services:
  shop:
    build: .
    environment:
      SPRING_JPA_OPEN_IN_VIEW: "false"
`,
    "what another application is given": `${pomIn("shop", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}${unset("shop/")}
//- orders/pom.xml
<project><artifactId>orders</artifactId></project>
//- compose.yml
services:
  orders:
    build: orders
    environment: [SPRING_JPA_OPEN_IN_VIEW=false]
`,
    "a document of other settings": `${webAndJpa}${unset()}${manifest(`env: [{ name: SPRING_APPLICATION_JSON, value: '{"server": {"port": 80}}' }]`)}`,
    "code that names it in a test": `${webAndJpa}${unset()}
//- src/test/java/shop/ShopTest.java
package shop;
import org.springframework.boot.test.context.SpringBootTest;
@SpringBootTest(properties = "spring.jpa.open-in-view=false")
class ShopTest {}
`,
    "a file of messages": `${webAndJpa}${unset()}${application("", `@org.springframework.context.annotation.PropertySource("classpath:messages.properties")`)}`,
  },
  ignores: {
    // eclipse-tractusx/bpdm: its class in Kotlin leaves the database out, which only a module beside it has.
    "an application whose class is not read, and that names no database": `
//- pom.xml
<project><artifactId>all</artifactId><modules><module>common</module><module>dummy</module></modules></project>
${pomIn("common", "spring-boot-starter-data-jpa")}
${pomIn("dummy", "spring-boot-starter-web").replace("  <dependencies>", "  <dependencies>\n    <dependency><groupId>shop</groupId><artifactId>common</artifactId></dependency>")}
//- dummy/src/main/resources/application.yml
server.port: 80
`,
    "a library with a configuration of its own": `${pomIn("common", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- common/src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
//- common/src/main/java/common/CommonConfiguration.java
package common;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
@EnableAutoConfiguration
class CommonConfiguration {}
//- shop/pom.xml
<project>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>shop</groupId><artifactId>common</artifactId></dependency></dependencies>
</project>
//- shop/src/main/java/shop/ShopApplication.java
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
class ShopApplication { public static void main(String[] arguments) {} }
`,
    "a service of a compose file": `${webAndJpa}${settings}
//- compose.yml
services:
  shop:
    build: .
    environment:
      - SPRING_JPA_OPEN_IN_VIEW=false
`,
    "an image, without dashes": `${webAndJpa}${settings}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV TZ=UTC SPRING_JPA_OPENINVIEW=false
`,
    "a flag of the command": `${webAndJpa}${settings}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-jar", "shop.jar", "--spring.jpa.open-in-view=false"]
`,
    "a flag of the JVM in a variable": `${webAndJpa}${settings}${manifest("env: [{ name: JAVA_TOOL_OPTIONS, value: -Dspring.jpa.open-in-view=false }]")}`,
    "a document in a variable": `${webAndJpa}${settings}${manifest(`env: [{ name: SPRING_APPLICATION_JSON, value: '{"spring": {"jpa": {"open-in-view": false}}}' }]`)}`,
    "a variable of Kubernetes": `${webAndJpa}${settings}${manifest(`env: [{ name: SPRING_JPA_OPEN_IN_VIEW, value: "false" }]`)}`,
    "a file of settings of Kubernetes": `${webAndJpa}${settings}
//- deploy/configmap.yaml
kind: ConfigMap
metadata: { name: shop }
data:
  application.yml: |
    spring:
      jpa:
        open-in-view: false
`,
    "files elsewhere, of which nothing is known": `${webAndJpa}${settings}${manifest("env: [{ name: SPRING_CONFIG_ADDITIONAL_LOCATION, value: /etc/shop/ }]")}`,
    "default properties of the application": `${webAndJpa}${settings}${application(
      `public static void main(String[] arguments) {
        new org.springframework.boot.builder.SpringApplicationBuilder(ShopApplication.class).properties("spring.jpa.open-in-view=false").run(arguments);
    }`,
    )}`,
    "a file of settings that code names": `${webAndJpa}${settings}${application("", `@org.springframework.context.annotation.PropertySource("classpath:jpa.properties")`)}`,
  },
});
