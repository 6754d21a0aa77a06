import assert from "node:assert/strict";
import { propertyWithoutEffect } from "../../../src/rules/config/property-without-effect.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const web = pom("spring-boot-starter-web");
const web4 = web.replace("3.5.6", "4.0.9");

rule(propertyWithoutEffect, {
  reports: {
    // apolloconfig/apollo
    "a section of YAML with further ones": `${web}
//- src/main/resources/application.yml
management:
  health:
    status:
      # the worst first
      order: DOWN, UP
    //^^^^^ 💡 management.health.status.order is not read by Spring Boot 3.5

server:
  port: 8080
`,
    // hmcts/document-management-store-app
    "a list, which is one key": `${web}
//- src/main/resources/application.yml
management:
  health:
    status:
      order:
    //^^^^^ 💡 management.health.status.order is not read by Spring Boot 3.5
        - DOWN
        - UP
`,
    "a section whose new one is there": `${web}
//- src/main/resources/application.yml
spring:
  data:
    web.pageable.max-page-size: 100
  redis:
    host: cache
  //^^^^ 💡 spring.redis.host is not read by Spring Boot 3.5: it is spring.data.redis.host there
`,
    "a section of a file that writes several names as one": `${web}
//- src/main/resources/application.yml
server.port: 8080
spring:
  redis:
    host: cache
  //^^^^ 💡 spring.redis.host is not read by Spring Boot 3.5: it is spring.data.redis.host there
`,
    "a section of YAML in which a value is a section now": `${web}
//- src/main/resources/application.yml
spring:
  redis:
    host: cache
  //^^^^ 💡 3 keys below spring.redis are not read by Spring Boot 3.5: they are below spring.data.redis
    ssl: true # in the cloud
  //~~~ not read either
    timeout: 2s
  //~~~~~~~ not read either
  jpa:
    open-in-view: false
`,
    "such a section of a file that writes several names as one": `${web}
//- src/main/resources/application.yml
server.port: 8080
spring:
  redis:
    ssl: true
  //^^^ 💡 spring.redis.ssl is not read by Spring Boot 3.5: it is spring.data.redis.ssl.enabled there
`,
    "a value of YAML that is a section now": `${web}
//- src/main/resources/application.yml
spring:
    data:
        redis:
            ssl: true
          //^^^ 💡 spring.data.redis.ssl is not read by Spring Boot 3.5: it is spring.data.redis.ssl.enabled there
            timeout: 2s
`,
    "a value that is a section now, and moved": `${web}
//- src/main/resources/application.properties
  spring.redis.ssl=true
# ^^^^^^^^^^^^^^^^ 💡 spring.redis.ssl is not read by Spring Boot 3.5: it is spring.data.redis.ssl.enabled there
`,
    "a name whose successor has gone, too": `${web4}
//- src/main/resources/application.properties
  spring.http.encoding.charset=UTF-8
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.http.encoding.charset is not read by Spring Boot 4.0: it is spring.servlet.encoding.charset there
  management.metrics.export.signalfx.step=1m
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ management.metrics.export.signalfx.step is not read by Spring Boot 4.0
`,
    "a name that is back": `${web4}
//- src/main/resources/application.properties
  spring.mvc.converters.preferred-json-mapper=gson
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.mvc.converters.preferred-json-mapper is not read by Spring Boot 4.0
`,
    "a name before it came back": `${web.replace("3.5.6", "3.0.1")}
//- src/main/resources/application.properties
  spring.http.converters.preferred-json-mapper=gson
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.http.converters.preferred-json-mapper is not read by Spring Boot 3.0
`,
  },
  ignores: {
    "a name that was given up and is back": `${web4}
//- src/main/resources/application.properties
spring.http.converters.preferred-json-mapper=gson
`,
  },
  fixes: {
    "a list, which is one key": `
//- src/main/resources/application.yml
management:
  endpoint:
    health:
      status:
        order:
          - DOWN
          - UP
`,
    "a section of YAML with further ones": `
//- src/main/resources/application.yml
management:
  endpoint:
    health:
      status:
        # the worst first
        order: DOWN, UP

server:
  port: 8080
`,
    "a section whose new one is there": `
//- src/main/resources/application.yml
spring:
  data:
    web.pageable.max-page-size: 100
  data.redis:
    host: cache
`,
    "a section of a file that writes several names as one": `
//- src/main/resources/application.yml
server.port: 8080
spring:
  data.redis:
    host: cache
`,
    "a section of YAML in which a value is a section now": `
//- src/main/resources/application.yml
spring:
  data:
    redis:
      host: cache
      ssl:
        enabled: true # in the cloud
      timeout: 2s
  jpa:
    open-in-view: false
`,
    "such a section of a file that writes several names as one": `
//- src/main/resources/application.yml
server.port: 8080
spring:
  data.redis:
    ssl.enabled: true
`,
    "a value of YAML that is a section now": `
//- src/main/resources/application.yml
spring:
    data:
        redis:
            ssl:
                enabled: true
            timeout: 2s
`,
    "a value that is a section now, and moved": `
//- src/main/resources/application.properties
  spring.data.redis.ssl.enabled=true
`,
    "a name whose successor has gone, too": `
//- src/main/resources/application.properties
  spring.servlet.encoding.charset=UTF-8
  management.metrics.export.signalfx.step=1m
`,
    "a name that is back": `
//- src/main/resources/application.properties
  spring.http.converters.preferred-json-mapper=gson
`,
  },
});

describe("config/property-without-effect: what has no room in the message", () => {
  it("is named with the cost", async () => {
    const workspace = new TestWorkspace([propertyWithoutEffect]);
    await workspace.put(
      parseFixture(`${web}\n//- src/main/resources/application.properties\nspring.flyway.ignore-missing-migrations=true\n`).files,
    );
    assert.deepEqual(
      workspace.findings().map(({ message, cost }) => [message, cost]),
      [
        [
          "spring.flyway.ignore-missing-migrations is not read by Spring Boot 3.5",
          "the default holds instead of what is written: spring.flyway.ignore-migration-patterns is read instead",
        ],
      ],
    );
  });
});
