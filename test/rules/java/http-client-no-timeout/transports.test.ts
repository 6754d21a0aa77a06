import { httpClientNoTimeout } from "../../../../src/rules/java/http-client-no-timeout.ts";
import { rule } from "../../../harness/rule.ts";
import { webAndJpa } from "../../config/builds.ts";

const build = webAndJpa.trimEnd();
const apache = (body: string): string => `
//- src/main/java/shop/Letters.java
package shop;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
class Letters {
${body}
}
`;
const apacheTransport = (set: string, marker = ""): string => `
//- src/main/java/shop/Clients.java
package shop;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;
class Clients {
  private final RestTemplate client = new RestTemplate();
  Clients(HttpClient told) {
    ${set}
${marker}
  }
}
`;
const handedIn = (kind: string, body: string, more = ""): string => `
${build}
//- src/main/java/shop/Clients.java
package shop;
import ${kind};
@Configuration
class Clients {
${body}
}
${more}`;
const REST = "org.springframework.web.client.RestClient";
const WEB = "org.springframework.web.reactive.function.client.WebClient";
const weather = (ask: string): string => `//- src/main/java/shop/Weather.java
package shop;
import ${WEB};
@Service
class Weather {
  private final WebClient web;
  String today() { return web.get().retrieve().bodyToMono(String.class)${ask}; }
}
`;
const webClient = (marker: string): string => `
  @Bean WebClient weather(WebClient.Builder builder) { return builder.baseUrl("https://weather.example").build(); }
${marker}`;
const connection = (body: string): string => `
//- src/main/java/shop/Rates.java
package shop;
import java.net.HttpURLConnection;
import java.net.URL;
@RestController
class Rates {
  @GetMapping("/rate") int rate() throws Exception {
${body}
  }
}
`;

rule(httpClientNoTimeout, {
  reports: {
    "Apache's client, which waits for an answer without end": apache(`
  void send() throws Exception {
    try (var http = HttpClients.createDefault()) { http.execute(new HttpGet("https://letters.example"), r -> 1); }
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^ Apache HttpClient is made without a timeout
  }`),
    "one kind of client that a class makes at several places": apache(`
  void send() throws Exception {
    try (var http = HttpClients.createDefault()) { http.execute(new HttpGet("https://letters.example"), r -> 1); }
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^ Apache HttpClient is made without a timeout; 1 more in this class
  }
  void sendAgain() throws Exception {
    try (var http = HttpClients.createDefault()) { http.execute(new HttpGet("https://letters.example/again"), r -> 1); }
                  //~~~~~~~~~~~~~~~~~~~~~~~~~~~ Apache HttpClient is made here, too
  }`),
    "Apache's client with connections that only have a number": apache(`
  Object http() {
    PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager();
    connections.setMaxTotal(50);
    return HttpClients.custom().setConnectionManager(connections).build();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Apache HttpClient is made without a timeout
  }`),
    "the JDK's client that gives up connecting only": `
//- src/main/java/shop/Payments.java
package shop;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

class Payments {
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 HttpClient has a timeout for connecting, and none for the answer
    HttpRequest request() { return HttpRequest.newBuilder().build(); }
}
`,
    "a transport of Spring's that nobody told": `
//- src/main/java/shop/Clients.java
package shop;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;
class Clients {
  RestTemplate logged() { return new RestTemplate(new BufferingClientHttpRequestFactory(new SimpleClientHttpRequestFactory())); }
                                                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SimpleClientHttpRequestFactory is made without a timeout
}
`,
    "Apache's transport that nobody told": apacheTransport(
      "client.setRequestFactory(new HttpComponentsClientHttpRequestFactory());",
      "                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ HttpComponentsClientHttpRequestFactory is made without a timeout",
    ),
    "a builder of RestClient that is handed in": handedIn(
      REST,
      `
  @Bean RestClient rates(RestClient.Builder builder) { return builder.baseUrl("https://rates.example").build(); }
                                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestClient is made without a timeout`,
    ),
    "a WebClient that a thread waits for": handedIn(
      WEB,
      webClient(
        "                                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WebClient is made without a timeout",
      ),
      weather(".block()"),
    ),
    "a connection that a request opens": connection(`
    HttpURLConnection open = (HttpURLConnection) new URL("https://rates.example").openConnection();
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ URLConnection is made without a timeout
    return open.getResponseCode();`),
    "the same, of a package that is imported as a whole": connection(`
    HttpURLConnection open = (HttpURLConnection) new URL("https://rates.example").openConnection();
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ URLConnection is made without a timeout
    return open.getResponseCode();`).replace("java.net.HttpURLConnection", "java.net.*"),
  },
  ignores: {
    "Apache's transport over a client of somebody else's": apacheTransport(
      "var transport = new HttpComponentsClientHttpRequestFactory(); transport.setHttpClient(told); client.setRequestFactory(transport);",
    ),
    "a connection of another kind": connection(`
    return new URL("jar:file:rates.jar!/").openConnection().getContentLength();`).replace("java.net.HttpURLConnection", "java.net.*"),
    "Apache's client whose requests bring a configuration": apache(`
  void send(RequestConfig times) throws Exception {
    HttpGet get = new HttpGet("https://letters.example");
    get.setConfig(times);
    try (var http = HttpClients.createDefault()) { http.execute(get, r -> 1); }
  }`),
    "connections of Apache's that come from elsewhere": apache(
      "  Object http(HttpClientConnectionManager connections) { return HttpClients.custom().setConnectionManager(connections).build(); }",
    ).replace(/.*PoolingHttp.*\n/, ""),
    "answers of the JDK's client that nobody waits for in place": `
//- src/main/java/shop/Payments.java
package shop;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
class Payments {
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  void send() { http.sendAsync(HttpRequest.newBuilder().build(), null); }
}
`,
    "a builder of the application's own, with a transport": handedIn(
      REST,
      '  @Bean RestClient rates(RestClient.Builder builder) { return builder.baseUrl("https://rates.example").build(); }',
      `//- src/main/java/shop/Builders.java
package shop;
import ${REST};
class Builders { @Bean RestClient.Builder builder() { return RestClient.builder().requestFactory(factory()); } }
`,
    ),
    "a WebClient whose answers are waited for so long and no longer": handedIn(
      WEB,
      webClient(""),
      `${weather(".block()")}//- src/main/java/shop/News.java
package shop;
import ${WEB};
class News { String today() { return web.get().retrieve().bodyToMono(String.class).timeout(Duration.ofSeconds(2)).block(); } }
`,
    ),
    "a WebClient that nobody waits for, or for some time": handedIn(WEB, webClient(""), weather(".block(Duration.ofSeconds(2))")),
    "a connection with timeouts": connection(`
    HttpURLConnection open = (HttpURLConnection) new URL("https://rates.example").openConnection();
    open.setReadTimeout(2_000);
    return open.getResponseCode();`),
  },
  fixes: {
    "the JDK's client that gives up connecting only": `
//- src/main/java/shop/Payments.java
package shop;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

class Payments {
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request() { return HttpRequest.newBuilder().timeout(Duration.ofSeconds(10)).build(); }
}
`,
  },
});
