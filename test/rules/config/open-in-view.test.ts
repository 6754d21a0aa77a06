import { openInView } from "../../../src/rules/config/open-in-view.ts";
import { rule } from "../../harness/rule.ts";
import { pom, webAndJpa } from "./builds.ts";

const UNSET = "spring.jpa.open-in-view is not set: requests keep their connection until the response";

rule(openInView, {
  reports: {
    "a web application with JPA that says nothing": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://localhost/shop
  # how entities and tables meet
  jpa:
# ^^^ 💡 ${UNSET}
    hibernate:
      ddl-auto: validate # checked at start
`,
    "properties, at the first one that comes near": `${webAndJpa}
//- src/main/resources/application.properties
spring.application.name=shop
  spring.jpa.hibernate.ddl-auto = validate
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${UNSET}
server.port=8080
//- src/main/resources/application-prod.properties
server.port=80
`,
    "a file without any of these keys": `${webAndJpa}
//- src/main/resources/application.yml
  server:
# ^^^^^^ 💡 ${UNSET}
    port: 8080
`,
    "what is imported is there, and says nothing of it": `${webAndJpa}
//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 ${UNSET}
    config:
      import: classpath:application-database.yml
//- src/main/resources/application-database.yml
spring.datasource.username: shop
`,
    "a configuration server is switched off": `${webAndJpa}
//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 ${UNSET}
    cloud:
      config:
        enabled: false
        uri: http://localhost:8888
`,
    "only development switches it off": `${webAndJpa}
//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 ${UNSET}
    application: { name: shop }
---
spring:
  config.activate.on-profile: dev | test
  jpa.open-in-view: false
`,
    "a repository of settings that is checked out, and one of pictures that is not": `${webAndJpa}
//- .gitmodules
[submodule "src/main/resources/team-settings"]
	path = src/main/resources/team-settings
[submodule "pictures"]
	path = src/main/resources/static/pictures
//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 ${UNSET}
    application: { name: shop }
//- src/main/resources/team-settings/application-prod.yml
spring:
  datasource.url: jdbc:postgresql://db/shop
`,
    "an import of secrets alone": `${webAndJpa}
//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 ${UNSET}
    config.import: optional:file:.env[.properties], configtree:/run/secrets/
`,
    "a Gradle module whose catalog names the starters": `
//- settings.gradle.kts
include(":core", ":app")
//- gradle/libs.versions.toml
[libraries]
boot-web = { module = "org.springframework.boot:spring-boot-starter-web" }
boot-jpa = { module = "org.springframework.boot:spring-boot-starter-data-jpa" }
[plugins]
boot = { id = "org.springframework.boot", version = "3.4.1" }
//- core/build.gradle.kts
dependencies {
  api(libs.boot.jpa)
}
//- app/build.gradle.kts
plugins {
  java
  alias(libs.plugins.boot)
}
dependencies {
  implementation(project(":core"))
  implementation(libs.boot.web)
}
//- app/src/main/java/shop/App.java
package shop;
@SpringBootApplication class App {}
//- app/src/main/resources/application.yml
  spring.application.name: shop
# ^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${UNSET}
`,
  },
  ignores: {
    "what is imported always says it": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  config:
    import: classpath:application-database.yml
//- src/main/resources/application-database.yml
spring.jpa.open-in-view: false
`,
    "what is imported is not there": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  config:
    import: classpath:keys/application.yml
`,
    "a configuration server that containers may ask for": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  cloud:
    config:
      enabled: \${ASK_SERVER:false}
      uri: http://localhost:8888
`,
    // hertzbeat's collector shares the entities of its manager, and has no database.
    "JPA that is left out by a property": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  jpa.show-sql: false
  autoconfigure:
    exclude: org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration, org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration
`,
    "JPA that is left out in a list": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  jpa.show-sql: false
  autoconfigure.exclude:
    - org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration
    - org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration
`,
    "settings in a repository that is not checked out": `${webAndJpa}
//- .gitmodules
[submodule "src/main/resources/team-settings"]
	path = src/main/resources/team-settings
	url = git@example.com:shop/team-settings.git
//- src/main/resources/application.yml
spring:
  profiles.active: local
`,
    "JPA of a library that is left out": `
//- shop/pom.xml
<project>
  <artifactId>shop</artifactId>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version></parent>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>shop</groupId><artifactId>common</artifactId><exclusions>
      <exclusion><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></exclusion>
    </exclusions></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>
//- common/pom.xml
<project>
  <artifactId>common</artifactId>
  <dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies>
</project>
//- shop/src/main/resources/application.properties
spring.application.name=search
`,
    // apollo's shared module and a support module of ccd-definition-store: the parent hands its plugin down to them.
    "a library with settings of its own": `//- pom.xml
<project>
  <artifactId>shop</artifactId><packaging>pom</packaging>
  <modules><module>common</module><module>web</module></modules>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>
//- common/pom.xml
<project>
  <parent><groupId>shop</groupId><artifactId>shop</artifactId></parent>
  <artifactId>common</artifactId>
</project>
//- common/src/main/resources/application.yaml
spring:
  jpa:
    show-sql: false
//- web/pom.xml
<project>
  <parent><groupId>shop</groupId><artifactId>shop</artifactId></parent>
  <artifactId>web</artifactId>
  <dependencies><dependency><groupId>shop</groupId><artifactId>common</artifactId></dependency></dependencies>
</project>
//- web/src/main/resources/application.yaml
spring:
  jpa:
    open-in-view: false
//- web/src/main/java/shop/Shop.java
package shop;
@SpringBootApplication
class Shop {}
`,
    "it is off": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  jpa:
    openInView: off
`,
    "it is on, and someone has written so": `${webAndJpa}
//- src/main/resources/application.properties
spring.jpa.open_in_view=true
`,
    "a variable decides, with a default": `${webAndJpa}
//- src/main/resources/application.yml
spring.jpa:
  open-in-view: \${OPEN_IN_VIEW:false}
`,
    "the production profile has it": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  application:
    name: shop
//- src/main/resources/application-prod.yml
spring:
  jpa:
    open-in-view: false
`,
    // https://github.com/jdubois/boot-ui/issues/601: reported outside of servlet applications.
    WebFlux: `${pom("spring-boot-starter-webflux", "spring-boot-starter-data-jpa")}
//- src/main/resources/application.yml
spring:
  application:
    name: shop
`,
    "an application that is told not to be a web application": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  main:
    web-application-type: none
`,
    "no JPA": `${pom("spring-boot-starter-web", "spring-boot-starter-jdbc")}
//- src/main/resources/application.yml
spring:
  application:
    name: shop
`,
    "Quarkus reads application.properties too": `
//- pom.xml
<project>
  <artifactId>shop</artifactId>
  <dependencies>
    <dependency><groupId>io.quarkus</groupId><artifactId>quarkus-hibernate-orm-panache</artifactId></dependency>
    <dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency>
  </dependencies>
</project>
//- src/main/resources/application.properties
quarkus.datasource.db-kind=postgresql
`,
    "a library with defaults of its own is not an application": `
//- pom.xml
<project>
  <artifactId>shop-persistence</artifactId>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>
  </dependencies>
</project>
//- src/main/resources/application.yml
spring:
  jpa:
    show-sql: false
`,
    "an application that registers the interceptor itself": `${webAndJpa}
//- src/main/java/shop/WebConfiguration.java
package shop;

import org.springframework.orm.jpa.support.OpenEntityManagerInViewInterceptor;

class WebConfiguration {
  OpenEntityManagerInViewInterceptor interceptor() {
    return new OpenEntityManagerInViewInterceptor();
  }
}
//- src/main/resources/application.yml
spring:
  application:
    name: shop
`,
    // As in spring-petclinic/spring-petclinic-microservices, whose configuration server has the key.
    "an application with a configuration server": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  application:
    name: vets-service
  config:
    import: optional:configserver:\${CONFIG_SERVER_URL:http://localhost:8888/}
`,
    "an application that imports a file that is not read": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  config:
    import:
      - classpath:database.yml
`,
    "a configuration server of older versions": `${webAndJpa}
//- src/main/resources/bootstrap.properties
spring.cloud.config.uri=http://config:8888
//- src/main/resources/application.properties
server.port=80
`,
    "a file that does not parse": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  jpa: [
  server
`,
    "test resources": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  jpa:
    open-in-view: false
//- src/main/resources/application-test.yml
spring:
  jpa:
    show-sql: true
`,
  },
  fixes: {
    "a web application with JPA that says nothing": `
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://localhost/shop
  # how entities and tables meet
  jpa:
    hibernate:
      ddl-auto: validate # checked at start
    open-in-view: false
`,
    "properties, at the first one that comes near": `
//- src/main/resources/application.properties
spring.application.name=shop
  spring.jpa.hibernate.ddl-auto = validate
spring.jpa.open-in-view = false
server.port=8080
`,
    "a file without any of these keys": `
//- src/main/resources/application.yml
  server:
    port: 8080
  spring:
    jpa:
      open-in-view: false
`,
    "only development switches it off": `
//- src/main/resources/application.yml
  spring:
    application: { name: shop }
    jpa:
      open-in-view: false
---
spring:
  config.activate.on-profile: dev | test
  jpa.open-in-view: false
`,
    "a Gradle module whose catalog names the starters": `
//- app/src/main/resources/application.yml
  spring.application.name: shop
  spring.jpa.open-in-view: false
`,
  },
});
