import { sqlLoggingInProduction } from "../../../src/rules/config/sql-logging-in-production.ts";
import { rule } from "../../harness/rule.ts";
import { pom, webAndJpa } from "./builds.ts";

rule(sqlLoggingInProduction, {
  reports: {
    "MyBatis's sessions by a factory that is given the settings": `
//- src/main/java/shop/Sessions.java
package shop;
import org.apache.ibatis.session.SqlSessionFactory;
import org.mybatis.spring.SqlSessionFactoryBean;
import org.mybatis.spring.boot.autoconfigure.MybatisProperties;
@Configuration
class Sessions {
  @Bean SqlSessionFactory sessions(MybatisProperties settings) { return null; }
}
//- src/main/resources/application.properties
  mybatis.configuration.log-impl=org.apache.ibatis.logging.stdout.StdOutImpl
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 mybatis.configuration.log-impl is StdOutImpl without a profile: each statement is written out
`,
    "MyBatis on the standard output": `
//- src/main/resources/application.yml
mybatis-plus:
  configuration:
    log-impl: org.apache.ibatis.logging.stdout.StdOutImpl
  //^^^^^^^^ 💡 mybatis-plus.configuration.log-impl is StdOutImpl without a profile: each statement is written out
`,
    "a driver that writes all it is given": `
//- src/main/resources/application-prod.yml
spring:
  datasource:
    url: jdbc:p6spy:postgresql://db/shop
  //^^^ spring.datasource.url is jdbc:p6spy:… in profile prod: each statement is written out
`,
    "a module whose parent, which is elsewhere, brings Spring Boot": `
//- pom.xml
<project>
  <parent><groupId>school</groupId><artifactId>school-parent</artifactId><version>3</version><relativePath/></parent>
  <artifactId>school</artifactId>
  <dependencies><dependency><groupId>com.opencsv</groupId><artifactId>opencsv</artifactId><version>5.9</version></dependency></dependencies>
</project>
//- src/main/java/school/School.java
package school;
import org.springframework.boot.autoconfigure.SpringBootApplication;
@SpringBootApplication class School {}
//- src/main/resources/application.yml
spring:
  jpa:
    show-sql: true
  //^^^^^^^^ 💡 spring.jpa.show-sql is true without a profile: each statement is written out
`,
    "show-sql for all profiles": `
//- src/main/resources/application.yml
spring:
  jpa:
    show-sql: true
  //^^^^^^^^ 💡 spring.jpa.show-sql is true without a profile: each statement is written out
`,
    "Hibernate's loggers, in production": `
//- src/main/resources/application-prod.properties
  logging.level.org.hibernate.SQL=DEBUG
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 org.hibernate.SQL is DEBUG in profile prod, and 1 more: each statement is written out
  logging.level.org.hibernate.orm.jdbc.bind=trace
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ writes statements, too
`,
    "everywhere but in development": `
//- src/main/resources/application.yml
spring.config.activate.on-profile: "!dev & !test"
spring.jpa:
  show-sql: true
//^^^^^^^^ 💡 spring.jpa.show-sql is true in profile !dev & !test: each statement is written out
`,
    "the profile of those who name none, where nobody names one": `
//- src/main/resources/application-default.yml
spring.jpa:
  show-sql: true
//^^^^^^^^ 💡 spring.jpa.show-sql is true in profile default: each statement is written out
//- src/main/resources/application-test.yml
spring.jpa.show-sql: false
`,
    "the profile of those who name none, which is named": `
//- src/main/resources/application.yml
spring.profiles.active: default, standalone
---
spring.config.activate.on-profile: default
spring.jpa:
  show-sql: true
//^^^^^^^^ 💡 spring.jpa.show-sql is true in profile default: each statement is written out
`,
    "without a profile, where only the profile of those who name none says otherwise": `
//- src/main/resources/application.yml
spring.jpa:
  show-sql: true
//^^^^^^^^ 💡 spring.jpa.show-sql is true without a profile: each statement is written out
---
spring.config.activate.on-profile: default
spring.jpa.show-sql: false
---
spring.config.activate.on-profile: prod
server.port: 80
`,
    "the bind logger of Hibernate 5": `
//- src/main/resources/application.yml
logging:
  level:
    org.hibernate.type.descriptor.sql.BasicBinder: trace
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a default that a variable may replace": `
//- src/main/resources/application.properties
  spring.jpa.show-sql=\${SHOW_SQL:true}
# ^^^^^^^^^^^^^^^^^^^ 💡
`,
    "alike in two services": `
//- billing/src/main/resources/application-prod.properties
  spring.jpa.show-sql=true
# ^^^^^^^^^^^^^^^^^^^ 💡 spring.jpa.show-sql is true in profile prod: each statement is written out; 1 more alike
//- orders/src/main/resources/application-prod.properties
  spring.jpa.show-sql=true
# ~~~~~~~~~~~~~~~~~~~ the same here
`,
    "statistics of each session": `${webAndJpa}
//- src/main/resources/application.properties
  spring.jpa.properties.hibernate.generate_statistics=true
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 hibernate.generate_statistics is true without a profile: what each session did is written out
`,
  },
  ignores: {
    // Kim-Jione/SpringBoot-Mybatis-Tstory: Spring Boot's factory, which reads the setting, is not made.
    "MyBatis's sessions by a factory of one's own": `
//- src/main/java/shop/Sessions.java
package shop;
import org.apache.ibatis.session.SqlSessionFactory;
import org.mybatis.spring.SqlSessionFactoryBean;
@Configuration
class Sessions {
  @Bean SqlSessionFactory sessions(DataSource source) throws Exception {
    SqlSessionFactoryBean factory = new SqlSessionFactoryBean();
    factory.setDataSource(source);
    return factory.getObject();
  }
}
//- src/main/resources/application.properties
mybatis.configuration.log-impl=org.apache.ibatis.logging.stdout.StdOutImpl
`,
    "statistics that are counted and not written": `${webAndJpa}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.generate_statistics=true
spring.jpa.properties.hibernate.session.events.log=false
`,
    "statistics whose logger is quiet": `${webAndJpa}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.generate_statistics=true
logging.level.org.hibernate.engine.internal.StatisticalLoggingSessionEventListener=warn
`,
    "statistics of Hibernate 7, which writes them at DEBUG": `${webAndJpa.replace("3.5.6", "4.0.2")}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.generate_statistics=true
`,
    "statistics that are off": `${webAndJpa}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.generate_statistics=false
`,
    "JPA that is not there": `${pom("spring-boot-starter-web", "spring-boot-starter-jdbc")}
//- src/main/resources/application.yml
spring.jpa.show-sql: true
`,
    // SelimHorri/ecommerce-microservice-backend-app: a gateway with the file of its neighbours.
    "a logger of Hibernate's, which is not there": `${pom("spring-boot-starter-web")}
//- src/main/resources/application.yml
logging.level.org.hibernate.SQL: DEBUG
`,
    "statements that MyBatis hands to the log, and a plain URL": `
//- src/main/resources/application.yml
mybatis.configuration.log-impl: org.apache.ibatis.logging.slf4j.Slf4jImpl
spring.datasource.url: jdbc:postgresql://db/shop
`,
    "what containers are given takes it back": `
//- src/main/resources/application.yml
spring.jpa.show-sql: true
//- k8s/shop.yaml
kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        - { name: shop, env: [{ name: SPRING_JPA_SHOW_SQL, value: "false" }] }
`,
    // OpenELIS builds a WAR of Spring alone, and keeps such settings all the same.
    "a module without Spring Boot, which alone reads it": `
//- pom.xml
<project>
  <groupId>lab</groupId><artifactId>lab</artifactId>
  <dependencies><dependency><groupId>org.springframework</groupId><artifactId>spring-webmvc</artifactId><version>6.2.1</version></dependency></dependencies>
</project>
//- src/main/resources/application.properties
spring.jpa.show-sql=true
`,
    "profiles that are switched on to look for a mistake": `
//- src/main/resources/application-scan_sqltrace.yml
logging.level.org.hibernate.SQL: debug
//- src/main/resources/application-debug.yml
spring.jpa.show-sql: true
//- src/main/resources/application-tracing.yml
logging.level.org.hibernate.SQL: debug
//- src/main/resources/application-sql-profile.yml
spring.jpa.show-sql: true
`,
    "examples to copy": `
//- src/main/resources/application-example.properties
spring.jpa.show-sql=true
//- src/main/resources/application-ldap-sample.yml
spring.jpa.show-sql: true
`,
    "development profiles": `
//- src/main/resources/application-dev.yml
spring.jpa.show-sql: true
//- src/main/resources/application.yml
spring.jpa.show-sql: false
---
spring.config.activate.on-profile: local | test
logging.level.org.hibernate.SQL: debug
---
spring.config.activate.on-profile: "!prod"
spring.jpa.show-sql: true
`,
    // Seen on woowacourse-teams/2023-zipgo, CDCgov/prime-simplereport and services of hmcts.
    "development profiles with numbers, of a local server and of suites of tests": `
//- src/main/resources/application-dev1.yml
spring.jpa.show-sql: true
//- src/main/resources/application-okta-dev2.yml
spring.jpa.show-sql: true
//- src/main/resources/application.yml
spring.jpa.show-sql: false
---
spring.config.activate.on-profile: localserver | intTest
spring.jpa.show-sql: true
---
spring.config.activate.on-profile: functional & smoke-test
spring.jpa.show-sql: true
`,
    // Seen on woowacourse-teams/2023-emmsale.
    "the profile of those who name none, beside one for production": `
//- src/main/resources/application.yml
spring.config.activate.on-profile: default
spring.jpa.show-sql: true
---
spring.config.activate.on-profile: prod
spring.config.import: classpath:secrets/application-prod.yml
`,
    "the profile of those who name none, where one is named": `
//- src/main/resources/application.yml
spring.profiles.active: \${STAGE:local}
//- src/main/resources/application-default.properties
spring.jpa.show-sql=true
`,
    "the profile of those who name none, by another name": `
//- src/main/resources/application.yml
spring.profiles.default: laptop
//- src/main/resources/application-laptop.yml
spring.jpa.show-sql: true
//- src/main/resources/application-live.yml
server.port: 80
`,
    "production switches it off": `
//- src/main/resources/application.yml
spring.jpa.show-sql: true
//- src/main/resources/application-prod.yml
spring.jpa.show-sql: false
`,
    // HIB-CONFIG-017: formatting writes nothing by itself.
    "formatting alone, and levels that are off": `
//- src/main/resources/application.yml
spring.jpa.properties.hibernate.format_sql: true
logging.level:
  org.hibernate.SQL: warn
  com.example: debug
`,
    "bind values below TRACE, and a logger that nobody writes to": `
//- src/main/resources/application.yml
logging.level:
  org.hibernate.type: debug
  org.hibernate.sql: debug
  org.springframework.jdbc.core.StatementCreatorUtils: debug
`,
    "the bind logger of another Hibernate": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version></parent>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies>
</project>
//- src/main/resources/application.yml
logging.level:
  org.hibernate.type.descriptor.sql: trace
  org.hibernate.type.descriptor.sql.BasicBinder: trace
`,
    "statements that R2DBC sends": `
//- pom.xml
<project>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-r2dbc</artifactId></dependency></dependencies>
</project>
//- src/main/resources/application.yml
logging.level.org.hibernate.SQL: debug
`,
    "a variable without a default": `
//- src/main/resources/application.properties
spring.jpa.show-sql=\${SHOW_SQL}
`,
  },
  fixes: {
    "MyBatis on the standard output": `
//- src/main/resources/application.yml
mybatis-plus:
  configuration:
    log-impl: org.apache.ibatis.logging.slf4j.Slf4jImpl
`,
    "show-sql for all profiles": `
//- src/main/resources/application.yml
spring:
  jpa:
    show-sql: false
`,
  },
});
