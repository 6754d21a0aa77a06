import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, nodesOf, unpack } from "../../facts/java/code.ts";
import type { JavaFacts, JavaType } from "../../facts/java/javaFacts.ts";
import { type ClientCreation, clientCreation, isOfClient } from "../../model/http/clients.ts";
import type { Model } from "../../model/model.ts";
import { contains } from "../../text/positions.ts";
import { type Alike, alikeBy, besides, MOST_BESIDE, speakerOf } from "../alike.ts";
import { type Certainty, SEVERITY_OF, type Severity } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { setTimeouts } from "./edits/httpTimeouts.ts";
import { callsNearby } from "./shared/running/callsNearby.ts";
import { isMadeForDevelopment } from "./shared/running/developmentBeans.ts";
import { requestPathOf } from "./shared/running/hotPath.ts";
import { isPassedBy } from "./shared/running/reach.ts";
import { type ClientUser, clientUserOf } from "./shared/waiting/clientUsers.ts";
import { endlessConnections, endlessFactories, SETS_TIMEOUT } from "./shared/waiting/endlessTransports.ts";

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
  messages: {
    endless: "{{client}} is made without a timeout{{waits}}",
    several: "{{client}} is made without a timeout{{waits}}; {{more}} more in this class",
    unread: "{{client}} has a timeout for connecting, and none for the answer{{waits}}",
  },

  check({ file, model, report }) {
    for (const { method, call } of endlessConnections(model, file)) {
      report({
        at: { start: call.start, end: call.end },
        message: "endless",
        data: { client: "URLConnection", waits: "" },
        certainty: requestPathOf(model, method) === undefined ? "possible" : "proven",
        related: model.effects.chainTo(method.key),
      });
    }
    if (!namesClient(file)) return;
    const settled = isSettledInFile(file);
    if (settled && !file.java.code.strings.some((text) => CONNECTS.test(text) || GIVES_TRANSPORT.test(text))) return;
    for (const type of file.java.types) {
      const found: Endless[] = [];
      for (const creation of creationsIn(file, type)) {
        if (isMadeForDevelopment(model, { file, type }, creation.node)) continue;
        if (creation.client === "JAX-RS Client" && !waitsForEver(model, file)) continue;
        const unread = onlyConnects(file, creation);
        const certainty = unread
          ? creation.client === "JAX-RS Client"
            ? "likely"
            : "proven"
          : settled
            ? undefined
            : endless(model, file, creation);
        if (certainty === undefined) continue;
        const sure = isPassedOver(model, file, creation) || isOfProgram(type, creation.node) ? "possible" : certainty;
        found.push({ creation, message: unread ? "unread" : "endless", certainty: sure, severity: SEVERITY_OF[sure] });
      }
      const kinds = alikeBy(found, ({ message, creation }) => `${message} ${creation.client}`);
      for (const alike of kinds.values()) report(reportOf(model, file, type, alike));
      for (const factory of endlessFactories(file, type))
        report({ at: factory, message: "endless", data: { client: factory.type, waits: "" }, certainty: "proven" });
    }
  },
});

/** A client that waits for ever, and where it is made. */
interface Endless {
  readonly creation: ClientCreation;
  readonly message: "endless" | "unread";
  readonly certainty: Certainty;
  readonly severity: Severity;
}

