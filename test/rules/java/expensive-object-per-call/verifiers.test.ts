import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

const CHAIN = "new GoogleIdTokenVerifier.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance()).setAudience(audience).build()";

rule(expensiveObjectPerCall, {
  reports: {
    // Remy2404/wing-ecommerce: the keys of Google are fetched again for each login.
    "a verifier of Google's tokens for each login": `
//- src/LoginController.java
import com.google.api.client.googleapis.auth.oauth2.GoogleIdTokenVerifier;

@RestController
class LoginController {
    private final List<String> audience;

    @PostMapping("/login/google")
    String login(@RequestBody String token) throws Exception {
        GoogleIdTokenVerifier verifier = ${CHAIN};
                                       //${"^".repeat(CHAIN.length)} GoogleIdTokenVerifier is built at each POST /login/google
        return verifier.verify(token).getPayload().getSubject();
    }
}
`,
  },
  ignores: {
    // AndDev741/Beyou
    "one that a constructor makes, and a bean": `
//- src/LoginController.java
import com.google.api.client.googleapis.auth.oauth2.GoogleIdTokenVerifier;

@RestController
class LoginController {
    private final GoogleIdTokenVerifier verifier;

    LoginController(List<String> audience) {
        this.verifier = ${CHAIN};
    }

    @PostMapping("/login/google")
    String login(@RequestBody String token) throws Exception { return verifier.verify(token).getPayload().getSubject(); }
}
//- src/Verifiers.java
import com.google.api.client.googleapis.auth.oauth2.GoogleIdTokenVerifier;

@Configuration
class Verifiers {
    @Bean GoogleIdTokenVerifier verifier(List<String> audience) { return ${CHAIN}; }
}
`,
  },
});
