import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, nodesOf, unpackNodes } from "../../../../facts/java/code.ts";
import type { JavaFacts, JavaType } from "../../../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";

/** Names that a file has which thinks of how long it waits. */
export const SETS_TIMEOUT = /^(?:set)?(?:connect|read|response|connection|socket|call|so)?(?:request)?timeout(?:millis|s)?$/i;

/** Spring's transports wait as long as what they are made of, which is without an end, wherever nothing in the file says how long. */
export function endlessFactories({ java }: JavaFile, { fields, methods }: JavaType): readonly CodeNode[] {
  if (!java.code.strings.some((text) => FACTORIES.has(text)) || java.code.strings.some((text) => SETS_TIMEOUT.test(text))) return [];
  return [...fields.map(({ initializer }) => initializer), ...methods.map(({ body }) => body)]
    .filter((index) => index >= 0)
    .flatMap((index) => unpackNodes(java.code, index))
    .filter((node) => node.kind === "new" && FACTORIES.has(node.type) && childrenOf(node, "argument").length === 0)
    .filter(({ type }) => type !== APACHE || !java.code.strings.includes(TAKES_CLIENT));
}

const APACHE = "HttpComponentsClientHttpRequestFactory";
/** What it is given may have been told when to give up. */
const TAKES_CLIENT = "setHttpClient";
const FACTORIES: ReadonlySet<string> = new Set(["SimpleClientHttpRequestFactory", "JdkClientHttpRequestFactory", APACHE]);

/** A connection of the JDK that is opened without being told when to give up. */
export interface EndlessConnection {
  readonly method: MethodNode;
  readonly call: CodeNode;
}

/** `url.openConnection()` that becomes one of HTTP, in a file that names no timeout. */
export function endlessConnections(model: Model, file: JavaFile): readonly EndlessConnection[] {
  const { code } = file.java;
  if (!code.strings.includes("openConnection") || !namesHttp(file.java)) return [];
  if (code.strings.some((text) => SETS_TIMEOUT.test(text))) return [];
  return model.calls.methodsIn(file.file).flatMap((method) => {
    if (method.declared.method.body < 0) return [];
    return nodesOf(model.calls.codeOf(method).body)
      .filter((node) => node.kind === "call" && node.text === "openConnection" && childOf(node, "receiver") !== undefined)
      .map((call) => ({ method, call }));
  });
}

/** By its import, or where it imports all of a package, by its type. */
const namesHttp = ({ imports, code }: JavaFacts): boolean =>
  imports.some(({ name, wildcard }) => (wildcard ? /^java\.net$|^javax\.net\.ssl$/ : HTTP).test(name)) &&
  (imports.some(({ name }) => HTTP.test(name)) || code.strings.some((text) => /^Https?URLConnection$/.test(text)));

const HTTP = /^(?:java\.net\.Http|javax\.net\.ssl\.Https)URLConnection$/;