/** Clients of one kind that a class makes are told once. */
function reportOf(model: Model, file: JavaFile, type: JavaType, alike: Alike<Endless>): Report<"endless" | "several" | "unread"> {
  const surest = speakerOf(alike);
  const { creation, message, certainty } = surest;
  const others = besides(alike, surest);
  const user = clientUserOf(model, file, type);
  return {
    at: { start: creation.node.start, end: creation.node.end },
    message: others.length > 0 && message === "endless" ? "several" : message,
    data: {
      client: creation.client,
      more: others.length,
      waits: user?.entry === undefined ? "" : `, and ${user.entry.label} waits for it`,
    },
    certainty,
    ...(SEVERITY_OF[certainty] === "warning" && isHardlyWaitedFor(user) && { severity: "information" }),
    related: [
      ...others.slice(0, MOST_BESIDE).map(({ creation: { node, client } }) => ({
        at: { file: file.file, start: node.start, end: node.end },
        message: `${client} is made here, too`,
      })),
      ...(user?.entry === undefined ? [] : model.effects.chainTo(user.method.key)),
    ],
    fixes:
      message === "unread" && creation.client !== "HttpClient"
        ? []
        : setTimeouts(model, file, type, [creation, ...others.map((other) => other.creation)]),
  };
}

/** By jobs that have threads of their own, and by nobody who is known. */
const isHardlyWaitedFor = (user: ClientUser | undefined): boolean =>
  user !== undefined && (user.entry === undefined || user.entry.kind === "job");

/** Whoever starts a program waits for it, and can end it. */
const isOfProgram = ({ methods }: JavaType, { start }: CodeNode): boolean =>
  methods.some(({ name, span }) => name === "main" && start >= span.start && start < span.end);

/** A method that hands a client out and that nothing is seen to come to, where requests and jobs come to others of its class. */
function isPassedOver(model: Model, file: JavaFile, { node }: ClientCreation): boolean {
  if (node.parent?.kind !== "return") return false;
  const method = model.calls
    .methodsIn(file.file)
    .find(({ declared: { method } }) => method.kind === "method" && contains(method.span, node));
  if (method === undefined || method.declared.method.annotations.length > 0) return false;
  return model.effects.reachedFrom(method.key) === undefined && callsNearby(model, method).length === 0 && isPassedBy(model, method);
}

const namesClient = (file: JavaFile): boolean => file.java.imports.some(isOfClient);

/** A file that sets a timeout, or gives its client another transport, knows of them. */
function isSettledInFile({ java }: JavaFile): boolean {
  return java.code.strings.some((text) => SETS_TIMEOUT.test(text) || GIVES_TRANSPORT.test(text));
}

const GIVES_TRANSPORT = /^(?:setRequestFactory|clientConnector)$/;

const CONNECTS = /^(?:setC|c)onnectTimeout$/;

/** A chain that sets how long connecting may take, where nothing in the file, nor a transport of its own, ends the wait for the answer. */
function onlyConnects({ java }: JavaFile, { client, steps }: ClientCreation): boolean {
  if (client !== "JAX-RS Client" && client !== "RestTemplate" && client !== "HttpClient") return false;
  if (!steps.some((step) => CONNECTS.test(step)) || java.code.strings.some((text) => READS.test(text))) return false;
  if (client === "HttpClient" && (!buildsRequests(java) || java.code.strings.some((text) => ENDS_REQUEST.test(text)))) return false;
  return !steps.some((step) => CONFIGURES.test(step) && !CONNECTS.test(step));
}

/** The JDK's client leaves the time for the answer to the request, and what is sent beside the thread to whoever waits for it. */
const ENDS_REQUEST = /^(?:timeout|sendAsync)$/;
const buildsRequests = ({ imports }: JavaFacts): boolean =>
  imports.some(({ name }) => name === "java.net.http.HttpRequest" || name === "java.net.http");

/** `setReadTimeout`, `jersey.config.client.readTimeout`, `ClientProperties.READ_TIMEOUT`, a factory or a configuration that may bring it. */
const READS = /read_?timeout|socket_?timeout|response_?timeout|^(?:set)?request_?factory$|^(?:withConfig|httpEngine|nextSettings)$/i;

