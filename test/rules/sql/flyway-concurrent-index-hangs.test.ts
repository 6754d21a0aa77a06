import { flywayConcurrentIndexHangs } from "../../../src/rules/sql/flyway-concurrent-index-hangs.ts";
import { rule } from "../../harness/rule.ts";

const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;
const SPRING = `
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
`;

rule(flywayConcurrentIndexHangs, {
  reports: {
    "Spring Boot with Flyway's own lock": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies>
</project>
${APPLIED}${SPRING}//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
//- db/migration/V2__more.sql
  CREATE INDEX CONCURRENTLY idx_code ON orders (code);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX CONCURRENTLY idx_code waits for the transaction that Flyway holds open
CREATE INDEX CONCURRENTLY idx_id ON orders (id, code);
`,
  },
  ignores: {
    "the application leaves its migrations to another one": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies>
</project>
${APPLIED}${SPRING.replace("true", "false")}//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
//- db/migration/V2__more.sql
CREATE INDEX CONCURRENTLY idx_code ON orders (code);
`,
    "the lock is released": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies>
</project>
${APPLIED}//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
//- db/migration/V2__more.sql
CREATE INDEX CONCURRENTLY idx_code ON orders (code);
//- src/main/resources/application.yml
spring.flyway.postgresql.transactional-lock: false
`,
    "the lock is configured in code": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies>
</project>
${APPLIED}${SPRING}//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
//- db/migration/V2__more.sql
CREATE INDEX CONCURRENTLY idx_code ON orders (code);
//- src/main/java/a/Migration.java
package a;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
class Migration {
  FlywayConfigurationCustomizer lock() {
    return configuration -> configuration.configuration(java.util.Map.of("flyway.postgresql.transactional.lock", "false"));
  }
}
`,
    "a version of Flyway that holds no transaction": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.7.0</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies>
</project>
${APPLIED}${SPRING}//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
//- db/migration/V2__more.sql
CREATE INDEX CONCURRENTLY idx_code ON orders (code);
`,
    "no Flyway in the build: it may be run in any way": `${APPLIED}${SPRING}//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
//- db/migration/V2__more.sql
CREATE INDEX CONCURRENTLY idx_code ON orders (code);
`,
    "an index that is dropped": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies>
</project>
${APPLIED}${SPRING}//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
//- db/migration/V2__more.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_code;
`,
  },
  fixes: {
    "Spring Boot with Flyway's own lock": `
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
  },
});
