import { requestPercentiles } from "../../../src/rules/config/request-percentiles.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const measured = pom("spring-boot-starter-web", "spring-boot-starter-actuator", "micrometer-registry-prometheus");

rule(requestPercentiles, {
  reports: {
    "numbers for Prometheus without a histogram": `${measured}
//- src/main/resources/application.yml
  management:
# ^^^^^^^^^^ 💡 http.server.requests has no histogram: Prometheus gets averages, and no percentiles
    endpoints.web.exposure.include: health,prometheus
`,
  },
  ignores: {
    "a histogram, objectives, or percentiles": `${measured}
//- src/main/resources/application.yml
management:
  endpoints.web.exposure.include: "*"
  metrics.distribution.slo.http.server.requests: 100ms,500ms
`,
    "for all meters, in brackets": `${measured}
//- src/main/resources/application.properties
management.endpoints.web.exposure.include=prometheus
management.metrics.distribution.percentiles-histogram[http.server.requests]=true
`,
    "a filter that code brings": `${measured}
//- src/main/java/shop/Meters.java
package shop;
import io.micrometer.core.instrument.config.MeterFilter;
class Meters { }
//- src/main/resources/application.yml
management.endpoints.web.exposure.include: prometheus
`,
    "numbers that nobody fetches": `${measured}
//- src/main/resources/application.yml
management.endpoints.web.exposure.include: health
`,
    "no registry": `${pom("spring-boot-starter-web", "spring-boot-starter-actuator")}
//- src/main/resources/application.yml
management.endpoints.web.exposure.include: "*"
`,
  },
  fixes: {
    "numbers for Prometheus without a histogram": `
//- src/main/resources/application.yml
  management:
    endpoints.web.exposure.include: health,prometheus
    metrics:
      distribution:
        percentiles-histogram:
          http:
            server:
              requests: true
`,
  },
});
