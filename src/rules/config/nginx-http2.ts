import type { NginxDirective } from "../../facts/container/containerFacts.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, inherited } from "./nginxBlocks.ts";

export const nginxHttp2 = defineRule({
  id: "config/nginx-http2",
  title: "nginx speaks HTTP/1.1 only to browsers",
  language: "container",
  certainty: "likely",
  severity: "information",
  cost: "six requests of a page at a time, the others wait; headers are sent uncompressed with each",
  references: [
    "https://nginx.org/en/docs/http/ngx_http_v2_module.html",
    "https://www.rfc-editor.org/rfc/rfc9113.html#name-introduction",
    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Connection_management_in_HTTP_1.x",
  ],
  messages: { off: "{{server}} listens with TLS, and without HTTP/2" },

  check({ file, model, report }) {
    if (file.container.kind !== "nginx" || model.deployment.hasProxyBefore()) return;
    const { directives } = file.container;
    for (const { directive: server, around } of directivesOf(directives)) {
      if (server.name !== "server" || server.block === undefined || !serves(server.block)) continue;
      const listens = server.block.filter(({ name }) => name === "listen");
      const secure = listens.find(({ args }) => args.includes("ssl"));
      if (secure === undefined || listens.some(({ args }) => args.includes("http2") || args.includes("quic"))) continue;
      const set = inherited("http2", [server, ...around], directives)[0];
      // Whoever writes it down, on or off, has decided.
      if (set !== undefined) continue;
      const name = server.block.find((directive) => directive.name === "server_name")?.args[0];
      if (name !== undefined && /^localhost\.|\.local(?:host)?$/.test(name)) continue;
      report({ at: secure.span, message: "off", data: { server: name === undefined || name === "_" ? "A server" : name } });
    }
  },
});

/** A server that only sends browsers elsewhere has nothing to speed up. */
const serves = (block: readonly NginxDirective[]): boolean =>
  [...directivesOf(block)].some(({ directive }) => /^(?:root|alias|try_files|(?:proxy|fastcgi|uwsgi)_pass)$/.test(directive.name));
