import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { rule } from "../../../harness/rule.ts";

const shop = (boot: string): string => `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${boot}</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies>
</project>
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY);
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
`;

const MIGRATION = `
//- src/main/resources/db/migration/V2__add_index_tickets_owner_id.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_tickets_owner_id;
CREATE INDEX CONCURRENTLY idx_tickets_owner_id ON tickets (owner_id);
`;

rule(foreignKeyWithoutIndex, {
  reports: {
    "a Flyway that holds a transaction open": shop("3.3.0"),
    // OHDSI/ArachneCentralAPI: Spring Boot 2 does not know the property, and its Flyway has no need of it.
    "a Flyway that holds none": shop("2.2.13.RELEASE"),
  },
  ignores: {},
  fixes: {
    "a Flyway that holds a transaction open": {
      "Create index on tickets (owner_id) concurrently": `
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
spring.flyway.postgresql.transactional-lock=false
${MIGRATION.trimStart()}`,
    },
    "a Flyway that holds none": { "Create index on tickets (owner_id) concurrently": MIGRATION },
  },
});
