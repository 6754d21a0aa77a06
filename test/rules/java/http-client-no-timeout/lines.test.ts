import { httpClientNoTimeout } from "../../../../src/rules/java/http-client-no-timeout.ts";
import { rule } from "../../../harness/rule.ts";

const clients = (imports: string, built: string): string => `
//- src/main/java/shop/Clients.java
package shop;

${imports}import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;

@Configuration
class Clients {
    @Bean
    RestTemplate payments() {
        return new RestTemplateBuilder()
${built}
            .build();
    }
}
`;

rule(httpClientNoTimeout, {
  reports: {
    "a builder whose calls stand below each other": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.4.1</version></parent>
  <artifactId>shop</artifactId>
</project>
${clients("", '            .rootUri("https://pay.example")')
  .trimStart()
  .replace(
    "return new RestTemplateBuilder()",
    "return new RestTemplateBuilder()\n             //^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout",
  )}`,
    "a builder in a file of Google's style, whose lines have a hundred characters": `
//- pom.xml
<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.4.1</version></parent>
  <artifactId>shop</artifactId>
</project>
//- src/main/java/shop/Clients.java
package shop;
import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;
@Configuration
class Clients {
  @Bean
  RestTemplate payments(RestTemplateBuilder paymentsBuilder) {
    return paymentsBuilder.build();
         //^^^^^^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout
  }
}
`,
  },
  ignores: {},
  fixes: {
    "a builder in a file of Google's style, whose lines have a hundred characters": `
//- src/main/java/shop/Clients.java
package shop;
import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.web.client.RestTemplate;
@Configuration
class Clients {
  @Bean
  RestTemplate payments(RestTemplateBuilder paymentsBuilder) {
    return paymentsBuilder
        .connectTimeout(Duration.ofSeconds(2))
        .readTimeout(Duration.ofSeconds(10))
        .build();
  }
}
`,
    "a builder whose calls stand below each other": clients(
      "import java.time.Duration;\n",
      `            .rootUri("https://pay.example")
            .connectTimeout(Duration.ofSeconds(2))
            .readTimeout(Duration.ofSeconds(10))`,
    ),
  },
});
