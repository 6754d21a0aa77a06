import assert from "node:assert/strict";
import { httpClientNoTimeout } from "../../../../src/rules/java/http-client-no-timeout.ts";
import { TestWorkspace } from "../../../harness/check.ts";

describe("java/http-client-no-timeout, of a method that hands a client out", () => {
  const severities = async (members: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([httpClientNoTimeout]);
    await workspace.put([
      [
        "src/main/java/shop/Rates.java",
        `package shop; import org.springframework.stereotype.Service; import org.springframework.web.client.RestTemplate;
@Service class Rates { private RestTemplate given; ${members} int rate() { return given.hashCode(); } }`,
      ],
      [
        "src/main/java/shop/RateController.java",
        `package shop; import org.springframework.web.bind.annotation.*;
@RestController class RateController { private final Rates rates; @GetMapping("/rate") int rate() { return rates.rate(); } }`,
      ],
    ]);
    return workspace.findings().map(({ severity }) => severity);
  };
  const made = "RestTemplate template() { return new RestTemplate(); }";

  // box/mojito has such a method beside the field that it uses.
  it("hints where requests come to other methods of its class alone", async () => {
    assert.deepEqual(await severities(`public ${made}`), ["hint"]);
  });

  it("is a warning where the container calls it, or the class itself", async () => {
    assert.deepEqual(await severities(`@Bean ${made}`), ["warning"]);
    assert.deepEqual(await severities(`public ${made} void fill() { given = template(); }`), ["warning"]);
    assert.deepEqual(await severities("RestTemplate own = new RestTemplate();"), ["warning"]);
  });
});
