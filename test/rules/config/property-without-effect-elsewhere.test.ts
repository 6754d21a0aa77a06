import { propertyWithoutEffect } from "../../../src/rules/config/property-without-effect.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn } from "./builds.ts";

const web = pom("spring-boot-starter-web");
const redis = `
//- src/main/resources/application.properties
spring.redis.host=cache
`;

rule(propertyWithoutEffect, {
  reports: {
    "a variable of a service that is built here": `${web}
//- Dockerfile
FROM eclipse-temurin:21-jre
//- compose.yml
services:
  shop:
    build: .
    environment:
      SPRING_REDIS_HOST: cache
    //^^^^^^^^^^^^^^^^^ 💡 SPRING_REDIS_HOST is not read by Spring Boot 3.5: it is SPRING_DATA_REDIS_HOST there
`,
    "variables of an image": `${web}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_REDIS_HOST=cache
  //^^^^^^^^^^^^^^^^^ 💡 2 keys below spring.redis are not read by Spring Boot 3.5: they are below spring.data.redis
ENV SPRING_REDIS_TIMEOUT=2s
  //~~~~~~~~~~~~~~~~~~~~ not read either
`,
    "threads of a server under their name of Spring Boot 2.2": `${web}
//- src/main/resources/application.properties
  server.tomcat.max-threads=400
# ^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 server.tomcat.max-threads is not read by Spring Boot 3.5: it is server.tomcat.threads.max there
`,
    "timeouts of Feign under their name of Spring Cloud 2021": `${pom("spring-boot-starter-web", "spring-cloud-starter-openfeign")}
//- src/main/resources/application.yml
feign:
  client.config.default:
    connectTimeout: 2000
  //^^^^^^^^^^^^^^ 💡 2 keys below feign are not read by Spring Boot 3.5: they are below spring.cloud.openfeign
    readTimeout: 5000
  //~~~~~~~~~~~ not read either
`,
    "keys of one section, whatever became of them": `${web}
//- src/main/resources/application.properties
  spring.resources.cache.period=3600
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 3 keys below spring.resources are not read by Spring Boot 3.5
  spring.resources.chain.gzipped=true
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ not read either
  spring.resources.chain.html-application-cache=true
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ not read either
`,
    "Ribbon, which is no more": `${web}
//- src/main/resources/application.yml
  ribbon.ReadTimeout: 5000
//^^^^^^^^^^^^^^^^^^ ribbon.ReadTimeout is not read by Spring Boot 3.5
`,
    "a name of a later version": `${web.replace("3.5.6", "2.7.18")}
//- src/main/resources/application.properties
  spring.data.redis.host=cache
# ^^^^^^^^^^^^^^^^^^^^^^ spring.data.redis.host is read by Spring Boot 3.0 and newer: this is 2.7
`,
    "a version on the class path of a Gradle script": `
//- build.gradle
buildscript {
  ext { springBootVersion = '3.1.5' }
  dependencies { classpath "org.springframework.boot:spring-boot-gradle-plugin:\${springBootVersion}" }
}
apply plugin: 'org.springframework.boot'
//- src/main/resources/application.properties
  spring.redis.host=cache
# ^^^^^^^^^^^^^^^^^ 💡 spring.redis.host is not read by Spring Boot 3.1: it is spring.data.redis.host there
`,
    "a version that the settings of Gradle name": `
//- gradle.properties
bootVersion=3.3.1
//- settings.gradle
pluginManagement { plugins { id 'org.springframework.boot' version "\${bootVersion}" } }
//- build.gradle
plugins { id 'org.springframework.boot' }
//- src/main/resources/application.properties
  spring.redis.host=cache
# ^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "code reads it with @Value": `${web}${redis}
//- src/main/java/shop/Cache.java
package shop;
import org.springframework.beans.factory.annotation.Value;
class Cache { @Value("\${spring.redis.host:localhost}") String host; }
`,
    "code binds all of them": `${web}${redis}
//- src/main/java/shop/Cache.java
package shop;
import org.springframework.boot.context.properties.ConfigurationProperties;
@ConfigurationProperties(prefix = "spring.redis")
class Cache { String host; }
`,
    "code asks the environment": `${web}${redis}
//- src/main/java/shop/Cache.java
package shop;
import org.springframework.core.env.Environment;
class Cache { Cache(Environment environment) { environment.getProperty("spring.redis.host"); } }
`,
    "another file refers to it": `${web}${redis}
//- src/main/resources/application-prod.yml
spring.data.redis.host: \${spring.redis.host}
`,
    "a setting refers to the variable": `${web}
//- src/main/resources/application.yml
spring.data.redis.host: \${SPRING_REDIS_HOST}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_REDIS_HOST=cache
`,
    "a variable of an application that is not built here": `${pomIn("shop", "spring-boot-starter-web")}
//- compose.yml
services:
  ledger:
    image: example/ledger:1
    environment: [SPRING_REDIS_HOST=cache]
`,
    "a variable that is set to nothing": `${web}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_REDIS_PASSWORD=""
`,
    "Feign without Spring Cloud, and keys that others read": `${pom("spring-boot-starter-web", "spring-cloud-starter-netflix-ribbon")}
//- src/main/resources/application.yml
feign.client.config.default.readTimeout: 5000
ribbon.ReadTimeout: 5000
`,
    "Flyway's own file": `${web}
//- flyway.conf
flyway.url=jdbc:postgresql://db/shop
flyway.user=shop
`,
    "both names, the old one left over": `${web}
//- src/main/resources/application.properties
server.context-path=/shop
server.servlet.context-path=/shop
`,
    "a key that is set to nothing": `${web}
//- src/main/resources/application.properties
server.context-path=
`,
  },
  fixes: {
    "variables of an image": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_DATA_REDIS_HOST=cache
ENV SPRING_DATA_REDIS_TIMEOUT=2s
`,
    "timeouts of Feign under their name of Spring Cloud 2021": `
//- src/main/resources/application.yml
spring.cloud.openfeign:
  client.config.default:
    connectTimeout: 2000
    readTimeout: 5000
`,
  },
});
