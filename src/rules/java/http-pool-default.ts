import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, nodesOf, unpack } from "../../facts/java/code.ts";
import type { JavaType } from "../../facts/java/javaFacts.ts";
import { dotted } from "../../model/calls/typing/typer.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { isMadeForDevelopment } from "./shared/running/developmentBeans.ts";

export const httpPoolDefault = defineRule({
  id: "java/http-pool-default",
  title: "A shared HTTP client with a handful of connections",
  language: "java",
  certainty: "likely",
  severity: "information",
  cost: "calls beyond the pool's connections to a host wait for one of them",
  references: [
    "https://hc.apache.org/httpcomponents-client-4.5.x/current/tutorial/html/connmgmt.html",
    "https://github.com/apache/httpcomponents-client/blob/rel/v5.3/httpclient5/src/main/java/org/apache/hc/client5/http/impl/io/PoolingHttpClientConnectionManager.java",
  ],
  messages: { few: "{{client}} has {{number}} connections to a host for all requests together" },

  check({ file, model, report }) {
    const { code, imports, types } = file.java;
    if (!imports.some(({ name }) => CLIENTS.test(name)) || code.strings.some((text) => SIZES.test(text))) return;
    const five = imports.some(({ name }) => name.startsWith("org.apache.hc."));
    if (!servesRequests(model, file.file)) return;
    for (const type of types) {
      for (const index of sharedCode(type)) {
        for (const node of nodesOf(unpack(code, index))) {
          const made = madeBy(node, five);
          if (made !== undefined && !isMadeForDevelopment(model, { file, type }, node)) report({ at: node, message: "few", data: made });
        }
      }
    }
  },
});

const CLIENTS =
  /^org\.apache\.(?:http|hc)\..*\.(?:HttpClients|HttpClientBuilder|PoolingHttpClientConnectionManager(?:Builder)?)$|\.HttpComponentsClientHttpRequestFactory$/;
/** Whoever names one of these has thought of the number for a host, or takes it from elsewhere. How many there are in all is another one. */
const SIZES = /^set(?:Default)?Max(?:Conn)?PerRoute$|^setConnectionManagerShared$|^useSystemProperties$|^setHttpClient$/;

/** Fields, constructors and beans: what is made there serves all requests. A client made in a method is another rule's affair. */
function sharedCode({ fields, methods }: JavaType): readonly number[] {
  return [
    ...fields.map(({ initializer }) => initializer),
    ...methods
      .filter(({ kind, annotations }) => kind === "constructor" || annotationNamed(annotations, "Bean") !== undefined)
      .map(({ body }) => body),
  ].filter((index) => index >= 0);
}

function madeBy(node: CodeNode, five: boolean): { readonly client: string; readonly number: string } | undefined {
  if (node.kind === "new") {
    const given = childrenOf(node, "argument").length;
    if (node.type === "HttpComponentsClientHttpRequestFactory" && given === 0) return { client: node.type, number: "5" };
    return node.type === "PoolingHttpClientConnectionManager" ? { client: node.type, number: five ? "5" : "2" } : undefined;
  }
  if (node.kind !== "call") return undefined;
  const on = childOf(node, "receiver");
  const name = on === undefined ? "" : (dotted(on) ?? "");
  if (name === "HttpClients" && node.text === "createDefault") return { client: "HttpClients.createDefault", number: five ? "5" : "2" };
  if (node.text !== "build") return undefined;
  for (let at = on; at !== undefined; at = childOf(at, "receiver")) {
    const root = dotted(childOf(at, "receiver") ?? at);
    // The connections are made elsewhere, and judged there.
    if (at.kind !== "call" || at.text === "setConnectionManager") return undefined;
    if (BUILDERS.has(`${root}.${at.text}`)) return { client: `${root}.${at.text}`, number: five ? "5" : "2" };
  }
  return undefined;
}

const BUILDERS: ReadonlySet<string> = new Set([
  "HttpClients.custom",
  "HttpClientBuilder.create",
  "PoolingHttpClientConnectionManagerBuilder.create",
]);

/** A program that answers nobody sends its own requests one after the other. */
function servesRequests(model: Model, file: JavaFile["file"]): boolean {
  const module = model.configuration.moduleOf(file);
  return model.web.endpoints().some((endpoint) => model.configuration.moduleOf(endpoint.file) === module);
}
