import assert from "node:assert/strict";
import { httpClientNoTimeout } from "../../../../src/rules/java/http-client-no-timeout.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";

const told = async (around: string): Promise<readonly string[]> => {
  const workspace = new TestWorkspace([httpClientNoTimeout]);
  await workspace.put(
    parseFixture(`
//- src/main/java/shop/Rates.java
package shop;
import org.springframework.web.client.RestTemplate;
class Rates {
  private final RestTemplate rest = new RestTemplate();
  String of(String currency) { return rest.getForObject("https://rates.example/" + currency, String.class); }
  String all() { return rest.getForObject("https://rates.example/", String.class); }
}
//- src/main/java/shop/Shop.java
package shop;
${around}
`).files,
  );
  return workspace
    .findings()
    .map(({ severity, message, related }) => `${severity}: ${message} (${related.map((step) => step.message).join("; ")})`);
};

describe("java/http-client-no-timeout, by who waits for it", () => {
  it("names the request that waits", async () => {
    assert.deepEqual(
      await told('@RestController class Shop { private Rates rates; @GetMapping("/price") String price() { return rates.of("EUR"); } }'),
      ["warning: RestTemplate is made without a timeout, and GET /price waits for it (GET /price; Shop.price calls of)"],
    );
  });

  it("names the request before the clock, whichever method it comes to", async () => {
    assert.deepEqual(
      await told(`@RestController class Shop {
  private Rates rates;
  @Scheduled(cron = "0 0 3 * * *") void load() { rates.of("EUR"); }
  @GetMapping("/rates") String rates() { return rates.all(); }
}`),
      ["warning: RestTemplate is made without a timeout, and GET /rates waits for it (GET /rates; Shop.rates calls all)"],
    );
  });

  it("names the clock whose thread stands still", async () => {
    assert.deepEqual(
      await told('@Component class Shop { private Rates rates; @Scheduled(cron = "0 0 3 * * *") void load() { rates.of("EUR"); } }'),
      ["warning: RestTemplate is made without a timeout, and @Scheduled load waits for it (@Scheduled load; Shop.load calls of)"],
    );
  });

  it("is quieter about jobs with threads of their own, and about what nobody is known to come to", async () => {
    assert.deepEqual(
      await told("class Shop implements Job { private Rates rates; public void execute(JobExecutionContext context) { rates.all(); } }"),
      ["information: RestTemplate is made without a timeout, and Quartz Shop waits for it (Quartz Shop; Shop.execute calls all)"],
    );
    assert.deepEqual(await told("class Shop { private Rates rates; void load() { rates.all(); } }"), [
      "information: RestTemplate is made without a timeout ()",
    ]);
  });
});
