import assert from "node:assert/strict";
import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { TestWorkspace } from "../../../harness/check.ts";

describe("java/expensive-object-per-call, beside another machine", () => {
  const severities = async (work: string, annotation = ""): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([expensiveObjectPerCall]);
    await workspace.put([
      [
        "src/main/java/shop/Advice.java",
        `package shop; import com.fasterxml.jackson.databind.ObjectMapper; import org.springframework.web.bind.annotation.*;
import org.springframework.web.client.RestTemplate;
@RestController class Advice {
  private final RestTemplate model;
  @GetMapping("/advice") String advice(String text) throws Exception { ${work} return schema(text); }
  ${annotation} public String schema(String text) throws Exception { return new ObjectMapper().writeValueAsString(text); }
}`,
      ],
    ]);
    return workspace.findings().map(({ severity }) => severity);
  };

  // box/mojito asks a language model, which takes seconds, with a schema that a new mapper has made.
  it("is information where the request asks it as well, and a warning where it does not", async () => {
    assert.deepEqual(await severities('model.postForObject("/ask", text, String.class);'), ["information"]);
    assert.deepEqual(await severities(""), ["warning"]);
    assert.deepEqual(await severities("java.util.concurrent.CompletableFuture<String> asked = later(text); asked.join();"), [
      "information",
    ]);
    assert.deepEqual(await severities("java.util.concurrent.CompletableFuture<String> asked = later(text);"), ["warning"]);
  });

  // dataverse harvests on a thread of its own, whoever asks for it.
  it("is information where the request does not wait for it", async () => {
    assert.deepEqual(await severities("", "@Async"), ["information"]);
  });
});
