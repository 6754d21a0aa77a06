import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

/** A guest list whose requests pass a filter that reads their token, built with a version of JJWT. */
const guests = (version: string, body: string): string => `
//- pom.xml
<project>
  <artifactId>guests</artifactId>
  <dependencies>
    <dependency><groupId>io.jsonwebtoken</groupId><artifactId>jjwt-api</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
//- src/main/java/guests/Tokens.java
package guests;
import io.jsonwebtoken.*;
import java.security.Key;
@Component
class Tokens {
    private final Key key;
${body}
}
//- src/main/java/guests/GuestController.java
package guests;
@RestController
class GuestController {
    private final Tokens tokens;
    @GetMapping("/guests")
    String all(@RequestHeader String token) { return tokens.subject(token); }
}
`;

const IN_CHAIN = `
    String subject(String token) {
        return Jwts.parserBuilder().setSigningKey(key).build().parseClaimsJws(token).getBody().getSubject();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JwtParser is built at each GET /guests
    }`;

const quiet = (marked: string): string => marked.replace(/^ *\/\/[~^].*\n/gm, "");

rule(expensiveObjectPerCall, {
  reports: {
    // A mentoring app built one for each token twice, until its authors kept one.
    "a parser for each token": guests("0.11.5", IN_CHAIN),
    "a private method that gives a parser to those who use it at once": guests(
      "0.11.2",
      `
    String subject(String token) { return parser().parseClaimsJws(token).getBody().getSubject(); }
    private JwtParser parser() {
        return Jwts.parserBuilder().setSigningKey(key).build();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JwtParser is built at each GET /guests
    }`,
    ),
    "a version that the build of Gradle names": guests("", IN_CHAIN).replace(
      /\/\/- pom\.xml[\s\S]*?<\/project>/,
      `//- build.gradle
ext { tokens = '0.11.5' }
dependencies { runtimeOnly "io.jsonwebtoken:jjwt-impl:\${tokens}" }`,
    ),
    "the parser of old": guests(
      "0.9.1",
      `
    String subject(String token) {
        return Jwts.parser().setSigningKey(key).parseClaimsJws(token).getBody().getSubject();
             //^^^^^^^^^^^^^ JwtParser is built at each GET /guests
    }`,
    ),
  },
  ignores: {
    // A café app checks Apple's tokens, each with the key that Apple names.
    "a parser for the key that is given": guests(
      "0.9.1",
      `
    String subject(String token) { return claims(token, key).getSubject(); }
    Claims claims(String token, Key of) { return Jwts.parser().setSigningKey(of).parseClaimsJws(token).getBody(); }`,
    ),
    "a version that keeps what it has found": guests("0.12.6", quiet(IN_CHAIN)),
    "a version that asks once": guests("0.10.8", quiet(IN_CHAIN)),
    "a version that is filled in by something else": guests("@jjwt.version@", quiet(IN_CHAIN)),
    "a parser that is told what reads JSON": guests(
      "0.11.5",
      `
    String subject(String token) {
        return Jwts.parserBuilder().deserializeJsonWith(reader).setSigningKey(key).build().parseClaimsJws(token).getBody().getSubject();
    }`,
    ),
    "one parser for all": guests(
      "0.11.5",
      `
    private final JwtParser parser;
    Tokens(Key key) { this.parser = Jwts.parserBuilder().setSigningKey(key).build(); }
    String subject(String token) { return parser.parseClaimsJws(token).getBody().getSubject(); }`,
    ),
    "a method that gives a parser to who may keep it": guests(
      "0.11.5",
      `
    String subject(String token) { return ""; }
    JwtParser parser() { return Jwts.parserBuilder().setSigningKey(key).build(); }`,
    ),
  },
});