/** Jersey and RESTEasy wait without end; CXF gives up after a minute, RESTEasy Reactive after half of one. */
const waitsForEver = ({ configuration }: Model, { file, java }: JavaFile): boolean =>
  java.imports.some(({ name }) => /^(?:javax|jakarta)\.ws\.rs\.client(?:\.ClientBuilder)?$/.test(name)) &&
  !Object.keys(configuration.buildOf(file).artifacts).some((name) => /^cxf-|quarkus/.test(name));

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
      return declared === undefined ? undefined : BUILDER.exec(declared.type)?.[0];
    };
    return nodes.flatMap((node) => clientCreation(node, (root) => (root.kind === "name" ? typeOf(root) : undefined)) ?? []);
  });
}

/** "RestTemplateBuilder", "RestClient.Builder" of "org.springframework.web.client.RestClient.Builder". */
const BUILDER = /(?:\p{Lu}\w*\.)*\p{Lu}\w*(?=$|<)/u;

/** Undefined for clients whose defaults end, and for those that are told of a transport or of properties. */
function endless(model: Model, { file, java }: JavaFile, { client, steps, arguments: given, root }: ClientCreation): Certainty | undefined {
  if (model.configuration.codeSettles("own-http-timeouts", file)) return undefined;
  switch (client) {
    case "RestTemplate":
      if (steps.length === 0) return given === 0 ? "proven" : undefined;
      if (steps.some((step) => CONFIGURES.test(step)) || hasTimeoutProperty(model, file)) return undefined;
      return root.kind === "new" ? "proven" : "likely";
    case "RestClient":
      if (steps.some((step) => CONFIGURES.test(step))) return undefined;
      if (!isHandedIn(root, steps)) return "proven";
      return hasTimeoutProperty(model, file) ? undefined : "likely";
    case "WebClient":
      // Who does not wait for the answer has no thread that waits.
      if (!model.configuration.codeSettles("blocks-on-web-client", file) || model.configuration.codeSettles("ends-web-client", file))
        return undefined;
      return steps.some((step) => CONFIGURES.test(step)) || hasTimeoutProperty(model, file) ? undefined : "likely";
    case "HttpClient":
      // A timeout may stand at the request, wherever that is built.
      return buildsRequests(java) ? "proven" : "possible";
    case "Apache HttpClient":
      // What a configuration says that comes from elsewhere is not known, nor what requests bring themselves.
      if (java.code.strings.some((text) => CONFIGURES_APACHE.test(text))) return undefined;
      if (steps.includes("setConnectionManager") && !java.code.strings.some((text) => MAKES_MANAGER.test(text))) return undefined;
      return java.code.strings.includes("execute") ? "proven" : "likely";
    case "JAX-RS Client":
      // Properties have other names for them in each implementation; a configuration that is handed in may hold them.
      if (given > 0 || java.code.strings.some((text) => /time_?out/i.test(text))) return undefined;
      return steps.some((step) => CONFIGURES.test(step) || HANDED.test(step)) ? undefined : "likely";
    default:
      // OkHttp gives up after ten seconds.
      return undefined;
  }
}

/** A builder that Spring Boot hands out, which has the timeouts of the properties. */
const isHandedIn = ({ kind }: CodeNode, steps: readonly string[]): boolean => kind !== "call" && !steps.includes("create");

/** Apache's clients give up connecting after three minutes or when the system does, and waiting for the answer never. */
const CONFIGURES_APACHE =
  /^(?:RequestConfig|SocketConfig|ConnectionConfig|setConfig|setDefault(?:Request|Socket|Connection)Config|useSystemProperties|createSystem|setDefaultSo\w+)$/;
const MAKES_MANAGER = /^(?:PoolingHttp|Basic(?:Http)?)ClientConnectionManager(?:Builder)?$/;

/** What is registered or set may bring the timeouts of an implementation. */
const HANDED = /^(?:withConfig|property|register)$/;

/** Steps of a builder that bring their own timeouts, or may. */
const CONFIGURES = /timeout|requestFactory|customizer|apply|configure|clientConnector|settings/i;

function hasTimeoutProperty(model: Model, file: string): boolean {
  return model.configuration.everyValueBelow("spring.http", file).some(({ key }) => /timeout/i.test(key));
}
