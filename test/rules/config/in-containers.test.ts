import { connectionPoolOversized } from "../../../src/rules/config/connection-pool-oversized.ts";
import { connectionTimeout } from "../../../src/rules/config/connection-timeout.ts";
import { ddlAutoInProduction } from "../../../src/rules/config/ddl-auto-in-production.ts";
import { lazyLoadNoTrans } from "../../../src/rules/config/lazy-load-no-trans.ts";
import { logLevelInProduction } from "../../../src/rules/config/log-level-in-production.ts";
import { openInView } from "../../../src/rules/config/open-in-view.ts";
import { propertyWithoutEffect } from "../../../src/rules/config/property-without-effect.ts";
import { responseCompression } from "../../../src/rules/config/response-compression.ts";
import { sqlLoggingInProduction } from "../../../src/rules/config/sql-logging-in-production.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn, WORKLOAD, webAndJpa } from "./builds.ts";

/** Settings that containers of production are given, told where they are given. */
const SHOP = `${WORKLOAD}
          image: example/shop:1
          env:`;

const ONE_SHOP = `${pomIn("shop", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- shop/src/main/resources/application.yml
spring.jpa.open-in-view: false
server.compression.enabled: true
`;

rule(sqlLoggingInProduction, {
  reports: {
    "a variable of a workload": `${SHOP}
            - name: SPRING_JPA_SHOW_SQL
                  //^^^^^^^^^^^^^^^^^^^ 💡 SPRING_JPA_SHOW_SQL is true for shop: each statement is written out
              value: "true"
`,
    "a service of production whose default it is": `
//- compose.prod.yml
services:
  shop:
    image: example/shop
    environment:
      - SPRING_JPA_SHOW_SQL=\${SHOW_SQL:-true}
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 SPRING_JPA_SHOW_SQL is true for shop: each statement is written out
`,
    "an image, by a flag, and by the logger of values that the environment can write": `${webAndJpa}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV LOGGING_LEVEL_ORG_HIBERNATE_ORM_JDBC_BIND=TRACE
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 LOGGING_LEVEL_ORG_HIBERNATE_ORM_JDBC_BIND is TRACE in the image: each statement is written out
ENTRYPOINT ["java", "-Dlogging.level.org.hibernate.SQL=DEBUG", "-jar", "app.jar"]
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ logging.level.org.hibernate.SQL is DEBUG in the image: each statement is written out
`,
    "a file of variables that a service of production names": `
//- shop.env
  SPRING_JPA_SHOW_SQL=true
# ^^^^^^^^^^^^^^^^^^^ 💡 SPRING_JPA_SHOW_SQL is true for shop: each statement is written out
//- compose.prod.yml
services:
  shop: { image: example/shop, env_file: shop.env }
`,
    "the value of a chart that its template gives": `
//- charts/shop/templates/deployment.yaml
kind: Deployment
        - name: SPRING_JPA_SHOW_SQL
          value: {{ .Values.showSql | quote }}
//- charts/shop/values.yaml
  showSql: true
         //^^^^ 💡 SPRING_JPA_SHOW_SQL is true for shop: each statement is written out
`,
  },
  ignores: {
    "a file of variables that nobody names, and a value that a template puts together": `
//- shop.env
SPRING_JPA_SHOW_SQL=true
//- charts/shop/templates/deployment.yaml
kind: Deployment
        - name: SPRING_JPA_SHOW_SQL
          value: {{ or .Values.showSql .Values.debug | quote }}
//- charts/shop/values.yaml
  showSql: true
`,
    "plain compose files, other values, and values that are filled in": `
//- compose.yml
services:
  shop: { image: example/shop, environment: { SPRING_JPA_SHOW_SQL: "true" } }
//- compose.prod.yml
services:
  shop: { image: example/shop, environment: { SPRING_JPA_SHOW_SQL: "false" } }
  orders: { image: example/orders, environment: { SPRING_JPA_SHOW_SQL: "\${SHOW_SQL}" } }
`,
    // The environment gives `org.hibernate.sql`, which is no logger.
    "the logger of statements as a variable": `${SHOP}
            - { name: LOGGING_LEVEL_ORG_HIBERNATE_SQL, value: DEBUG }
`,
    "an application without JPA": `${pomIn("shop", "spring-boot-starter-web")}
${SHOP}
            - { name: SPRING_JPA_SHOW_SQL, value: "true" }
`,
  },
  fixes: {
    "a variable of a workload": `${SHOP}
            - name: SPRING_JPA_SHOW_SQL
              value: "false"
`,
    "a file of variables that a service of production names": `
//- shop.env
  SPRING_JPA_SHOW_SQL=false
`,
    "the value of a chart that its template gives": `
//- charts/shop/values.yaml
  showSql: false
`,
    "an image, by a flag, and by the logger of values that the environment can write": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV LOGGING_LEVEL_ORG_HIBERNATE_ORM_JDBC_BIND=INFO
ENTRYPOINT ["java", "-Dlogging.level.org.hibernate.SQL=DEBUG", "-jar", "app.jar"]
`,
  },
});

rule(logLevelInProduction, {
  reports: {
    "the root logger in a config map": `
//- k8s/settings.yaml
kind: ConfigMap
metadata: { name: shop }
data:
  LOGGING_LEVEL_ROOT: DEBUG
//^^^^^^^^^^^^^^^^^^ 💡 LOGGING_LEVEL_ROOT is DEBUG for shop
  LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_WEB: INFO
  LOGGING_LEVEL_COM_EXAMPLE: DEBUG
`,
  },
  ignores: {
    "a variable that many programs have": `${SHOP}
            - { name: DEBUG, value: "true" }
`,
  },
  fixes: {
    "the root logger in a config map": `
//- k8s/settings.yaml
kind: ConfigMap
metadata: { name: shop }
data:
  LOGGING_LEVEL_ROOT: INFO
  LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_WEB: INFO
  LOGGING_LEVEL_COM_EXAMPLE: DEBUG
`,
  },
});

const migrated = (enabled: string): string => `${pomIn("shop", "spring-boot-starter-data-jpa", "flyway-core")}
//- shop/src/main/resources/application.yml
spring.flyway.enabled: ${enabled}
${SHOP}
            - name: SPRING_JPA_HIBERNATE_DDL_AUTO`;

rule(ddlAutoInProduction, {
  reports: {
    "a workload whose application has migrations": `${migrated("true")}
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 SPRING_JPA_HIBERNATE_DDL_AUTO is update for shop, although Flyway owns the schema
              value: update
`,
  },
  ignores: {
    "an application whose migrations are off": `${migrated("false")}
              value: update
`,
    "containers of nobody here": `${SHOP}
            - { name: SPRING_JPA_HIBERNATE_DDL_AUTO, value: update }
`,
  },
});

rule(lazyLoadNoTrans, {
  reports: {
    "a flag of the JVM": `${SHOP}
            - name: JAVA_TOOL_OPTIONS
                  //^^^^^^^^^^^^^^^^^ enable_lazy_load_no_trans opens a session and a connection for each lazy access
              value: -Xmx1g -Dspring.jpa.properties.hibernate.enable_lazy_load_no_trans=true
`,
  },
  ignores: {
    "the same switched off": `${SHOP}
            - { name: SPRING_JPA_PROPERTIES_HIBERNATE_ENABLE_LAZY_LOAD_NO_TRANS, value: "false" }
`,
  },
});

rule(connectionTimeout, {
  reports: {
    "two minutes": `${SHOP}
            - name: SPRING_DATASOURCE_HIKARI_CONNECTION_TIMEOUT
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 SPRING_DATASOURCE_HIKARI_CONNECTION_TIMEOUT lets a request wait up to 120 s for a connection
              value: "120000"
`,
  },
  ignores: {
    "what Hikari would wait, and a duration": `${SHOP}
            - { name: SPRING_DATASOURCE_HIKARI_CONNECTION_TIMEOUT, value: "30000" }
            - { name: SPRING_DATASOURCE_ORDERS_HIKARI_CONNECTION_TIMEOUT, value: 5s }
`,
  },
});

rule(openInView, {
  reports: {
    "a container that takes back what the application says": `${ONE_SHOP}
${SHOP}
            - name: SPRING_JPA_OPEN_IN_VIEW
                  //^^^^^^^^^^^^^^^^^^^^^^^ 💡 SPRING_JPA_OPEN_IN_VIEW is true for shop, although the application switches it off
              value: "true"
`,
  },
  ignores: {
    // Whoever writes it down has decided.
    "an application that says nothing": `${pomIn("shop", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- shop/src/main/resources/application.yml
server.port: 80
${SHOP}
            - { name: SPRING_JPA_OPEN_IN_VIEW, value: "true" }
`,
    "a key that the values of a chart name, whatever becomes of it": `${pomIn("shop", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- shop/src/main/resources/application.yml
server.port: 80
//- helm/values.yaml
environment:
  SPRING_JPA_OPEN_IN_VIEW: "true"
`,
    "an application whose chart names files of settings elsewhere": `${pomIn("shop", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- shop/src/main/resources/application.yml
server.port: 80
//- charts/shop/templates/deployment.yaml
kind: Deployment
        - name: SPRING_CONFIG_ADDITIONAL_LOCATION
          value: {{ .Values.locations | join "," }}
`,
    "a default that containers may change": `${pomIn("shop", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- shop/src/main/resources/application.yml
spring.jpa.open-in-view: \${OPEN:false}
${SHOP}
            - { name: SPRING_JPA_OPEN_IN_VIEW, value: "true" }
`,
  },
});

rule(responseCompression, {
  reports: {
    "a container that takes back what the application says": `${ONE_SHOP}
${SHOP}
            - name: SERVER_COMPRESSION_ENABLED
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 SERVER_COMPRESSION_ENABLED is false for shop, although the application switches it on
              value: "false"
`,
  },
  ignores: {
    "the same value": `${ONE_SHOP}
${SHOP}
            - { name: SERVER_COMPRESSION_ENABLED, value: "true" }
`,
  },
});

rule(connectionPoolOversized, {
  reports: {
    "more connections than the server allows": `${SHOP}
            - { name: SPRING_DATASOURCE_URL, value: "jdbc:postgresql://db/shop" }
            - name: SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 200 connections for shop, where PostgreSQL allows 97
              value: "200"
`,
  },
  ignores: {
    "another database, and a size that fits": `${SHOP}
            - { name: SPRING_DATASOURCE_URL, value: "jdbc:mysql://db/shop" }
            - { name: SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE, value: "200" }
//- k8s/orders.yaml
kind: ConfigMap
metadata: { name: orders }
data:
  SPRING_DATASOURCE_URL: jdbc:postgresql://db/orders
  SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: "40"
`,
  },
});

/** `spring.resources.cache-period` went with 2.0, and `spring.resources.cache.period`, which is written alike, with 2.6. */
const cachedFor = (boot: string): string => `${pom("spring-boot-starter-web").replace("3.5.6", boot)}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_RESOURCES_CACHE_PERIOD=3600`;

rule(propertyWithoutEffect, {
  reports: {
    "a variable of two keys, neither of which is read": `${cachedFor("2.7.18")}
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "a variable of two keys, one of which is read": cachedFor("2.3.12"),
  },
});
