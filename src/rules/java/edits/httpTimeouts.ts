import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, unpackNodes } from "../../../facts/java/code.ts";
import type { JavaType } from "../../../facts/java/javaFacts.ts";
import { versionAtLeast } from "../../../model/configuration/versions.ts";
import type { ClientCreation } from "../../../model/http/clients.ts";
import type { Model } from "../../../model/model.ts";
import { chainStep, indentAt, insertAt, lineAt, lineBreakOf, longestLine, replace, type TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";

const TITLE = "Give the client timeouts";
const DURATION = "java.time.Duration";
const HTTP_CLIENT = "java.net.http.HttpClient";

/** How a client gets its timeouts. */
interface Way {
  /** Ways of one name share what they add besides. */
  readonly name: "simple factory" | "jdk factory" | "requests" | "builder";
  at(text: string): readonly TextEdit[] | undefined;
  besides(text: string): readonly TextEdit[];
}

/**
 * Two seconds to connect, ten to answer: what a person would begin with, in the way that the client takes it. Clients of one class that
 * take the same way are given them together.
 */
export function setTimeouts(model: Model, file: JavaFile, type: JavaType, creations: readonly ClientCreation[]): readonly Fix[] {
  const ways = creations.flatMap((creation) => wayOf(model, file, type, creation) ?? []);
  const [first] = ways;
  if (first === undefined) return [];
  const alike = ways.filter(({ name }) => name === first.name);
  return [
    {
      title: TITLE,
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        const placed = text === undefined ? [] : alike.map((way) => way.at(text)).filter((edits) => edits !== undefined);
        return text === undefined || placed.length === 0
          ? undefined
          : [{ kind: "change", file: file.file, edits: [...placed.flat(), ...first.besides(text)] }];
      },
    },
  ];
}

/** The way of one client; undefined where none is known, or where it would not compile. */
function wayOf(model: Model, file: JavaFile, type: JavaType, { client, node, steps }: ClientCreation): Way | undefined {
  const [start, end] = [node.start, node.end];
  const seconds = secondsToAnswer(type);
  const mayHaveFactory = type.kind === "class" && !hasFactoryMethod(file);
  const given = childrenOf(node, "argument");
  if (client === "RestTemplate" && steps.length === 0)
    return mayHaveFactory && given.length === 0
      ? {
          name: "simple factory",
          at: () => [replace({ start, end }, "new RestTemplate(requestFactory())")],
          besides: (text) => factoryMethod(file, type, text, simpleFactory(seconds)),
        }
      : undefined;
  if (client === "RestClient" && steps.join() === "create") {
    // Spring would take another client that is there, which follows redirects otherwise.
    const hasAnother = hasOther(file, HTTP_CLIENT) || model.configuration.buildOf(file.file).has("httpclient5", "jetty-client");
    // What is given may be a RestTemplate as well, with a factory of its own.
    const isKnown = given.every(({ kind }) => kind === "literal");
    return mayHaveFactory && !hasAnother && isKnown
      ? {
          name: "jdk factory",
          at: (text) => {
            const base = given.map((url) => `.baseUrl(${text.slice(url.start, url.end)})`).join("");
            return [replace({ start, end }, `RestClient.builder()${base}.requestFactory(requestFactory()).build()`)];
          },
          besides: (text) => factoryMethod(file, type, text, jdkFactory(seconds)),
        }
      : undefined;
  }
  const receiver = childOf(node, "receiver");
  if (client === "HttpClient") {
    const requests = requestBuilders(file);
    const connects = steps.includes("connectTimeout");
    if (connects && requests.length === 0) return undefined;
    const connecting = ".connectTimeout(Duration.ofSeconds(2))";
    return {
      name: "requests",
      at: (text) => {
        if (connects) return [];
        if (steps.join() === "newHttpClient") return [replace({ start, end }, `HttpClient.newBuilder()${connecting}.build()`)];
        return receiver && [insertAt(receiver.end, chained(text, receiver.end, [connecting]))];
      },
      besides: (text) => [
        ...requests.map(({ end: at }) => insertAt(at, chained(text, at, [`.timeout(Duration.ofSeconds(${seconds}))`]))),
        ...importEdits(file, text, [DURATION]),
      ],
    };
  }
  const { boot } = model.configuration.buildOf(file.file);
  if (client !== "RestTemplate" || receiver === undefined || boot === undefined) return undefined;
  const [connect, read] = versionAtLeast(boot, "3.4") ? ["connectTimeout", "readTimeout"] : ["setConnectTimeout", "setReadTimeout"];
  const timeouts = [`.${connect}(Duration.ofSeconds(2))`, `.${read}(Duration.ofSeconds(${seconds}))`];
  return {
    name: "builder",
    at: (text) => [insertAt(receiver.end, chained(text, receiver.end, timeouts))],
    besides: (text) => importEdits(file, text, [DURATION]),
  };
}

