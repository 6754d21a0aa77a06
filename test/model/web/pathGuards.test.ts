import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

const CONTROLLER = `
//- a/Shops.java
package a;
@RestController @RequestMapping("/api/shops")
class Shops {
  @PostMapping void add(@RequestBody String shop) {}
  @GetMapping("/{id}") String one(@PathVariable long id) { return ""; }
}
`;

const chain = (rules: string): string => `
//- a/Security.java
package a;
class Security {
  static final String SHOPS = "/api/shops/**";
  @Bean SecurityFilterChain chain(HttpSecurity http) throws Exception {
    http.csrf(csrf -> csrf.disable()).authorizeHttpRequests(auth -> auth
      ${rules}
      .anyRequest().authenticated());
    return http.build();
  }
}
`;

async function forAdministrators(rules: string, more = ""): Promise<readonly string[]> {
  const model = await modelOf(CONTROLLER + chain(rules) + more);
  return model.web.endpoints().flatMap(({ label, forAdministrators: only, forFew }) => {
    assert.equal(only, forFew, label);
    return only ? [label] : [];
  });
}

const BOTH = ["POST /api/shops", "GET /api/shops/{id}"];

describe("paths that a configuration of Spring Security lets administrators in to", () => {
  it("are those of the first rule that matches", async () => {
    assert.deepEqual(await forAdministrators('.requestMatchers("/api/shops/**").hasRole("ADMIN")'), BOTH);
    assert.deepEqual(
      await forAdministrators(
        '.requestMatchers(HttpMethod.GET, "/api/shops/**").permitAll().requestMatchers("/api/shops/**").hasRole("ADMIN")',
      ),
      ["POST /api/shops"],
    );
    assert.deepEqual(
      await forAdministrators('.requestMatchers("/api/**").authenticated().requestMatchers("/api/shops/**").hasRole("ADMIN")'),
      [],
    );
  });

  it("are told by constants, authorities and other names of the matchers", async () => {
    for (const rule of [
      '.requestMatchers(SHOPS).hasAuthority("ROLE_ADMIN")',
      '.antMatchers("/api/shops", "/api/shops/*").hasAnyRole("ADMIN", "SUPER_ADMIN")',
      '.requestMatchers("/api/**").hasAuthority(Role.ADMIN.name())',
      '.requestMatchers("/api/{part}/**").hasRole(Role.ADMIN)',
    ])
      assert.deepEqual(await forAdministrators(rule), BOTH, rule);
  });

  it("are none where others come in, or the path is another", async () => {
    for (const rule of [
      '.requestMatchers("/api/shops/**").hasAnyRole("ADMIN", "CLERK")',
      '.requestMatchers("/api/shops").permitAll()',
      '.requestMatchers("/api/shopkeepers/**").hasRole("ADMIN")',
      '.requestMatchers("/api/*").hasRole("CLERK")',
    ])
      assert.deepEqual(await forAdministrators(rule), [], rule);
    assert.deepEqual(await forAdministrators('.requestMatchers("/api/*").hasRole("ADMIN")'), ["POST /api/shops"]);
  });

  it("are those of the configuration that is nearest", async () => {
    const other = chain('.requestMatchers("/**").hasRole("ADMIN")').replace("a/Security", "b/Security");
    assert.deepEqual(await forAdministrators('.requestMatchers("/login").permitAll()', other), []);
  });
});
