import type { NginxDirective } from "../../facts/container/containerFacts.ts";
import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import { defineRule } from "../rule.ts";
import { directivesOf } from "./nginxBlocks.ts";

export const nginxImmutableUnhashed = defineRule({
  id: "config/nginx-immutable-unhashed",
  title: "Files whose names never change are cached for a year",
  language: "container",
  certainty: "likely",
  cost: "users keep old code for as long as the cache says, whatever is deployed",
  severity: "warning",
  references: [
    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Cache-Control#immutable",
    "https://docs.flutter.dev/deployment/web",
    "https://nginx.org/en/docs/http/ngx_http_headers_module.html#expires",
  ],
  messages: {
    page: "{{location}} caches pages for {{time}}: index.html has no other name after a deployment",
    flutter: "{{location}} caches for {{time}}: the files of a Flutter build keep their names",
  },

  check({ file, model, report }) {
    if (file.container.kind !== "nginx" || isForDevelopment(file.file)) return;
    for (const { directive, around } of directivesOf(file.container.directives)) {
      const time = lifetimeOf(directive);
      const location = around.find(({ name }) => name === "location");
      if (time === undefined) continue;
      const server = around.find(({ name }) => name === "server");
      if (around[0] !== undefined && around[0] === server) {
        const pages = server.block?.find((one) => one.name === "location" && servesPages(one) && !setsLifetime(one));
        if (pages !== undefined && !hasPageOfItsOwn(server))
          report({ at: directive.span, message: "page", data: { location: shownAs(pages), time } });
        continue;
      }
      if (location === undefined) continue;
      const shown = shownAs(location);
      if (servesPages(location) && hasPageOfItsOwn(server, location)) continue;
      if (servesPages(location)) report({ at: directive.span, message: "page", data: { location: shown, time } });
      else if (servesCode(location) && hasFlutter(model))
        report({ at: directive.span, message: "flutter", data: { location: shown, time } });
    }
  },
});

const shownAs = (location: NginxDirective): string => `location ${location.args.join(" ")}`.slice(0, 40);
const setsLifetime = ({ block }: NginxDirective): boolean =>
  (block ?? []).some(({ name, args }) => name === "expires" || (name === "add_header" && args[0]?.toLowerCase() === "cache-control"));

/** `location = /index.html` with a lifetime of its own: `try_files` leads to it. */
const hasPageOfItsOwn = (server: NginxDirective | undefined, except?: NginxDirective): boolean =>
  (server?.block ?? []).some(
    (one) => one !== except && one.name === "location" && /\.html?\b/.test(one.args.at(-1) ?? "") && setsLifetime(one),
  );

const LONG_SECONDS = 30 * 24 * 3600;

/** "a year", "31536000 s"; undefined for what is short or no lifetime. */
function lifetimeOf({ name, args }: NginxDirective): string | undefined {
  if (name === "expires") {
    const value = args.at(-1) ?? "";
    if (value === "max") return "ten years";
    const [, number, unit] = /^(\d+)([yMwd])$/.exec(value) ?? [];
    const days = Number(number) * ({ y: 365, M: 30, w: 7, d: 1 }[unit ?? ""] ?? 0);
    return days * 24 * 3600 >= LONG_SECONDS ? value : undefined;
  }
  if (name !== "add_header" || args[0]?.toLowerCase() !== "cache-control") return undefined;
  const value = args[1] ?? "";
  const age = Number(/max-age=(\d+)/.exec(value)?.[1] ?? 0);
  return age >= LONG_SECONDS ? `${age} s` : undefined;
}

function servesPages({ args, block }: NginxDirective): boolean {
  const path = args.at(-1) ?? "";
  if (/\.html?\b|\(.*html.*\)/.test(path)) return true;
  return (
    (path === "/" || args.join(" ") === "= /index.html") &&
    (block ?? []).some(({ name }) => name === "try_files" || name === "index" || name === "root")
  );
}

/** A pattern of file endings among which is code; folders may hold hashed names. */
const servesCode = ({ args }: NginxDirective): boolean =>
  /^~\*?$/.test(args[0] ?? "") && /\bjs\b|wasm/.test(args[1] ?? "") && !/[0-9a-f]\{|\{8|hash/.test(args[1] ?? "");

function hasFlutter({
  configuration,
}: {
  readonly configuration: { modules(): readonly string[]; buildOf(file: string): { readonly flutter: boolean } };
}): boolean {
  return configuration.modules().some((module) => configuration.buildOf(module === "" ? "pubspec.yaml" : `${module}/pubspec.yaml`).flutter);
}
