import { httpClientNoTimeout } from "../../../src/rules/java/http-client-no-timeout.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";

rule(httpClientNoTimeout, {
  reports: {
    "a client that is there for everybody but who develops, and one for production": `
//- src/main/java/shop/Clients.java
package shop;
import org.springframework.web.client.RestTemplate;
@Configuration
class Clients {
  @Bean @Profile("!dev") RestTemplate strict() { return new RestTemplate(); }
                                                      //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout
}
//- src/main/java/shop/LiveClients.java
package shop;
import org.springframework.web.client.RestTemplate;
@Configuration @Profile({"dev", "prod"})
class LiveClients {
  @Bean RestTemplate strict() { return new RestTemplate(); }
                                     //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout
}
`,
    "a RestTemplate in a field": `
//- src/main/java/shop/Payments.java
package shop;

import org.springframework.web.client.RestTemplate;

class Payments {
    private final RestTemplate rest = new RestTemplate();
                                    //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout

    void charge(Order order) {
        rest.postForObject("/charge", order, String.class);
    }
}
`,
    "a client whose package is imported as a whole": `
//- src/main/java/shop/Payments.java
package shop;

import org.springframework.web.client.*;

class Payments {
    private final RestTemplate rest = new RestTemplate();
                                    //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout
}
`,
    "a RestClient without a transport": `
//- src/main/java/shop/Payments.java
package shop;
import org.springframework.web.client.RestClient;
class Payments {
  private final RestClient rest = RestClient.create();
                                //^^^^^^^^^^^^^^^^^^^ 💡 RestClient is made without a timeout
}
`,
    // Consdata/kouncil
    "a RestClient of one address": `
//- src/main/java/shop/Teams.java
package shop;
import org.springframework.web.client.RestClient;
class Teams {
  private final RestClient rest = RestClient.create("https://teams.example/graphql");
                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 RestClient is made without a timeout
}
`,
    "a RestClient over what somebody else has made": `
//- src/main/java/shop/Teams.java
package shop;
import org.springframework.web.client.RestClient;
class Teams {
  private final RestClient rest;
  Teams(Object base) {
    rest = RestClient.create(base);
         //^^^^^^^^^^^^^^^^^^^^^^^ RestClient is made without a timeout
  }
}
`,
    "a client of a language model": `
//- src/main/java/shop/AiAdvisor.java
package shop;

import org.springframework.web.client.RestTemplate;

class AiAdvisor {
    private final RestTemplate rest = new RestTemplate();
                                    //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout
}
`,
    "a RestClient over Apache's client": `
${pom("spring-boot-starter-web").replace("  </dependencies>", "    <dependency><groupId>org.apache.httpcomponents.client5</groupId><artifactId>httpclient5</artifactId></dependency>\n  </dependencies>").trimEnd()}
//- src/main/java/shop/Payments.java
package shop;
import org.springframework.web.client.RestClient;
class Payments {
  private final RestClient rest = RestClient.create();
                                //^^^^^^^^^^^^^^^^^^^ RestClient is made without a timeout
}
`,
    "the client of the JDK": `
//- src/main/java/shop/Payments.java
package shop;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;

class Payments {
    private final HttpClient http = HttpClient.newHttpClient();
                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 HttpClient is made without a timeout
    HttpRequest request() { return HttpRequest.newBuilder().build(); }
    HttpRequest payments() {
        return HttpRequest.newBuilder()
                .GET()
                .build();
    }
}
`,
  },
  ignores: {
    // Remy2404/wing-ecommerce: a client that trusts every certificate, beside that of production.
    "clients that are there while somebody develops": `
//- src/main/java/shop/Clients.java
package shop;
import org.springframework.web.client.RestTemplate;
@Configuration
class Clients {
  @Bean @Profile("dev") RestTemplate trusting() { return new RestTemplate(); }
}
//- src/main/java/shop/LocalClients.java
package shop;
import org.springframework.web.client.RestTemplate;
@Configuration @Profile({"local", "test"})
class LocalClients {
  @Bean RestTemplate trusting() { return new RestTemplate(); }
}
`,
    // jpinpoint-rules #159, #286, #402: a name of the client's type says nothing yet.
    "a client that is injected": `
//- src/main/java/shop/Payments.java
package shop;
import org.springframework.web.client.RestTemplate;
class Payments {
  private final RestTemplate rest;
  Payments(RestTemplate rest) { this.rest = rest; }
}
`,
    // uaa asks a template for the converters that it has.
    "a template that calls nobody": `
//- src/main/java/shop/Errors.java
package shop;
import java.util.List;
import org.springframework.web.client.RestTemplate;
class Errors {
  private final List<?> converters = new RestTemplate().getMessageConverters();
}
`,
    // mosip/resident-services
    "a builder of addresses with the name of the client's": `
//- src/main/java/shop/Payments.java
package shop;
import java.net.URI;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.util.UriComponentsBuilder;
class Payments {
  private RestTemplateBuilder builder;
  URI address(String base, Object... parts) {
    UriComponentsBuilder builder = UriComponentsBuilder.fromUriString(base);
    return builder.build(parts);
  }
}
`,
    "a request factory": `
//- src/main/java/shop/Payments.java
package shop;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.RestClient;
class Payments {
  private final RestTemplate rest = new RestTemplate(factory());
  private final RestClient client = RestClient.builder().requestFactory(factory()).build();
}
`,
    "a request factory set afterwards": `
//- src/main/java/shop/Payments.java
package shop;
import org.springframework.web.client.RestTemplate;
class Payments {
  RestTemplate rest() {
    RestTemplate rest = new RestTemplate();
    rest.setRequestFactory(factory());
    return rest;
  }
}
`,
    "a timeout at the request": `
//- src/main/java/shop/Payments.java
package shop;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
class Payments {
  private final HttpClient http = HttpClient.newHttpClient();
  HttpRequest request() { return HttpRequest.newBuilder().timeout(Duration.ofSeconds(5)).build(); }
}
`,
    "clients that give up by themselves": `
//- src/main/java/shop/Payments.java
package shop;
import okhttp3.OkHttpClient;
class Payments {
  private final OkHttpClient http = new OkHttpClient();
}
`,
  },
  fixes: {
    "a RestTemplate in a field": `
//- src/main/java/shop/Payments.java
package shop;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

class Payments {
    private final RestTemplate rest = new RestTemplate(requestFactory());

    void charge(Order order) {
        rest.postForObject("/charge", order, String.class);
    }

    private static SimpleClientHttpRequestFactory requestFactory() {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(2_000);
        factory.setReadTimeout(10_000);
        return factory;
    }
}
`,
    // The simple factory would know no PATCH.
    "a RestClient without a transport": `
//- src/main/java/shop/Payments.java
package shop;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
class Payments {
  private final RestClient rest = RestClient.builder().requestFactory(requestFactory()).build();

  private static JdkClientHttpRequestFactory requestFactory() {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);
    factory.setReadTimeout(Duration.ofSeconds(10));
    return factory;
  }
}
`,
    "a RestClient of one address": `
//- src/main/java/shop/Teams.java
package shop;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
class Teams {
  private final RestClient rest = RestClient.builder().baseUrl("https://teams.example/graphql").requestFactory(requestFactory()).build();

  private static JdkClientHttpRequestFactory requestFactory() {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);
    factory.setReadTimeout(Duration.ofSeconds(10));
    return factory;
  }
}
`,
    "a client of a language model": `
//- src/main/java/shop/AiAdvisor.java
package shop;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

class AiAdvisor {
    private final RestTemplate rest = new RestTemplate(requestFactory());

    private static SimpleClientHttpRequestFactory requestFactory() {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(2_000);
        factory.setReadTimeout(60_000);
        return factory;
    }
}
`,
    "the client of the JDK": `
//- src/main/java/shop/Payments.java
package shop;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

class Payments {
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request() { return HttpRequest.newBuilder().timeout(Duration.ofSeconds(10)).build(); }
    HttpRequest payments() {
        return HttpRequest.newBuilder()
                .timeout(Duration.ofSeconds(10))
                .GET()
                .build();
    }
}
`,
  },
});
