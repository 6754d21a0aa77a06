import assert from "node:assert/strict";
import { httpClientPerRequest } from "../../../src/rules/java/http-client-per-request.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const imports = `package shop;
import java.net.http.HttpClient;
import okhttp3.OkHttpClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;`;

rule(httpClientPerRequest, {
  reports: {
    "a client in a method that an endpoint calls": `
//- src/shop/Payments.java
${imports}
@Service
class Payments {
  String charge(Order order) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 HttpClient is made anew for each POST /pay
    return http.send(order.request(), ofString()).body();
  }
}
//- src/shop/PayController.java
package shop;
@RestController
class PayController {
  private final Payments payments;
  @PostMapping("/pay") String pay(Order order) throws Exception { return payments.charge(order); }
                            //~~~ POST /pay
}
`,
    "a client whose answer is returned": `
//- src/shop/Payments.java
${imports}
@Service
class Payments {
  String charge(Order order) throws Exception { return HttpClient.newHttpClient().send(order.request(), ofString()).body(); }
                                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 HttpClient is made anew at each call of Payments.charge
}
`,
    "a builder, and a call at once": `
//- src/shop/Payments.java
${imports}
@Service
class Payments {
  void charge(Order order) throws Exception {
    new OkHttpClient.Builder().build().newCall(order.request()).execute();
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 OkHttpClient is made anew at each call of Payments.charge
  }
}
`,
    "a method that hands one out for one call": `
//- src/shop/Rates.java
${imports}
@Service
class Rates {
  String rate() { return client().get().toString(); }
  private WebClient client() { return WebClient.builder().baseUrl("https://rates.example").build(); }
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WebClient is made anew at each call of Rates.client
}
`,
    "a client of a store in the cloud": `
//- src/shop/Pictures.java
package shop;
import software.amazon.awssdk.services.s3.S3Client;
@Service
class Pictures {
  byte[] load(String key) {
    S3Client store = S3Client.builder().region(region).build();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S3Client is made anew at each call of Pictures.load
    return store.getObjectAsBytes(request(key)).asByteArray();
  }
}
`,
  },
  ignores: {
    // wangqiqi95/mall4cloud makes a client for each call over the connections of a field.
    "a client over connections that are shared": `
//- src/shop/Letters.java
package shop;
import org.apache.http.impl.client.HttpClients;
@Service
class Letters {
  private static final PoolingHttpClientConnectionManager SHARED = new PoolingHttpClientConnectionManager();
  void send() throws Exception { HttpClients.custom().setConnectionManager(SHARED).build().execute(get()); }
}
`,
    "beans, constructors, fields and start-up": `
//- src/shop/Payments.java
${imports}
@Service
class Payments {
  private final HttpClient http = HttpClient.newHttpClient();
  private final RestTemplate rest;
  private WebClient web;
  Payments() { rest = new RestTemplate(); }
  @PostConstruct void start() { web = WebClient.create(); }
  @Bean RestTemplate bean() { RestTemplate made = new RestTemplate(); made.setErrorHandler(null); return made; }
}
`,
    "a client that a bean makes once": `
//- src/shop/Payments.java
${imports}
@Service
class Payments {
  private String limits;
  String limits(Order order) throws Exception {
    if (limits == null) limits = read(order);
    return limits;
  }
  private String read(Order order) throws Exception { return HttpClient.newHttpClient().send(order.request(), ofString()).body(); }
}
//- src/shop/PayController.java
package shop;
@RestController
class PayController {
  private final Payments payments;
  @GetMapping("/limits") String limits(Order order) throws Exception { return payments.limits(order); }
}
`,
    "a client that is kept or handed over": `
//- src/shop/Payments.java
${imports}
@Service
class Payments {
  private WebClient web;
  WebClient lazily() { if (web == null) web = WebClient.create(); return web; }
  RestTemplate factory() { return new RestTemplate(); }
  RestTemplate configured() { RestTemplate made = new RestTemplate(); made.setErrorHandler(null); return made; }
  RestClient ofBoot(RestClient.Builder builder) { builder.build().get(); return null; }
  String read() { RestTemplate kept = held(); return kept.toString(); }
  private RestTemplate held() { return new RestTemplate(); }
  Object wrapped() { HttpClient http = HttpClient.newHttpClient(); return new Adapter(http); }
}
`,
  },
});

describe("java/http-client-per-request", () => {
  const weightOf = async (made: string): Promise<string> => {
    const workspace = new TestWorkspace([httpClientPerRequest]);
    await workspace.put(
      parseFixture(`
//- src/shop/PayController.java
${imports}
@RestController
class PayController {
  @PostMapping("/pay") String pay(Order order) { return ${made}.toString(); }
}
`).files,
    );
    return workspace
      .findings()
      .map(({ severity, certainty, cost }) => `${severity} ${certainty}: ${/handshake|converters/.exec(cost)?.[0]}`)
      .join();
  };

  // codedynamitegroup/backend-programming-learning-system: Reactor Netty keeps the connections of all of them in one pool
  it("knows whose connections are kept elsewhere", async () => {
    assert.equal(await weightOf("HttpClient.newHttpClient()"), "warning proven: handshake");
    assert.equal(await weightOf('WebClient.create("http://pay")'), "information likely: converters");
    assert.equal(await weightOf("new RestTemplate()"), "information likely: converters");
  });
});
