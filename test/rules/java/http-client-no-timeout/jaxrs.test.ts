import { httpClientNoTimeout } from "../../../../src/rules/java/http-client-no-timeout.ts";
import { rule } from "../../../harness/rule.ts";
import { webAndJpa } from "../../config/builds.ts";

const weather = (made: string, more = ""): string => `
//- src/main/java/shop/Weather.java
package shop;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.util.concurrent.TimeUnit;
class Weather {
${more}
  String today(String city) {
    Client client =
      ${made}
    return client.target("https://weather.example").path(city).request().get(String.class);
  }
}
`;

rule(httpClientNoTimeout, {
  reports: {
    "a client of JAX-RS": weather(`ClientBuilder.newClient();
    //^^^^^^^^^^^^^^^^^^^^^^^^^ JAX-RS Client is made without a timeout`),
    "a builder of JAX-RS": weather(`ClientBuilder.newBuilder().build();
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JAX-RS Client is made without a timeout`),
    "connecting ends, the answer does not": weather(`ClientBuilder.newBuilder().connectTimeout(30, TimeUnit.SECONDS).build();
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JAX-RS Client has a timeout for connecting, and none for the answer`),
    "Spring Boot's builder, too": `
${webAndJpa.trimEnd()}
//- src/main/java/shop/Clients.java
package shop;
import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;
@Configuration
class Clients {
  @Bean
  RestTemplate payments(RestTemplateBuilder builder) {
    return builder.setConnectTimeout(Duration.ofSeconds(2)).build();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate has a timeout for connecting, and none for the answer
  }
}
`,
  },
  ignores: {
    "both ends": weather("ClientBuilder.newBuilder().connectTimeout(30, TimeUnit.SECONDS).readTimeout(60, TimeUnit.SECONDS).build();"),
    "a property of the implementation": weather(
      'ClientBuilder.newBuilder().connectTimeout(30, TimeUnit.SECONDS).property("jersey.config.client.readTimeout", 60000).build();',
    ),
    "a property that a constant names": weather(
      "ClientBuilder.newClient();",
      "  void limit(Client client) { client.property(ClientProperties.READ_TIMEOUT, 5000); }",
    ),
    "a configuration that is handed in": weather("ClientBuilder.newClient(config);"),
    "a registered part that may bring them": weather("ClientBuilder.newBuilder().register(defaults).build();"),
    // CXF gives up after a minute, RESTEasy Reactive after half of one.
    "an implementation that ends by itself": weather("ClientBuilder.newClient();").concat(`
//- pom.xml
<project>
  <artifactId>shop</artifactId>
  <dependencies><dependency><groupId>org.apache.cxf</groupId><artifactId>cxf-rt-rs-client</artifactId></dependency></dependencies>
</project>
`),
    "a builder of another library": weather("ClientBuilder.newClient();").replace(
      "jakarta.ws.rs.client.ClientBuilder",
      "club.lib.ClientBuilder",
    ),
  },
});
