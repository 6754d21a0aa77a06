import assert from "node:assert/strict";
import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { rule } from "../../../harness/rule.ts";

const filter = (usual: string, marker = ""): string => `
//- src/main/java/shop/Failures.java
package shop;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.web.filter.OncePerRequestFilter;
@Component
class Failures extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(HttpServletRequest in, HttpServletResponse to, FilterChain next) {
    try { ${usual} } catch (Exception failed) { answer(401, to); }
  }
  public void answer(int status, HttpServletResponse to) {
    ObjectMapper mapper = new ObjectMapper();
${marker}
    to.getWriter().write(mapper.writeValueAsString(status));
  }
}
`;

rule(expensiveObjectPerCall, {
  reports: {
    "a method that is called for more than mistakes": filter(
      "answer(200, to); next.doFilter(in, to);",
      "                        //^^^^^^^^^^^^^^^^^^ 💡 new ObjectMapper is built at each Failures.doFilterInternal",
    ),
  },
  ignores: {
    "a method that answers once something has failed": filter("next.doFilter(in, to);"),
    "a method of another class that answers once something has failed": `
//- src/main/java/shop/Tokens.java
package shop;
import org.springframework.web.filter.OncePerRequestFilter;
@Component
class Tokens extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(HttpServletRequest in, HttpServletResponse to, FilterChain next) {
    try { read(in); } catch (RuntimeException failed) { Answers.refuse(to); }
    next.doFilter(in, to);
  }
}
//- src/main/java/shop/Answers.java
package shop;
import com.fasterxml.jackson.databind.ObjectMapper;
class Answers {
  static void refuse(HttpServletResponse to) { to.getWriter().write(new ObjectMapper().writeValueAsString(401)); }
}
`,
  },
});

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
