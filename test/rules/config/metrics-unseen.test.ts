import { metricsUnseen } from "../../../src/rules/config/metrics-unseen.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn } from "./builds.ts";

const measured = pom("spring-boot-starter-web", "spring-boot-starter-actuator", "micrometer-registry-prometheus");
const newest = pom("spring-boot-starter-web", "spring-boot-starter-actuator");
const plain = newest.replace("3.5.6", "3.4.9");

rule(metricsUnseen, {
  reports: {
    "a registry whose endpoint is left out": `${measured}
//- src/main/resources/application.yml
management:
  endpoints:
    web:
      exposure:
        include: health,info
      # ^^^^^^^ 💡 Prometheus's registry is there, and management.endpoints.web.exposure.include leaves its endpoint out
`,
    "a registry that nobody exposes": `${measured}
//- src/main/resources/application.yml
  management:
# ^^^^^^^^^^ 💡 Prometheus's registry is there, and management.endpoints.web.exposure.include is not set: health alone is exposed
    endpoint.health.probes.enabled: true
`,
    "everything, to everybody": `${plain}
//- src/main/resources/application.properties
  management.endpoints.web.exposure.include=*
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ management.endpoints.web.exposure.include is *: anybody may ask for a heap dump, which stops all requests
`,
    "everything, in two services, once": `${pomIn("orders", "spring-boot-starter-web", "spring-boot-starter-actuator").replace("3.5.6", "3.4.9")}
//- orders/src/main/resources/application.properties
  management.endpoints.web.exposure.include=*
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ management.endpoints.web.exposure.include is *: anybody may ask for a heap dump, which stops all requests; 1 more alike
${pomIn("stock", "spring-boot-starter-web", "spring-boot-starter-actuator").replace("3.5.6", "3.4.9")}
//- stock/src/main/resources/application.properties
  management.endpoints.web.exposure.include=*
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the same here
`,
    "the pool's meters, turned off": `${plain}
//- src/main/resources/application.properties
  management.metrics.enable.hikaricp=false
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 management.metrics.enable.hikaricp is false: nobody sees requests that wait for a connection
`,
    "a registry whose endpoint is left out of a list": `${measured}
//- src/main/resources/application.yml
  management.endpoints.web.exposure.include:
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Prometheus's registry is there, and management.endpoints.web.exposure.include leaves its endpoint out
    - health
`,
  },
  fixes: {
    "a registry whose endpoint is left out": `
//- src/main/resources/application.yml
management:
  endpoints:
    web:
      exposure:
        include: health,info,prometheus
`,
    "the pool's meters, turned off": `
//- src/main/resources/application.properties
  management.metrics.enable.hikaricp=true
`,
  },
  ignores: {
    "the container exposes it": `${measured}
//- src/main/resources/application.yml
server.port: 8080
//- compose.yml
services:
  shop: { image: example/shop, environment: { MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: "health,prometheus" } }
`,
    "an endpoint that is exposed, by name or with all others behind a login": `${measured.replace("spring-boot-starter-web", "spring-boot-starter-web</artifactId></dependency><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-security")}
//- src/main/resources/application.yml
management.endpoints.web.exposure.include: "*"
//- other/src/main/resources/application.yml
management.endpoints.web.exposure.include: health,prometheus
`,
    "what the environment says": `${measured}
//- src/main/resources/application.yml
management.endpoints.web.exposure.include: \${EXPOSED:health}
`,
    "everything on a port of its own, or without the dump": `${plain}
//- src/main/resources/application.yml
management:
  server.port: 9000
  endpoints.web.exposure.include: "*"
`,
    "everything but some": `${plain}
//- src/main/resources/application.yml
management:
  endpoints.web.exposure:
    include: "*"
    exclude: heapdump,threaddump
`,
    // spring-petclinic: Spring Boot gives nobody the dump since 3.5
    "everything but what is closed by itself": `${newest}
//- src/main/resources/application.properties
management.endpoints.web.exposure.include=*
`,
    // urlaubsverwaltung: what is measured goes to Stackdriver.
    "an endpoint that is turned off": `${measured}
//- src/main/resources/application.properties
management.endpoints.web.exposure.include=health,info
management.endpoint.prometheus.enabled=false
`,
    "an endpoint that nobody may ask": `${measured}
//- src/main/resources/application.yml
management.endpoint.prometheus.access: none
`,
    "a registry that gets nothing": `${measured}
//- src/main/resources/application.properties
management.endpoints.web.exposure.include=health
management.prometheus.metrics.export.enabled=false
`,
    "endpoints that are all turned off": `${measured}
//- src/main/resources/application.yml
management.endpoints:
  enabled-by-default: false
  web.exposure.include: health
`,
    "no registry": `${plain}
//- src/main/resources/application.yml
management.endpoints.web.exposure.include: health
`,
    "a profile of developers": `${plain}
//- src/main/resources/application-dev.yml
management.endpoints.web.exposure.include: "*"
`,
  },
});
