import type { NginxDirective } from "../../facts/container/containerFacts.ts";
import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, held } from "./nginxBlocks.ts";

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
    if (file.container.kind !== "nginx" || isForDevelopment(file.file) || model.deployment.hasProxyBefore()) return;
    const { directives } = file.container;
    const all = [...directivesOf(directives)];
    for (const { directive: server, around } of all) {
      if (server.name !== "server" || server.block === undefined || !serves(server.block)) continue;
      const listens = server.block.filter(({ name }) => name === "listen");
      const secure = listens.find(({ args }) => args.includes("ssl"));
      if (secure === undefined || listens.some(({ args }) => args.includes("http2") || args.includes("quic"))) continue;
      const set = held("http2", [server, ...around], directives, model.deployment);
      // Whoever writes it down, on or off, has decided.
      if (set.directives.length > 0 || (set.open && server.block.some((directive) => directive.name === "include"))) continue;
      // What one server says of a socket holds for all that listen there.
      if (all.some(({ directive: { name, args } }) => name === "listen" && args[0] === secure.args[0] && args.includes("http2"))) continue;
      const name = server.block.find((directive) => directive.name === "server_name")?.args[0];
      if (name !== undefined && /^local(?:host)?\.|\.local(?:host)?$/.test(name)) continue;
      report({ at: secure.span, message: "off", data: { server: name === undefined || name === "_" ? "A server" : name } });
    }
  },
});

/** A server that only sends browsers elsewhere has nothing to speed up. */
const serves = (block: readonly NginxDirective[]): boolean =>
  [...directivesOf(block)].some(({ directive }) => /^(?:root|alias|try_files|(?:proxy|fastcgi|uwsgi)_pass)$/.test(directive.name));
