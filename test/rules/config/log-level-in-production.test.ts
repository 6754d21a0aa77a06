import { logLevelInProduction } from "../../../src/rules/config/log-level-in-production.ts";
import { rule } from "../../harness/rule.ts";

rule(logLevelInProduction, {
  reports: {
    "a stage where nothing is said to be production": `
//- src/main/resources/application-staging.yml
  logging.level.root: DEBUG
# ^^^^^^^^^^^^^^^^^^ 💡
`,
    "the root logger and a framework's": `
//- src/main/resources/application.yml
logging:
  level:
    root: DEBUG
  //^^^^ 💡 logging.level.root is DEBUG without a profile, and 1 more
    org.springframework.web: trace
  //~~~~~~~~~~~~~~~~~~~~~~~ logs each step, too
`,
    "the switch of Spring Boot": `
//- src/main/resources/application-prod.properties
  debug=true
# ^^^^^ 💡 debug is true in profile prod
`,
    "alike in two services": `
//- billing/src/main/resources/application-prod.properties
  logging.level.root=TRACE
# ^^^^^^^^^^^^^^^^^^ 💡 logging.level.root is TRACE in profile prod; 1 more alike
//- orders/src/main/resources/application-prod.properties
  logging.level.root=TRACE
# ~~~~~~~~~~~~~~~~~~ the same here
`,
  },
  ignores: {
    // kafbat/kafka-ui: the profile of its own tests
    "tests on somebody's own machine, and a profile that only a group of development brings along": `
//- src/main/resources/application-localtest.yaml
logging.level.org.springframework.security: DEBUG
//- src/main/resources/application.yml
spring.profiles.group:
  local:
    - talk
---
spring.config.activate.on-profile: talk
logging.level.root: DEBUG
`,
    // SelimHorri/ecommerce-microservice-backend-app has these beside files for dev and prod.
    "a stage before production, which has a profile of its own": `
//- src/main/resources/application-stage.yml
logging.level.root: DEBUG
//- src/main/resources/application-prod.yml
logging.level.root: INFO
`,
    "containers on one's own machine": `
//- src/main/resources/application-docker.yml
spring.datasource.url: jdbc:postgresql://host.docker.internal/shop
logging.level.org.springframework.web: DEBUG
`,
    "development profiles and one's own packages": `
//- src/main/resources/application-local.properties
logging.level.root=debug
//- src/main/resources/application.properties
logging.level.com.example=debug
logging.level.root=info
debug=false
`,
    "the connection pool, which writes a line each half minute": `
//- src/main/resources/application.properties
logging.level.com.zaxxer.hikari=debug
`,
    "production says otherwise": `
//- src/main/resources/application.properties
logging.level.root=debug
//- src/main/resources/application-production.properties
logging.level.root=warn
`,
  },
  fixes: {
    "the root logger and a framework's": `
//- src/main/resources/application.yml
logging:
  level:
    root: INFO
    org.springframework.web: info
`,
  },
});
