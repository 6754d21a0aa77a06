import { redisTimeout } from "../../../src/rules/config/redis-timeout.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const redis = pom("spring-boot-starter-web", "spring-boot-starter-data-redis");

rule(redisTimeout, {
  reports: {
    "a host alone": `${redis}
//- src/main/resources/application.yml
spring:
  data:
    redis:
  //^^^^^ 💡 spring.data.redis.timeout is not set: a command waits up to 60 s for Redis
      host: cache
`,
    // NgocAnhDo26/bus-ticket-booking-system
    "locks that Redisson keeps by connections of its own": `${redis}
//- src/main/java/shop/Locks.java
package shop;
import org.redisson.api.RedissonClient;
class Locks { private final RedissonClient redisson; }
//- src/main/resources/application.properties
  spring.data.redis.host=cache
# ^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.data.redis.timeout is not set: a command waits up to 60 s for Redis
`,
    "the name of Spring Boot 2": `${redis.replace("3.5.6", "2.7.18")}
//- src/main/resources/application.properties
  spring.redis.host=cache
# ^^^^^^^^^^^^^^^^^ 💡 spring.redis.timeout is not set: a command waits up to 60 s for Redis
`,
  },
  ignores: {
    "connections that Redisson makes": `${redis}
//- src/main/java/shop/Redis.java
package shop;
import org.redisson.spring.data.connection.RedissonConnectionFactory;
class Redis {}
//- src/main/resources/application.properties
spring.data.redis.host=cache
`,
    "Redisson's starter": `${pom("spring-boot-starter-web", "spring-boot-starter-data-redis", "redisson-spring-boot-starter")}
//- src/main/resources/application.properties
spring.data.redis.host=cache
`,
    "the container is given it": `${redis}
//- src/main/resources/application.properties
spring.data.redis.host=cache
//- compose.yml
services:
  shop: { image: example/shop, environment: { SPRING_DATA_REDIS_TIMEOUT: 1s } }
`,
    "connections that a bean makes, its type imported with others": `${redis}
//- src/main/java/shop/Redis.java
package shop;
import org.springframework.data.redis.connection.*;
class Redis { @Bean RedisConnectionFactory connections() { return null; } }
//- src/main/resources/application.properties
spring.data.redis.host=cache
`,
    "Redis that is left out": `${redis}
//- src/main/resources/application.properties
spring.data.redis.host=cache
spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration
`,
    "it is set": `${redis}
//- src/main/resources/application.yml
spring.data.redis:
  host: cache
  timeout: 500ms
`,
    "connections that code builds": `${redis}
//- src/main/java/shop/Redis.java
package shop;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
class Redis {}
//- src/main/resources/application.yml
spring.data.redis.host: cache
`,
    "no Redis": `${pom("spring-boot-starter-web")}
//- src/main/resources/application.yml
spring.application.name: shop
`,
  },
  fixes: {
    "a host alone": `
//- src/main/resources/application.yml
spring:
  data:
    redis:
      host: cache
      timeout: 2s
`,
  },
});
