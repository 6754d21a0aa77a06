import { defineRule } from "../rule.ts";
import { decidesForApplication, forProduction, placeFor, setKey } from "./application.ts";

const KEY = "management.metrics.distribution.percentiles-histogram.http.server.requests";

export const requestPercentiles = defineRule({
  id: "config/request-percentiles",
  title: "Response times are exported as averages",
  language: "config",
  certainty: "possible",
  cost: "nobody sees slow requests: count, sum and maximum give no percentile",
  references: [
    "https://docs.spring.io/spring-boot/reference/actuator/metrics.html#actuator.metrics.customizing.per-meter-properties",
    "https://docs.micrometer.io/micrometer/reference/concepts/histogram-quantiles.html",
  ],
  messages: { none: "http.server.requests has no histogram: Prometheus gets averages, and no percentiles" },
  toldOnce: ["none"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForApplication(file, configuration)) return;
    const build = configuration.buildOf(file.file);
    if (!build.has("micrometer-registry-prometheus") || !build.has("spring-boot-starter-actuator")) return;
    // Where nobody fetches the numbers, or an agent counts by itself, nothing is missing.
    const exposed = forProduction(configuration.everyValueBelow("management.endpoints", file.file), configuration).some(
      ({ key, value }) => /exposure\.include(?:\[\d+\])?$/i.test(key) && /prometheus|\*/.test(value),
    );
    if (!exposed || configuration.codeSettles("own-meter-filter", file.file)) return;
    const set = configuration.everyValueBelow("management.metrics.distribution", file.file);
    if (set.some(({ key }) => /\.(?:percentiles-?histogram|percentiles|slo|sla)[.[].*(?:http|all)/i.test(key))) return;
    if (configuration.inEnvironmentBelow("management.metrics.distribution", file.file).length > 0) return;
    const at = placeFor(KEY, file.config);
    if (at !== undefined) report({ at, message: "none", fixes: [setKey(file.file, KEY, "true")] });
  },
});
