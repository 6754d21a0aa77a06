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
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 hibernate.hbm2ddl.auto is create in profile prod, although Liquibase owns the schema
`,
  },
  ignores: {
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
