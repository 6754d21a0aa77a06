import { httpPoolDefault } from "../../../src/rules/java/http-pool-default.ts";
import { rule } from "../../harness/rule.ts";

const endpoint = `
//- src/shop/Api.java
package shop;
@RestController
class Api { @GetMapping("/price") String price() { return ""; } }
`;

const config = (body: string, library = "org.apache.http.impl"): string => `${endpoint}
//- src/shop/Clients.java
package shop;
import ${library}.client.HttpClients;
import ${library}.client.HttpClientBuilder;
@Configuration
class Clients {
${body}
}
`;

rule(httpPoolDefault, {
  reports: {
    "a bean of version 4": config(`
  @Bean CloseableHttpClient client() {
    return HttpClients.custom().disableCookieManagement().build();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ HttpClients.custom has 2 connections to a host for all requests together
  }`),
    "a manager of connections that nobody sizes": config(`
  private final PoolingHttpClientConnectionManager manager = new PoolingHttpClientConnectionManager();
                                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  @Bean CloseableHttpClient client() { return HttpClients.custom().setConnectionManager(manager).build(); }`),
    "a number for all hosts, and none for one": config(`
  private final PoolingHttpClientConnectionManager manager = new PoolingHttpClientConnectionManager();
                                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PoolingHttpClientConnectionManager has 2 connections to a host for all requests together
  Clients() { manager.setMaxTotal(200); }`),
    "a field of version 5": config(
      `
  private final CloseableHttpClient client = HttpClients.createDefault();
                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^ HttpClients.createDefault has 5 connections to a host for all requests together`,
      "org.apache.hc.client5.http.impl",
    ),
    "a factory of Spring in a constructor": `${endpoint}
//- src/shop/Prices.java
package shop;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
@Service
class Prices {
  Prices(RestTemplate rest) { rest.setRequestFactory(new HttpComponentsClientHttpRequestFactory()); }
                                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ HttpComponentsClientHttpRequestFactory has 5 connections to a host for all requests together
}
`,
  },
  ignores: {
    "a number, or connections that come from elsewhere": config(`
  @Bean CloseableHttpClient sized() { return HttpClients.custom().setMaxConnPerRoute(50).setMaxConnTotal(100).build(); }
  @Bean CloseableHttpClient plain() { return HttpClients.createDefault(); }`),
    "connections that are handed in": config(`
  @Bean CloseableHttpClient client(HttpClientConnectionManager manager) {
    return HttpClients.custom().setConnectionManager(manager).build();
  }`),
    "a client of one call": config(`
  String once() throws Exception {
    try (CloseableHttpClient client = HttpClients.createDefault()) { return client.toString(); }
  }`),
    "a program that answers nobody": config(`
  @Bean CloseableHttpClient client() { return HttpClients.createDefault(); }`).replace("@RestController", ""),
  },
});
