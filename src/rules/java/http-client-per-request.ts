import { type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { isByClock } from "../../model/calls/effects/spread.ts";
import { isKept } from "../../model/calls/iteration/kept.ts";
import type { Typer } from "../../model/calls/typing/typer.ts";
import { type ClientCreation, clientCreation, namesClient, sdkCreation } from "../../model/http/clients.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { simpleName } from "../../model/types/type.ts";
import { defineRule, type Report } from "../rule.ts";
import { shareClient } from "./edits/shareClient.ts";
import { isCalledSeldom } from "./shared/running/calledSeldom.ts";
import { callsNearby } from "./shared/running/callsNearby.ts";

export const httpClientPerRequest = defineRule({
  id: "java/http-client-per-request",
  title: "An HTTP client is made for every call",
  language: "java",
  certainty: "proven",
  cost: "no connection is used twice: a TCP and a TLS handshake per call, and the client's own threads",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/java/net/http/HttpClient.html",
    "https://square.github.io/okhttp/5.x/okhttp/okhttp3/-ok-http-client/index.html",
    "https://docs.spring.io/spring-framework/reference/integration/rest-clients.html",
    "https://docs.spring.io/spring-framework/reference/web/webflux-webclient/client-builder.html#webflux-client-builder-reactor-resources",
  ],
  messages: {
    entry: "{{client}} is made anew for each {{entry}}",
    call: "{{client}} is made anew at each call of {{method}}",
  },

  check({ file, model, report }) {
    const { imports } = file.java;
    if (!namesClient(imports)) return;
    for (const method of model.calls.methodsIn(file.file)) {
      if (method.declared.method.body < 0 || runsOnce(method)) continue;
      const { body, typer } = model.calls.codeOf(method);
      for (const node of nodesOf(body)) {
        const creation = clientCreation(node, (root) => nameOfType(root, typer)) ?? sdkCreation(node, imports);
        // Which connections a JAX-RS client keeps is its implementation's choice.
        if (creation === undefined || creation.client === "JAX-RS Client" || isPart(creation.node)) continue;
        if (isKept(creation.node, typer) && !isForOneCall(model, method, creation.node)) continue;
        if (sharesItsParts(creation) || sharesConnections(creation, typer)) continue;
        if (isCalledSeldom(model, method)) continue;
        const fixes = shareClient(model, method, creation);
        report({ at: { start: node.start, end: node.end }, ...described(model, method, creation), fixes });
      }
    }
  },
});

/** A private method whose client its callers ask at once, and keep nowhere. */
function isForOneCall(model: Model, method: MethodNode, { parent }: CodeNode): boolean {
  if (parent?.kind !== "return" || !method.declared.method.modifiers.includes("private")) return false;
  const calls = callsNearby(model, method);
  return (
    calls.length > 0 &&
    calls.every(({ caller, site }) => {
      const { nodes, typer } = model.calls.codeOf(caller);
      const call = nodes[site.order];
      return call?.parent?.kind === "call" && call.role === "receiver" && !isKept(call, typer);
    })
  );
}

function nameOfType(root: CodeNode, typer: Typer): string | undefined {
  const type = typer.typeOf(root);
  return type === undefined ? undefined : simpleName(type);
}

/** Constructors, beans, start-up and command lines make their client once. */
function runsOnce({ declared: { owner, method } }: MethodNode): boolean {
  if (method.kind !== "method" || method.name === "main") return true;
  if (annotationNamed(method.annotations, "Bean", "PostConstruct", "Produces", "Provides", "Scheduled") !== undefined) return true;
  return annotationNamed(owner.type.annotations, "Configuration", "TestConfiguration") !== undefined;
}

/** `new OkHttpClient.Builder()` inside the chain that is looked at as a whole. */
const isPart = (node: CodeNode): boolean => node.parent?.kind === "call" && node.role === "receiver" && node.parent.text === "newBuilder";

/** `HttpClients.custom().setConnectionManager(SHARED).build()`: the connections of a field outlive the client. */
function sharesConnections({ node }: ClientCreation, typer: Typer): boolean {
  for (let at: CodeNode | undefined = node; at !== undefined; at = childOf(at, "receiver")) {
    const given = at.kind === "call" && at.text === "setConnectionManager" ? childOf(at, "argument") : undefined;
    if (given !== undefined) return given.kind === "field" || (given.kind === "name" && typer.declarationOf(given) === undefined);
  }
  return false;
}

/** The builders that Spring Boot hands out bring their transport and their converters. */
const sharesItsParts = ({ client, root, steps }: ClientCreation): boolean =>
  (client === "RestClient" || client === "WebClient") && root.kind !== "call" && !steps.includes("create");

function described(
  model: Model,
  { key, declared: { owner, method } }: MethodNode,
  creation: ClientCreation,
): Omit<Report, "at"> & {
  message: "entry" | "call";
} {
  const entry = model.effects.reachedFrom(key);
  const client = creation.client === "SDK client" ? creation.root.text : creation.client;
  // Of each tenant's credentials one client can be kept, too, but not one for all.
  const heavy = !KEEPS_CONNECTIONS.has(creation.client) && !creation.steps.some((step) => /credential/i.test(step));
  const cost =
    heavy || creation.client === "SDK client"
      ? {}
      : { cost: "its converters are built anew each time, and their object mappers learn every class again" };
  if (entry === undefined || isByClock(entry))
    return {
      message: "call",
      data: { client, method: `${owner.type.name}.${method.name}` },
      certainty: heavy ? "likely" : "possible",
      ...cost,
    };
  return {
    message: "entry",
    data: { client, entry: entry.label },
    certainty: heavy ? "proven" : "likely",
    ...cost,
    related: model.effects.chainTo(key),
  };
}

/** By default their connections are kept elsewhere: by the JDK for a RestTemplate, by Reactor Netty's global resources for a WebClient. */
const KEEPS_CONNECTIONS: ReadonlySet<ClientCreation["client"]> = new Set(["RestTemplate", "RestClient", "WebClient"]);
