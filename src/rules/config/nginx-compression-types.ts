import type { NginxDirective } from "../../facts/container/containerFacts.ts";
import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import { indentAt, insertAt, lineBreakOf } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, held } from "./nginxBlocks.ts";

export const nginxCompressionTypes = defineRule({
  id: "config/nginx-compression-types",
  title: "gzip is on, and leaves out what is sent most",
  language: "container",
  certainty: "proven",
  cost: "JSON, scripts and WebAssembly travel at three to ten times their compressed size",
  references: [
    "https://nginx.org/en/docs/http/ngx_http_gzip_module.html#gzip_types",
    "https://docs.flutter.dev/platform-integration/web/wasm",
  ],
  messages: {
    html: "gzip is on for text/html alone: gzip_types is not set",
    missing: "gzip_types leaves out {{types}}",
  },

  check({ file, model, report }) {
    if (file.container.kind !== "nginx" || isForDevelopment(file.file)) return;
    const { directives } = file.container;
    const all = [...directivesOf(directives)];
    for (const { directive, around } of all) {
      if (directive.name !== "gzip" || directive.args[0] !== "on") continue;
      const { directives: types, open } = held("gzip_types", around, directives, model.deployment);
      // A file that is included somewhere may have its types around it.
      if (types.length === 0 && (around.length === 0 || open)) continue;
      const below = all
        .filter((other) => around.length === 0 || other.around.includes(around[0] as NginxDirective))
        .map((other) => other.directive);
      const ahead = /^(?:on|always)$/.test(held("gzip_static", around, directives, model.deployment).directives[0]?.args[0] ?? "");
      if (types.length === 0) {
        // Blocks within may name their own; what gRPC sends is compressed by itself.
        if (below.some(({ name }) => name === "gzip_types") || (ahead && !below.some(passes))) continue;
        if (below.some(({ name }) => name === "grpc_pass") && !below.some(answers)) continue;
        report({ at: directive.span, message: "html", fixes: addTypes(file.file, directive) });
        continue;
      }
      const named = types.flatMap(({ args }) => args);
      if (named.includes("*")) continue;
      // A list of another file is told there, if at all.
      if (!all.some((other) => other.directive === types[0])) continue;
      const missing = wantedBy(below, ahead).filter((type) => !named.includes(type));
      const [first] = types;
      if (missing.length > 0 && first !== undefined)
        report({
          at: first.span,
          message: "missing",
          data: { types: missing.join(", ") },
          certainty: "likely",
          fixes: extend(file.file, first, missing),
        });
    }
  },
});

const passes = ({ name }: NginxDirective): boolean => /^(?:proxy|fastcgi|uwsgi|grpc)_pass$/.test(name);

const answers = ({ name }: NginxDirective): boolean => /^(?:(?:proxy|fastcgi|uwsgi)_pass|try_files|root|alias)$/.test(name);

/** What goes through a block: answers of an API behind it, files from the disk, as far as nobody has compressed them `ahead`. */
function wantedBy(below: readonly NginxDirective[], ahead: boolean): readonly string[] {
  const wanted: string[] = [];
  if (below.some(passes)) wanted.push("application/json");
  if (ahead) return wanted;
  const files = below.some(({ name }) => name === "try_files" || name === "root" || name === "alias");
  if (files) wanted.push("application/javascript", "text/css");
  const wasm = below.some(({ args }) => args.some((argument) => /wasm/.test(argument)));
  if (wasm) wanted.push("application/wasm");
  return wanted;
}

const TYPES = "application/json application/javascript text/css text/plain image/svg+xml application/wasm font/ttf font/otf";

function addTypes(file: string, directive: NginxDirective): readonly Fix[] {
  return [
    {
      title: "Add gzip_types",
      safe: false,
      edits: (sources) => {
        const text = sources.text(file);
        if (text === undefined) return undefined;
        const line = `${lineBreakOf(text)}${indentAt(text, directive.span.start)}gzip_types ${TYPES};`;
        return [{ kind: "change", file, edits: [insertAt(directive.span.end, line)] }];
      },
    },
  ];
}

function extend(file: string, types: NginxDirective, missing: readonly string[]): readonly Fix[] {
  return [
    {
      title: `Add ${missing.join(", ")}`,
      safe: false,
      edits: (sources) => {
        const at = types.span.end - 1;
        if (sources.text(file)?.[at] !== ";") return undefined;
        return [{ kind: "change", file, edits: [insertAt(at, ` ${missing.join(" ")}`)] }];
      },
    },
  ];
}
