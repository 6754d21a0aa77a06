import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, nodesOf, unpack } from "../../facts/java/code.ts";
import type { JavaType } from "../../facts/java/javaFacts.ts";
import { CLIENT_NAMES, type ClientCreation, clientCreation } from "../../model/http/clients.ts";
import type { Model } from "../../model/model.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { setTimeouts } from "./edits/httpTimeouts.ts";

export const httpClientNoTimeout = defineRule({
  id: "java/http-client-no-timeout",
  title: "An HTTP client that waits for ever",
  language: "java",
  certainty: "proven",
  cost: "one thread for as long as the other side says nothing, without end",
  references: [
    "https://docs.spring.io/spring-boot/reference/io/rest-client.html",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/URLConnection.html#setReadTimeout(int)",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/java/net/http/HttpRequest.Builder.html#timeout(java.time.Duration)",
  ],
  messages: { endless: "{{client}} is made without a timeout" },

  check({ file, model, report }) {
    if (!namesClient(file) || isSettledInFile(file)) return;
    for (const type of file.java.types) {
      for (const creation of creationsIn(file, type)) {
        const certainty = endless(model, file, creation);
        if (certainty === undefined) continue;
        report({
          at: { start: creation.node.start, end: creation.node.end },
          message: "endless",
          data: { client: creation.client },
          certainty,
          fixes: setTimeouts(model, file, type, creation),
        });
      }
    }
  },
});

const namesClient = (file: JavaFile): boolean =>
  file.java.imports.some(({ name, wildcard }) => !wildcard && CLIENT_NAMES.has(name.slice(name.lastIndexOf(".") + 1)));

/** A file that sets a timeout, or gives its client another transport, knows of them. */
function isSettledInFile({ java }: JavaFile): boolean {
  return java.code.strings.some((text) => SETS.test(text));
}

const SETS =
  /^(?:set)?(?:connect|read|response|connection|socket|call)?(?:request)?timeout(?:millis|s)?$|^setRequestFactory$|^clientConnector$/i;

function creationsIn(file: JavaFile, type: JavaType): readonly ClientCreation[] {
  const bodies = [...type.fields.map(({ initializer }) => initializer), ...type.methods.map(({ body }) => body)].filter(
    (index) => index >= 0,
  );
  return bodies.flatMap((index) => {
    const nodes = nodesOf(unpack(file.java.code, index));
    const typeOf = ({ text: name, start }: CodeNode): string | undefined => {
      // A builder of URIs may have the name of the field that holds the client's.
      if (nodes.some((node) => node.kind === "local" && node.text === name && node.start < start)) return undefined;
      const method = type.methods.find((candidate) => candidate.body === index);
      const declared = method?.parameters.find((parameter) => parameter.name === name) ?? type.fields.find((field) => field.name === name);
      return declared === undefined ? undefined : bareName(declared.type);
    };
    return nodes.flatMap((node) => clientCreation(node, (root) => (root.kind === "name" ? typeOf(root) : undefined)) ?? []);
  });
}

/** Undefined for clients whose defaults end, and for those that are told of a transport or of properties. */
function endless(model: Model, { file, java }: JavaFile, { client, steps, arguments: given, root }: ClientCreation): Certainty | undefined {
  if (model.configuration.codeSettles("own-http-timeouts", file)) return undefined;
  switch (client) {
    case "RestTemplate":
      if (steps.length === 0) return given === 0 ? "proven" : undefined;
      if (steps.some((step) => CONFIGURES.test(step)) || hasTimeoutProperty(model, file)) return undefined;
      return root.kind === "new" ? "proven" : "likely";
    case "RestClient":
      return steps.some((step) => CONFIGURES.test(step)) ? undefined : "proven";
    case "HttpClient":
      // A timeout may stand at the request, wherever that is built.
      return java.imports.some(({ name }) => name === "java.net.http.HttpRequest") ? "proven" : "possible";
    default:
      // OkHttp gives up after ten seconds, Netty and Apache's client when connecting.
      return undefined;
  }
}

/** Steps of a builder that bring their own timeouts, or may. */
const CONFIGURES = /timeout|requestFactory|customizer|apply|configure|clientConnector|settings/i;

function hasTimeoutProperty(model: Model, file: string): boolean {
  return model.configuration.everyValueBelow("spring.http", file).some(({ key }) => /timeout/i.test(key));
}