/** `HttpRequest.newBuilder(…)`: the JDK's client leaves to the request how long an answer may take. */
const requestBuilders = ({ java }: JavaFile): readonly CodeNode[] =>
  java.types.flatMap(({ fields, methods }) =>
    [...fields.map(({ initializer }) => initializer), ...methods.map(({ body }) => body)]
      .filter((index) => index >= 0)
      .flatMap((index) => unpackNodes(java.code, index))
      .filter((node) => node.kind === "call" && node.text === "newBuilder" && childOf(node, "receiver")?.text === "HttpRequest"),
  );

/** Calls between a receiver and the call on it: each on a line of its own where the next one is, or where the line would get too long. */
function chained(text: string, offset: number, calls: readonly string[]): string {
  const added = calls.join("");
  const below = /^[ \t]*(\r?\n[ \t]*)\./.exec(text.slice(offset))?.[1];
  if (below !== undefined) return calls.map((call) => below + call).join("");
  if (!text.startsWith(".", offset) || lineAt(text, offset).length + added.length <= longestLine(text)) return added;
  const next = `${lineBreakOf(text)}${indentAt(text, offset)}${chainStep(text)}`;
  return [...calls, ""].map((call) => `${next}${call}`).join("");
}

const hasFactoryMethod = ({ java }: JavaFile): boolean =>
  java.types.some(({ methods }) => methods.some(({ name }) => name === "requestFactory"));

/** A language model thinks for longer than other services do. */
const secondsToAnswer = ({ name }: JavaType): number => (/(?:^|[a-z0-9])(?:A[Ii]|G[Pp][Tt]|L[Ll][Mm])(?![a-z])/.test(name) ? 60 : 10);

const hasOther = ({ java }: JavaFile, name: string): boolean =>
  java.imports.some(
    (declared) => !declared.isStatic && declared.name !== name && declared.name.endsWith(name.slice(name.lastIndexOf("."))),
  );

interface Factory {
  readonly type: string;
  /** Statements that make `factory`. */
  readonly made: readonly string[];
  readonly imports: readonly string[];
}

/** What RestTemplate has without one. */
const simpleFactory = (seconds: number): Factory => ({
  type: "SimpleClientHttpRequestFactory",
  made: [
    "SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();",
    "factory.setConnectTimeout(2_000);",
    `factory.setReadTimeout(${seconds}_000);`,
  ],
  imports: ["org.springframework.http.client.SimpleClientHttpRequestFactory"],
});

/** What RestClient has without one, unless another client is there: the simple one knows no PATCH. */
const jdkFactory = (seconds: number): Factory => ({
  type: "JdkClientHttpRequestFactory",
  made: [
    "HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();",
    "JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);",
    `factory.setReadTimeout(Duration.ofSeconds(${seconds}));`,
  ],
  imports: [HTTP_CLIENT, DURATION, "org.springframework.http.client.JdkClientHttpRequestFactory"],
});

/** A method of the class, behind its last member, and its imports. */
function factoryMethod(file: JavaFile, type: JavaType, text: string, factory: Factory): readonly TextEdit[] {
  const lineBreak = lineBreakOf(text);
  const outer = indentAt(text, type.span.start);
  const member = [...type.fields, ...type.methods]
    .map(({ span }) => indentAt(text, span.start))
    .find((indent) => indent.length > outer.length);
  const indent = member ?? `${outer}    `;
  const step = indent.slice(outer.length);
  const body = [
    `private static ${factory.type} requestFactory() {`,
    ...[...factory.made, "return factory;"].map((statement) => `${step}${statement}`),
    "}",
  ];
  const closing = type.bodySpan.end - 1;
  const tail = text.slice(0, closing).trimEnd().length;
  const lines = body.map((line) => `${indent}${line}`).join(lineBreak);
  return [
    replace({ start: tail, end: closing }, `${lineBreak}${lineBreak}${lines}${lineBreak}${outer}`),
    ...importEdits(file, text, factory.imports),
  ];
}
