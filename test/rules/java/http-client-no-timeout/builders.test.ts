import { httpClientNoTimeout } from "../../../../src/rules/java/http-client-no-timeout.ts";
import { rule } from "../../../harness/rule.ts";
import { webAndJpa } from "../../config/builds.ts";

/** Clients of builders that Spring Boot, or the application, makes. */
rule(httpClientNoTimeout, {
  reports: {
    "a builder of Spring Boot in the middle of a long line": `
${webAndJpa.trimEnd()}
//- src/main/java/shop/Clients.java
package shop;

import org.springframework.boot.web.client.RestTemplateBuilder;

class Clients {
    private final PaymentGatewayOfTheShop payments;

    Clients(RestTemplateBuilder restTemplateBuilder) {
        this.payments = new PaymentGatewayOfTheShop("https://pay.example", restTemplateBuilder.build());
                                                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    }
}
`,
    "a builder of Spring Boot that nobody gave a timeout": `
${webAndJpa.trimEnd()}
//- src/main/java/shop/Clients.java
package shop;

import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;

@Configuration
class Clients {
    @Bean
    RestTemplate payments(RestTemplateBuilder builder) {
        return builder.rootUri("https://pay.example").build();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout
    }
}
`,
  },
  ignores: {
    "a builder that the application makes with timeouts": `
${webAndJpa.trimEnd()}
//- src/main/java/shop/Builders.java
package shop;
import java.time.Duration;
import org.springframework.boot.autoconfigure.web.client.RestTemplateBuilderConfigurer;
import org.springframework.boot.web.client.RestTemplateBuilder;
@Configuration
class Builders {
  @Bean RestTemplateBuilder builder(RestTemplateBuilderConfigurer configurer) {
    return configurer.configure(new RestTemplateBuilder()).connectTimeout(Duration.ofSeconds(1)).readTimeout(Duration.ofSeconds(5));
  }
}
//- src/main/java/shop/Clients.java
package shop;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;
@Service
class Clients {
  private final RestTemplate payments;
  Clients(RestTemplateBuilder builder) { payments = builder.build(); }
}
`,
    "a builder with timeouts, from properties or a customizer": `
${webAndJpa.trimEnd()}
//- src/main/resources/application.yml
spring:
  http:
    client:
      read-timeout: 5s
//- src/main/java/shop/Clients.java
package shop;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;
@Configuration
class Clients {
  @Bean RestTemplate payments(RestTemplateBuilder builder) { return builder.rootUri("https://pay.example").build(); }
}
`,
  },
  fixes: {
    "a builder of Spring Boot that nobody gave a timeout": `
//- src/main/java/shop/Clients.java
package shop;

import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;

@Configuration
class Clients {
    @Bean
    RestTemplate payments(RestTemplateBuilder builder) {
        return builder.rootUri("https://pay.example")
                .connectTimeout(Duration.ofSeconds(2))
                .readTimeout(Duration.ofSeconds(10))
                .build();
    }
}
`,
    "a builder of Spring Boot in the middle of a long line": `
//- src/main/java/shop/Clients.java
package shop;

import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateBuilder;

class Clients {
    private final PaymentGatewayOfTheShop payments;

    Clients(RestTemplateBuilder restTemplateBuilder) {
        this.payments = new PaymentGatewayOfTheShop("https://pay.example", restTemplateBuilder
                .connectTimeout(Duration.ofSeconds(2))
                .readTimeout(Duration.ofSeconds(10))
                .build());
    }
}
`,
  },
});
