import { propertyWithoutEffect } from "../../../src/rules/config/property-without-effect.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const web = pom("spring-boot-starter-web");

rule(propertyWithoutEffect, {
  reports: {
    "Redis under the name of Spring Boot 2": `${web}
//- src/main/resources/application.properties
  spring.redis.host=cache
# ^^^^^^^^^^^^^^^^^ 💡 spring.redis.host is not read by Spring Boot 3.5: it is spring.data.redis.host there
  spring.redis.lettuce.pool.maxActive=20
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.redis.lettuce.pool.maxActive is not read by Spring Boot 3.5
`,
    "in YAML, where a key would have to move": `${web}
//- src/main/resources/application-prod.yml
spring:
  redis:
    timeout: 2s
  //^^^^^^^ spring.redis.timeout is not read by Spring Boot 3.5: it is spring.data.redis.timeout there
`,
    "in YAML, where it stays": `${web}
//- src/main/resources/application.yml
server:
  max-http-header-size: 16KB
//^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
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
  spring.redis.lettuce.pool.maxActive=20
`,
    "in YAML, where it stays": `
//- src/main/resources/application.yml
server:
  max-http-request-header-size: 16KB
`,
  },
});
