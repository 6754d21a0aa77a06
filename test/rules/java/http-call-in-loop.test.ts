import { httpCallInLoop } from "../../../src/rules/java/http-call-in-loop.ts";
import { rule } from "../../harness/rule.ts";

const workspace = (body: string): string => `
//- src/shop/Rates.java
package shop;
import org.springframework.web.client.RestTemplate;
@Service
class Rates {
  private final RestTemplate rest;
  Rate of(String currency) { return rest.getForObject("/rates/" + currency, Rate.class); }
  @Cacheable("rates") Rate cached(String currency) { return rest.getForObject("/rates/" + currency, Rate.class); }
}
//- src/shop/PriceController.java
package shop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
@RestController
class PriceController {
  private final Rates rates;
  private final ExecutorService executor;
${body}
}
`;

rule(httpCallInLoop, {
  reports: {
    "a call for each element, in another bean": workspace(`
  @GetMapping("/rates") Object all(List<String> currencies) {
    return currencies.stream().map(currency -> rates.of(currency)).toList();
                                             //^^^^^^^^^^^^^^^^^^ of runs RestTemplate.getForObject once per element of currencies
  }`),
    "a client in a job's loop": `
//- src/shop/RateJob.java
package shop;
import java.util.List;
import org.springframework.web.client.RestTemplate;
@Component
class RateJob {
  private final RestTemplate rest;
  private final List<String> currencies;
  @Scheduled(fixedRate = 1000) void refresh() {
    for (String currency : currencies) rest.getForObject("/rates/" + currency, String.class);
                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate.getForObject runs once per element of currencies
  }
}
`,
  },
  ignores: {
    "one call for all": workspace(`
  @GetMapping("/rates") Object all(List<String> currencies) { return rates.of(String.join(",", currencies)); }`),
    "a fan-out with an executor": workspace(`
  @GetMapping("/rates") Object all(List<String> currencies) {
    return currencies.stream().map(currency -> CompletableFuture.supplyAsync(() -> rates.of(currency), executor)).toList();
  }
  @GetMapping("/tasks") void tasks(List<String> currencies) {
    for (String currency : currencies) executor.submit(() -> rates.of(currency));
  }`),
    // conductor asks the places one after the other where a card may lie.
    "places that are tried until one answers": workspace(`
  @GetMapping("/card") Object card(List<String> places) throws Exception {
    for (String place : places) {
      try (Answer answer = new Answer(rates.of(place))) {
        if (!answer.isGood()) { continue; }
        return answer.body();
      } catch (java.io.IOException e) { last = e; }
    }
    return null;
  }`),
    "a cached call, and retries": workspace(`
  @GetMapping("/rates") Object all(List<String> currencies) { return currencies.stream().map(rates::cached).toList(); }
  @GetMapping("/rate") Object one(String currency) {
    for (int attempt = 0; attempt < 5; attempt++) {
      try { return rates.of(currency); } catch (RuntimeException e) { continue; }
    }
    return null;
  }`),
  },
});
