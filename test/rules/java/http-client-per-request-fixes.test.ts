import { httpClientPerRequest } from "../../../src/rules/java/http-client-per-request.ts";
import { rule } from "../../harness/rule.ts";

const vet = (fields: string, body: string) => `
//- src/vet/Calls.java
package vet;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestTemplate;

@Service
class Calls {
${fields}    private final Duration patience;

    Calls(Duration patience) {
        this.patience = patience;
    }

${body}
}
`;

rule(httpClientPerRequest, {
  reports: {
    "a client of constants that sends": vet(
      "",
      `    int call(HttpRequest request) throws Exception {
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 HttpClient is made anew at each call of Calls.call
        return client.send(request, ofString()).statusCode();
    }`,
    ),
    "a template, asked at once": vet(
      '    private static final String NAME = "vet";\n',
      `    String call(String url) {
        return new RestTemplate().getForObject(url, String.class);
             //^^^^^^^^^^^^^^^^^^ 💡 RestTemplate is made anew at each call of Calls.call
    }`,
    ),
    "what a value of the object sets, what is set later, and one that keeps cookies": vet(
      "",
      `    int patient(HttpRequest request) throws Exception {
        HttpClient client = HttpClient.newBuilder().connectTimeout(patience).build();
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        return client.send(request, ofString()).statusCode();
    }
    String strict(String url) {
        RestTemplate rest = new RestTemplate();
                          //^^^^^^^^^^^^^^^^^^
        rest.setErrorHandler(new Strict());
        return rest.getForObject(url, String.class);
    }
    void cookies(HttpGet request) throws Exception {
        CloseableHttpClient client = HttpClients.createDefault();
                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^
        client.execute(request);
    }`,
    ),
  },
  ignores: {
    "a client of the class": vet(
      "    private static final HttpClient HTTP_CLIENT = HttpClient.newHttpClient();\n",
      "    int call(HttpRequest request) throws Exception { return HTTP_CLIENT.send(request, ofString()).statusCode(); }",
    ),
  },
  fixes: {
    "a client of constants that sends": vet(
      `    private static final HttpClient HTTP_CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

`,
      `    int call(HttpRequest request) throws Exception {
        return HTTP_CLIENT.send(request, ofString()).statusCode();
    }`,
    ),
    "a template, asked at once": vet(
      `    private static final String NAME = "vet";
    private static final RestTemplate REST_TEMPLATE = new RestTemplate();
`,
      `    String call(String url) {
        return REST_TEMPLATE.getForObject(url, String.class);
    }`,
    ),
  },
});
