import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type ParsedToken, TokenParses } from "./shared/requests/tokenParses.ts";

export const tokenParsedTwice = defineRule({
  id: "java/token-parsed-twice",
  title: "One request verifies the same token several times",
  language: "java",
  certainty: "proven",
  // A signature takes some ten microseconds.
  severity: "hint",
  cost: "one more check of the signature, and one more parse of the claims, for each time after the first",
  references: [
    "https://datatracker.ietf.org/doc/html/rfc7519#section-7.2",
    "https://github.com/jwtk/jjwt#reading-a-jwt",
    "https://docs.spring.io/spring-security/reference/servlet/oauth2/resource-server/jwt.html",
  ],
  messages: { again: "{{filter}} verifies {{token}} {{times}} times per request" },

  check({ file, model, report }) {
    let parses: TokenParses | undefined;
    for (const type of file.java.types) {
      if (type.kind !== "class" || !type.methods.some(({ name }) => FILTER_ENTRIES.has(name) || name === "authenticate")) continue;
      const entries = model.types.reaches({ file, type }, FILTERS) ? FILTER_ENTRIES : AUTHENTICATOR_ENTRIES;
      if (entries === AUTHENTICATOR_ENTRIES && !model.types.reaches({ file, type }, AUTHENTICATORS)) continue;
      parses ??= new TokenParses(model);
      for (const method of model.calls.methodsIn(file.file)) {
        const { owner, method: declared } = method.declared;
        if (owner.type !== type || !entries.has(declared.name)) continue;
        for (const { name, parses: found } of parses.in(method)) {
          const second = found[1];
          if (second === undefined) continue;
          report({
            at: { start: second.call.nameStart, end: second.call.end },
            message: "again",
            data: { filter: `${type.name}.${declared.name}`, token: name, times: found.length },
            cost: `${found.length - 1} more ${found.length === 2 ? "check" : "checks"} of the signature per request`,
            related: steps(found),
          });
        }
      }
    }
  },
});

/** What each request runs through, and the methods that it calls there. */
const FILTER_ENTRIES: ReadonlySet<string> = new Set(["doFilterInternal", "doFilter", "preHandle", "filter"]);
const FILTERS: ReadonlySet<string> = new Set([
  "OncePerRequestFilter",
  "GenericFilterBean",
  "GenericFilter",
  "Filter",
  "BasicAuthenticationFilter",
  "AbstractAuthenticationProcessingFilter",
  "UsernamePasswordAuthenticationFilter",
  "AbstractPreAuthenticatedProcessingFilter",
  "HandlerInterceptor",
  "HandlerInterceptorAdapter",
  "AsyncHandlerInterceptor",
  "WebFilter",
  "GlobalFilter",
  "GatewayFilter",
]);
const AUTHENTICATOR_ENTRIES: ReadonlySet<string> = new Set(["authenticate"]);
const AUTHENTICATORS: ReadonlySet<string> = new Set(["AuthenticationProvider", "AuthenticationManager", "ReactiveAuthenticationManager"]);

/** The ways down to the library, each place once. */
function steps(parses: ParsedToken["parses"]): readonly RelatedPlace[] {
  const byPlace = new Map<string, RelatedPlace>();
  for (const place of parses.flatMap(({ chain }) => chain)) byPlace.set(`${place.at.file} ${place.at.start}`, place);
  return [...byPlace.values()];
}
