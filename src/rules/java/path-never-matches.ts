import { type CodeNode, childrenOf, mentions, stringsNamed } from "../../facts/java/code.ts";
import type { Model } from "../../model/model.ts";
import { constantOf } from "../../model/types/constants.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";

export const pathNeverMatches = defineRule({
  id: "java/path-never-matches",
  title: "An interceptor, filter or resource handler for paths that no request has",
  language: "java",
  certainty: "proven",
  cost: "what it is there for is never done: no limit on requests, no cache header, no timing",
  references: [
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.server.server.servlet.context-path",
    "https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-config/interceptors.html",
    "https://jakarta.ee/specifications/servlet/6.0/jakarta-servlet-spec-6.0#mapping-requests-to-servlets",
  ],
  messages: { prefixed: "{{call}} of {{pattern}} never matches: paths are compared without the context path {{context}}" },

  check({ file, model, report }) {
    const { code } = file.java;
    const named = stringsNamed(code, NARROWING);
    const context = named === undefined ? undefined : contextPathOf(model, file.file);
    if (named === undefined || context === undefined) return;
    for (const method of model.calls.methodsIn(file.file)) {
      const { owner, method: declared } = method.declared;
      if (!mentions(code, declared.body, named)) continue;
      const { nodes } = model.calls.codeOf(method);
      const prefixed = (node: CodeNode): boolean => constantOf(node, owner, model.types)?.startsWith(`${context}/`) ?? false;
      for (const call of nodes) {
        const patterns = call.kind === "call" && isOneOf(NARROWING, call) ? childrenOf(call, "argument") : [];
        const [first] = patterns;
        if (first === undefined || !patterns.every(prefixed)) continue;
        report({
          at: { start: call.nameStart, end: call.end },
          message: "prefixed",
          data: { call: call.text, pattern: constantOf(first, owner, model.types) ?? "", context },
          related: model.configuration
            .everyValue(CONTEXT_PATH, file.file)
            .map(({ at }) => ({ at, message: "the context path is set here" })),
          fixes: withoutPrefix(file.file, nodes, context),
        });
      }
    }
  },
});

/** What says for which paths something is there; all of them are compared with the path within the application. */
const NARROWING = ["addPathPatterns", "addUrlPatterns", "addResourceHandler"] as const;
/** What leaves some of these out again. */
const EXCLUDING = ["excludePathPatterns"] as const;
const CONTEXT_PATH = "server.servlet.context-path";

const isOneOf = (names: readonly string[], { text }: CodeNode): boolean => names.includes(text);

/** "/api/v1", where all settings agree on it, and no path within the application begins with the same. */
function contextPathOf({ configuration, web }: Model, file: string): string | undefined {
  const values = configuration.everyValue(CONTEXT_PATH, file);
  const [first] = values;
  const context = first?.value.trim().replace(/\/+$/, "");
  if (context === undefined || !context.startsWith("/") || configuration.inEnvironment(CONTEXT_PATH, file).length > 0) return undefined;
  if (values.some(({ known, value }) => !known || value.trim().replace(/\/+$/, "") !== context)) return undefined;
  return web.endpoints().some(({ path }) => path === context || path.startsWith(`${context}/`)) ? undefined : context;
}

/** `"/api/v1/orders/**"` → `"/orders/**"`, for all patterns that a method writes out. */
function withoutPrefix(file: string, nodes: readonly CodeNode[], context: string): readonly Fix[] {
  const calls = nodes.filter((node) => node.kind === "call" && isOneOf([...NARROWING, ...EXCLUDING], node));
  const written = calls.flatMap((call) =>
    childrenOf(call, "argument").flatMap(({ kind, start }) => (kind === "literal" ? [start + 1] : [])),
  );
  if (written.length === 0) return [];
  return [
    {
      title: `Leave out ${context}`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        const prefixes = written.filter((start) => text?.startsWith(`${context}/`, start));
        const edits = prefixes.map((start) => replace({ start, end: start + context.length }, ""));
        return edits.length === 0 ? undefined : [{ kind: "change", file, edits }];
      },
    },
  ];
}
