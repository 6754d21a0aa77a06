import { ddlAutoInProduction } from "../../../src/rules/config/ddl-auto-in-production.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "./builds.ts";

const withFlyway = webAndJpa.replace(
  "  </dependencies>",
  "    <dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency>\n  </dependencies>",
);

rule(ddlAutoInProduction, {
  reports: {
    "update beside Flyway": `${withFlyway}
//- src/main/resources/application.yml
spring:
  jpa:
    hibernate:
      ddl-auto: "update"
    //^^^^^^^^ 💡 hibernate.ddl-auto is update without a profile, although Flyway owns the schema
`,
    "Hibernate's own name, beside Liquibase": `${withFlyway.replaceAll("flyway-core", "liquibase-core")}
//- src/main/resources/application-prod.properties
  spring.jpa.properties.hibernate.hbm2ddl.auto=create
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 hibernate.hbm2ddl.auto is create in profile prod: it drops the tables of Liquibase at each start
`,
    "another profile runs without Flyway": `${withFlyway}
//- src/main/resources/application-draft.yml
spring.flyway.enabled: false
//- src/main/resources/application-prod.properties
  spring.jpa.hibernate.ddl-auto=update
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 hibernate.ddl-auto is update in profile prod, although Flyway owns the schema
`,
    // it-at-m/Wahllokalsystem
    "JPA's own switch, which is Hibernate's update, where no other key says more than none": `${withFlyway}
//- src/main/resources/application.properties
  spring.jpa.generate-ddl=true
# ^^^^^^^^^^^^^^^^^^^^^^^ 💡 generate-ddl is true without a profile, although Flyway owns the schema
spring.jpa.hibernate.ddl-auto=none
`,
    "alike in two services": `${withFlyway}
//- archive/src/main/resources/application-kon.properties
  spring.jpa.hibernate.ddl-auto=create-drop
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 hibernate.ddl-auto is create-drop in profile kon: it drops the tables of Flyway at each start; 1 more alike
//- billing/src/main/resources/application-kon.properties
  spring.jpa.hibernate.ddl-auto=create-drop
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the same here
`,
  },
  ignores: {
    "JPA's own switch beside a key that decides, and one that is off": `${withFlyway}
//- src/main/resources/application.properties
spring.jpa.generate-ddl=true
spring.jpa.hibernate.ddl-auto=validate
//- orders/pom.xml
<project><artifactId>orders</artifactId></project>
//- orders/src/main/resources/application.properties
spring.jpa.generate-ddl=false
`,
    "it checks only": `${withFlyway}
//- src/main/resources/application.yml
spring.jpa.hibernate.ddl-auto: validate
`,
    "in development and tests": `${withFlyway}
//- src/main/resources/application-dev.yml
spring.jpa.hibernate.ddl-auto: create-drop
`,
    "a profile whose database lives in memory": `${withFlyway}
//- src/main/resources/application-quickstart.yml
spring:
  datasource.url: jdbc:h2:mem:shop;MODE=PostgreSQL
  jpa.hibernate.ddl-auto: create-drop
`,
    // 18307519324az/ServerScout
    "Flyway is there and switched off": `${withFlyway}
//- src/main/resources/application.yml
spring.flyway.enabled: false
spring.jpa.hibernate.ddl-auto: update
//- src/main/resources/application-prod.yml
spring.jpa.hibernate.ddl-auto: update
`,
    // ministryofjustice/hmpps-interventions-service: a profile that writes the schema into a file
    "a profile that runs without Flyway": `${withFlyway}
//- src/main/resources/application-draft.yml
spring.flyway.enabled: false
spring.jpa.hibernate.ddl-auto: create
`,
    "nobody else owns the schema": `${webAndJpa}
//- src/main/resources/application.yml
spring.jpa.hibernate.ddl-auto: update
`,
  },
  fixes: {
    "update beside Flyway": `
//- src/main/resources/application.yml
spring:
  jpa:
    hibernate:
      ddl-auto: validate
`,
  },
});
