import { propertyWithoutEffect } from "../../../src/rules/config/property-without-effect.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn } from "./builds.ts";

const web = pom("spring-boot-starter-web");

rule(propertyWithoutEffect, {
  reports: {
    "Redis under the name of Spring Boot 2": `${web}
//- src/main/resources/application.properties
  spring.redis.host=cache
# ^^^^^^^^^^^^^^^^^ 💡 2 keys below spring.redis are not read by Spring Boot 3.5: they are below spring.data.redis
  spring.redis.lettuce.pool.maxActive=20
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ not read either
`,
    "a line that was copied from service to service, once": `${pomIn("orders", "spring-boot-starter-web")}
//- orders/src/main/resources/application.properties
  spring.zipkin.base-url=http://zipkin:9411
# ^^^^^^^^^^^^^^^^^^^^^^ spring.zipkin.base-url is not read by Spring Boot 3.5; 1 more alike
${pomIn("stock", "spring-boot-starter-web")}
//- stock/src/main/resources/application.properties
  spring.zipkin.base-url=http://zipkin:9411
//~~~~~~~~~~~~~~~~~~~~~~ the same here
`,
    "in YAML, where a key would have to move": `${web}
//- src/main/resources/application-prod.yml
spring:
  redis:
    host: cache
  //^^^^ spring.redis.host is not read by Spring Boot 3.5: it is spring.data.redis.host there
    of-our-own: 1
`,
    "in YAML, where a section moves with all its keys": `${web}
//- src/main/resources/application-prod.yml
spring:
  redis: # the cache
    timeout: 2s
  //^^^^^^^ 💡 spring.redis.timeout is not read by Spring Boot 3.5: it is spring.data.redis.timeout there
`,
    "in YAML, where it stays": `${web}
//- src/main/resources/application.yml
server:
  max-http-header-size: 16KB
//^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "what modules of Spring Boot 4 have renamed": `${web.replace("3.5.6", "4.0.9")}
//- src/main/resources/application.properties
  server.error.include-message=always
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 server.error.include-message is not read by Spring Boot 4.0: it is spring.web.error.include-message there
  spring.codec.max-in-memory-size=1MB
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.codec.max-in-memory-size is not read by Spring Boot 4.0
management.endpoint.health.enabled=true
logging.file.max-size=10MB
`,
    "a name behind which the value means something else": `${web.replace("3.5.6", "4.1.2")}
//- src/main/resources/application.properties
  spring.rabbitmq.template.retry.max-attempts=5
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ spring.rabbitmq.template.retry.max-attempts is not read by Spring Boot 4.1
  logging.file.max-size=10MB
# ^^^^^^^^^^^^^^^^^^^^^ 💡 logging.file.max-size is not read by Spring Boot 4.1: it is logging.logback.rollingpolicy.max-file-size there
`,
    "a name that was given to another and given back": `${web.replace("3.5.6", "3.4.1")}
//- src/main/resources/application.properties
  spring.http.converters.preferred-json-mapper=gson
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.http.converters.preferred-json-mapper is not read by Spring Boot 3.4
`,
    "a name that was renamed twice": `${web.replace("3.5.6", "4.0.1")}
//- src/main/resources/application.properties
  spring.http.encoding.charset=UTF-8
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.http.encoding.charset is not read by Spring Boot 4.0: it is spring.servlet.encoding.charset there
`,
    "a name that was renamed and then given up": `${web.replace("3.5.6", "4.0.1")}
//- src/main/resources/application.properties
  server.undertow.io-threads=8
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ server.undertow.io-threads is not read by Spring Boot 4.0
`,
    "a name whose replacement this version does not have yet": `${web.replace("3.5.6", "2.7.18")}
//- src/main/resources/application.properties
  management.trace.include=request-headers
# ^^^^^^^^^^^^^^^^^^^^^^^^ management.trace.include is not read by Spring Boot 2.7
`,
    "features of a Jackson that is not there any more": `${web.replace("3.5.6", "4.0.1")}
//- src/main/resources/application.properties
  spring.jackson.parser.allow-comments=true
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ spring.jackson.parser.allow-comments is not read by Spring Boot 4.0
`,
    "a yes or no that is a list of patterns now": `${web}
//- src/main/resources/application.properties
  spring.flyway.ignore-missing-migrations=true
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ spring.flyway.ignore-missing-migrations is not read by Spring Boot 3.5
`,
    "a pool of connections to Redis that nothing can make": `${pom("spring-boot-starter-web", "spring-boot-starter-data-redis")}
//- src/main/resources/application.yml
spring:
  data:
    redis:
      lettuce:
        pool:
          max-active: 16
        //^^^^^^^^^^ spring.data.redis.lettuce.pool has no effect without commons-pool2
          max-idle: 8
`,
    "a pool of Jedis, which is not there": `${pom("spring-boot-starter-web", "spring-boot-starter-data-redis").replace("3.5.6", "2.7.18")}
//- src/main/resources/application-prod.properties
  spring.redis.jedis.pool.max-active=16
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ spring.redis.jedis.pool has no effect without jedis
`,
  },
  ignores: {
    // hmcts/appreg-api
    "a name that is read again since 3.5": `${web.replace("3.5.6", "4.0.1")}
//- src/main/resources/application.properties
spring.http.converters.preferred-json-mapper=jackson
spring.flyway.dry-run-output=dry.sql
`,
    "features of Jackson 2": `${web}
//- src/main/resources/application.properties
spring.jackson.parser.allow-comments=true
`,
    "a pool of connections to Redis with what makes it": `${pom("spring-boot-starter-data-redis", "commons-pool2")}
//- src/main/resources/application.properties
spring.data.redis.lettuce.pool.max-active=16
`,
    "Jedis brings the pool along": `${pom("spring-boot-starter-data-redis", "jedis")}
//- src/main/resources/application.properties
spring.data.redis.lettuce.pool.max-active=16
spring.data.redis.jedis.pool.max-active=16
`,
    "the pool is switched on or off": `${pom("spring-boot-starter-data-redis")}
//- src/main/resources/application.properties
spring.data.redis.lettuce.pool.enabled=false
spring.data.redis.lettuce.pool.max-active=16
`,
    "the code makes the connections": `${pom("spring-boot-starter-data-redis")}
//- src/main/resources/application.properties
spring.data.redis.lettuce.pool.max-active=16
//- src/main/java/shop/RedisConnections.java
package shop;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
class RedisConnections {}
`,
    "Spring Boot 2.5 does not start without it": `${pom("spring-boot-starter-data-redis").replace("3.5.6", "2.5.15")}
//- src/main/resources/application.properties
spring.redis.lettuce.pool.max-active=16
`,
    "an application without Redis": `${pom("spring-cloud-config-server")}
//- src/main/resources/application-users.properties
spring.data.redis.lettuce.pool.max-active=16
`,
    // Relaxed binding: "keystore-location" of Spring Boot 1 and "key-store-location" are one name.
    "a name that differs by a dash": `${web}
//- src/main/resources/application.yml
spring.kafka.ssl:
  key-store-location: classpath:client.p12
  trust-store-password: secret
`,
    "the names of this version": `${web}
//- src/main/resources/application.properties
spring.data.redis.host=cache
server.max-http-request-header-size=16KB
`,
    "a version that reads them": `${web.replace("3.5.6", "2.7.18")}
//- src/main/resources/application.properties
spring.redis.host=cache
server.max-http-header-size=16KB
`,
    "an unknown version": `
//- src/main/resources/application.properties
spring.redis.host=cache
`,
    "the migrator translates": `${pom("spring-boot-starter-web", "spring-boot-properties-migrator")}
//- src/main/resources/application.properties
spring.redis.host=cache
`,
    "a name that the application uses itself": `${web}
//- src/main/resources/application.properties
spring.redis.host=cache
spring.data.redis.host=\${spring.redis.host}
`,
  },
  fixes: {
    "Redis under the name of Spring Boot 2": `
//- src/main/resources/application.properties
  spring.data.redis.host=cache
  spring.data.redis.lettuce.pool.max-active=20
`,
    "in YAML, where a section moves with all its keys": `
//- src/main/resources/application-prod.yml
spring:
  data:
    redis: # the cache
      timeout: 2s
`,
    "in YAML, where it stays": `
//- src/main/resources/application.yml
server:
  max-http-request-header-size: 16KB
`,
  },
});
