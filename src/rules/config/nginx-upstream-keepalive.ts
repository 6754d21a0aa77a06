import type { NginxDirective } from "../../facts/container/containerFacts.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, held } from "./nginxBlocks.ts";

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
    several: "upstream {{name}} and {{more}} more have no keepalive: each request opens a connection",
    closed: "proxy_pass to {{name}} closes each connection: {{why}}",
  },
  toldOnceAlike: ["none", "several"],

  check({ file, model, report }) {
    if (file.container.kind !== "nginx" || isForDevelopment(file.file)) return;
    const { deployment } = model;
    const images = deployment.nginxImages();
    if (images.some(keepsByItself)) return;
    // A server of unknown version may be as new.
    const certainty = images.length === 0 ? ({ certainty: "possible" } as const) : {};
    const { directives } = file.container;
    const all = [...directivesOf(directives)];
    const without: { readonly name: string; readonly upstream: NginxDirective; readonly related: readonly RelatedPlace[] }[] = [];
    for (const { directive: upstream } of all) {
      const [name] = upstream.args;
      if (upstream.name !== "upstream" || upstream.block === undefined || name === undefined) continue;
      const users = all.filter(
        ({ directive }) => directive.name === "proxy_pass" && directive.args[0] !== undefined && hostOf(directive.args[0]) === name,
      );
      if (users.length === 0) continue;
      const headersAt = (around: readonly NginxDirective[]) => held("proxy_set_header", around, directives, deployment);
      const connectionAt = (around: readonly NginxDirective[]) =>
        headersAt(around).directives.find(({ args }) => args[0]?.toLowerCase() === "connection")?.args[1];
      // A connection that becomes a web socket serves nobody else.
      if (users.every(({ around }) => connectionAt(around)?.toLowerCase() === "upgrade")) continue;
      if (!upstream.block.some((directive) => directive.name === "keepalive")) {
        const related = users
          .slice(0, 5)
          .map(({ directive }) => ({ at: { file: file.file, ...directive.span }, message: `requests go to ${name} here` }));
        without.push({ name, upstream, related });
        continue;
      }
      for (const { directive, around } of users) {
        const { directives: versions, open } = held("proxy_http_version", around, directives, deployment);
        const version = versions[0]?.args[0];
        const connection = connectionAt(around);
        if (open || headersAt(around).open) continue;
        const why =
          version === undefined || version === "1.0"
            ? "proxy_http_version is not 1.1"
            : connection === undefined || connection === "close"
              ? "the Connection header is not cleared"
              : undefined;
        if (why !== undefined) report({ at: directive.span, message: "closed", data: { name, why }, ...certainty });
      }
    }
    const [first, ...others] = without;
    if (first === undefined) return;
    const beside = others.map(({ name, upstream }) => ({
      at: { file: file.file, ...upstream.nameSpan },
      message: `${name} has none either`,
    }));
    report({
      at: first.upstream.nameSpan,
      message: others.length === 0 ? "none" : "several",
      data: { name: first.name, more: others.length },
      ...certainty,
      related: [...first.related, ...beside],
    });
  },
});

/**
 * Since 1.29.7 nginx keeps 32 connections to each upstream and speaks HTTP/1.1 to it by itself (https://nginx.org/en/CHANGES); a tag
 * without a version is the newest.
 */
function keepsByItself(image: string): boolean {
  const tag = /:([\w.-]+)(?:@|$)/.exec(image)?.[1] ?? "latest";
  return /^\d+(?:\.\d+)*/.test(tag) ? /\d\.\d/.test(tag) && versionAtLeast(tag, "1.29.7") : !tag.includes("$");
}

const hostOf = (target: string): string => /^https?:\/\/([^/:]+)/.exec(target)?.[1] ?? target;
