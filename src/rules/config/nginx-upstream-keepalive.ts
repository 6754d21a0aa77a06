import { defineRule } from "../rule.ts";
import { directivesOf, inherited } from "./nginxBlocks.ts";

export const nginxUpstreamKeepalive = defineRule({
  id: "config/nginx-upstream-keepalive",
  title: "nginx opens a connection to the application for each request",
  language: "container",
  certainty: "likely",
  cost: "one TCP handshake per request, and a port that stays taken for a minute",
  references: [
    "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive",
    "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version",
  ],
  messages: {
    none: "upstream {{name}} has no keepalive: each request opens a connection",
    closed: "proxy_pass to {{name}} closes each connection: {{why}}",
  },

  check({ file, report }) {
    if (file.container.kind !== "nginx") return;
    const { directives } = file.container;
    const all = [...directivesOf(directives)];
    for (const { directive: upstream } of all) {
      const [name] = upstream.args;
      if (upstream.name !== "upstream" || upstream.block === undefined || name === undefined) continue;
      const users = all.filter(
        ({ directive }) => directive.name === "proxy_pass" && directive.args[0] !== undefined && hostOf(directive.args[0]) === name,
      );
      if (users.length === 0) continue;
      if (!upstream.block.some((directive) => directive.name === "keepalive")) {
        report({
          at: { start: upstream.nameSpan.start, end: upstream.nameSpan.end },
          message: "none",
          data: { name },
          related: users
            .slice(0, 5)
            .map(({ directive }) => ({ at: { file: file.file, ...directive.span }, message: `requests go to ${name} here` })),
        });
        continue;
      }
      for (const { directive, around } of users) {
        const version = inherited("proxy_http_version", around, directives)[0]?.args[0];
        const headers = inherited("proxy_set_header", around, directives);
        const connection = headers.find(({ args }) => args[0]?.toLowerCase() === "connection")?.args[1];
        const why =
          version === undefined || version === "1.0"
            ? "proxy_http_version is not 1.1"
            : connection === undefined || connection === "close"
              ? "the Connection header is not cleared"
              : undefined;
        if (why !== undefined) report({ at: directive.span, message: "closed", data: { name, why } });
      }
    }
  },
});

const hostOf = (target: string): string => /^https?:\/\/([^/:]+)/.exec(target)?.[1] ?? target;
