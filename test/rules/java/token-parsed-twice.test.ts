import { tokenParsedTwice } from "../../../src/rules/java/token-parsed-twice.ts";
import { rule } from "../../harness/rule.ts";

const TOKENS = `
//- src/main/java/shop/Tokens.java
package shop;
@Component
class Tokens {
  private final JwtParser parser = Jwts.parser().verifyWith(key()).build();
  String nameIn(String token) { return claims(token, Claims::getSubject); }
  boolean isValid(String token, UserDetails user) { return nameIn(token).equals(user.getUsername()) && !isExpired(token); }
  boolean isGenuine(String token) {
    try { parser.parseSignedClaims(token); return true; } catch (JwtException e) { return false; }
  }
  private boolean isExpired(String token) { return claims(token, Claims::getExpiration).before(new Date()); }
  <T> T claims(String token, Function<Claims, T> wanted) { return wanted.apply(all(token)); }
  private Claims all(String token) { return parser.parseSignedClaims(token).getPayload(); }
                                                 //~~~~~~~~~~~~~~~~~~~~~~~~ related
}`;
const filter = (body: string, more = ""): string => `
//- src/main/java/shop/TokenFilter.java
package shop;
@Component
class TokenFilter extends OncePerRequestFilter {
  private final Tokens tokens;
  private final UserDetailsService users;
  @Override protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
${body}
    chain.doFilter(request, response);
  }
  private String tokenIn(HttpServletRequest request) { return request.getHeader("Authorization").substring(7); }
${more}
}`;
const plain = TOKENS.replace(/\n *\/\/~+ related/, "");

rule(tokenParsedTwice, {
  reports: {
    "the name, then the name and the end once more": `${TOKENS}${filter(`
    String header = request.getHeader("Authorization");
    if (header != null) {
      String token = header.substring(7);
      String name = tokens.nameIn(token);
      UserDetails user = users.loadUserByUsername(name);
      if (tokens.isValid(token, user)) {
               //^^^^^^^^^^^^^^^^^^^^ TokenFilter.doFilterInternal verifies token 3 times per request
        login(user);
      }
    }`)}
`,
    "valid, then read, in a try that has another way out": `${plain}${filter(`
    try {
      String token = tokenIn(request);
      if (token != null && tokens.isGenuine(token)) {
        login(tokens.nameIn(token));
                   //^^^^^^^^^^^^^ TokenFilter.doFilterInternal verifies token 2 times per request
      }
    } catch (RuntimeException e) {
      log.error("no login", e);
    }`)}
`,
    "not valid, which leaves": `${plain}${filter(`
    String token = tokenIn(request);
    if (!tokens.isGenuine(token)) {
      chain.doFilter(request, response);
      return;
    }
    login(tokens.nameIn(token));
               //^^^^^^^^^^^^^ TokenFilter.doFilterInternal verifies token 2 times per request`)}
`,
    "all of it below one call, the header asked for twice": `${plain}${filter(
      `
    authenticate(request);
  //^^^^^^^^^^^^^^^^^^^^^ TokenFilter.doFilterInternal verifies request 2 times per request`,
      `  private void authenticate(HttpServletRequest request) {
    if (tokens.isGenuine(tokenIn(request))) login(tokens.nameIn(tokenIn(request)));
  }`,
    )}
`,
    "Spring Security's decoder behind an interface, in an interceptor": `
//- src/main/java/shop/Reader.java
package shop;
interface Reader { Jwt read(String token); }
//- src/main/java/shop/JwtReader.java
package shop;
import org.springframework.security.oauth2.jwt.JwtDecoder;
@Component
class JwtReader implements Reader {
  private final JwtDecoder decoder;
  public Jwt read(String token) { return decoder.decode(token); }
}
//- src/main/java/shop/TokenInterceptor.java
package shop;
class TokenInterceptor implements HandlerInterceptor {
  private final Reader reader;
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    String token = request.getHeader("X-Token");
    request.setAttribute("user", reader.read(token).getSubject());
    request.setAttribute("roles", reader.read(token).getClaimAsStringList("roles"));
                                       //^^^^^^^^^^^ TokenInterceptor.preHandle verifies token 2 times per request
    return true;
  }
}
`,
    "Auth0's verifier": `
//- src/main/java/shop/TokenFilter.java
package shop;
class TokenFilter implements Filter {
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
    String token = header(request);
    JWT.require(algorithm).build().verify(token);
    String name = JWT.require(algorithm).build().verify(token).getSubject();
                                               //^^^^^^^^^^^^^ TokenFilter.doFilter verifies token 2 times per request
  }
}
`,
  },
  ignores: {
    "claims that are read once and handed on": `${plain}${filter(`
    String token = tokenIn(request);
    String name = tokens.nameIn(token);
    login(name);`)}
`,
    "either of two": `${plain}${filter(`
    String token = tokenIn(request);
    if (request.getMethod().equals("GET")) login(tokens.nameIn(token));
    else check(tokens.isGenuine(token));`)}
`,
    "the second only where the first one said no": `${plain}${filter(`
    String token = tokenIn(request);
    boolean known = tokens.isGenuine(token) || isGuest(tokens.nameIn(token));`)}
`,
    "a token that is not valid, for the log": `${plain}${filter(`
    String token = tokenIn(request);
    if (!tokens.isGenuine(token)) log.warn("{} tried", tokens.nameIn(token));`)}
`,
    "a failure's way": `${plain}${filter(`
    String token = tokenIn(request);
    try {
      login(tokens.nameIn(token));
    } catch (JwtException e) {
      log.warn("valid: {}", tokens.isGenuine(token));
    }`)}
`,
    "two tokens": `${plain}${filter(`
    String token = tokenIn(request);
    String renewal = request.getHeader("X-Renewal");
    if (tokens.isGenuine(token)) login(tokens.nameIn(renewal));`)}
`,
    "a token that is another afterwards": `${plain}${filter(`
    String token = tokenIn(request);
    if (tokens.isGenuine(token)) {
      token = renew(token);
      login(tokens.nameIn(token));
    }`)}
`,
    "a payload that is read without its signature": `
//- src/main/java/shop/TokenFilter.java
package shop;
class TokenFilter implements Filter {
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
    String token = header(request);
    String id = JWT.decode(token).getId();
    String name = JWT.decode(token).getSubject();
  }
}
`,
    "code that no filter is": `${plain}
//- src/main/java/shop/Login.java
package shop;
class Login {
  private final Tokens tokens;
  void authenticate(String token) { if (tokens.isGenuine(token)) login(tokens.nameIn(token)); }
}
`,
    "claims that a cache keeps": `
//- src/main/java/shop/Tokens.java
package shop;
@Component
class Tokens {
  private final JwtParser parser = Jwts.parser().verifyWith(key()).build();
  @Cacheable("claims") public Claims claims(String token) { return parser.parseSignedClaims(token).getPayload(); }
}${filter(`
    String token = tokenIn(request);
    if (tokens.claims(token).getExpiration().after(now())) login(tokens.claims(token).getSubject());`)}
`,
  },
});
