import { httpClientNoTimeout } from "../../../../src/rules/java/http-client-no-timeout.ts";
import { rule } from "../../../harness/rule.ts";

const registry = (imports: string, send: string, ask: string, more = "") => `
//- src/main/java/shop/Registry.java
package shop;

${imports}

class Registry {
    void send(String form) {
        ${send}
    }

    String ask(String number) {
        ${ask}
    }${more}
}
`;

rule(httpClientNoTimeout, {
  reports: {
    // informatique-jss/jss-backend makes one for each of its 26 calls.
    "a template for each call": registry(
      "import org.springframework.web.client.RestTemplate;",
      `new RestTemplate().postForLocation("https://registry.example/forms", form);
      //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout; 1 more in this class`,
      `return new RestTemplate().getForObject("https://registry.example/" + number, String.class);
             //~~~~~~~~~~~~~~~~~~ RestTemplate is made here, too`,
    ),
    "clients of two kinds, one of them given in a way of its own": registry(
      "import org.springframework.web.client.RestClient;\nimport org.springframework.web.client.RestTemplate;",
      `new RestTemplate().postForLocation("https://registry.example/forms", form);
      //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made without a timeout`,
      `return RestClient.create().get().uri("https://registry.example/" + number).retrieve().body(String.class);
             //^^^^^^^^^^^^^^^^^^^ 💡 RestClient is made without a timeout`,
    ),
  },
  ignores: {},
  fixes: {
    "a template for each call": registry(
      "import org.springframework.http.client.SimpleClientHttpRequestFactory;\nimport org.springframework.web.client.RestTemplate;",
      'new RestTemplate(requestFactory()).postForLocation("https://registry.example/forms", form);',
      'return new RestTemplate(requestFactory()).getForObject("https://registry.example/" + number, String.class);',
      `

    private static SimpleClientHttpRequestFactory requestFactory() {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(2_000);
        factory.setReadTimeout(10_000);
        return factory;
    }`,
    ),
  },
});
