import type { JavaFile } from "../../../facts/fileFacts.ts";
import { childOf } from "../../../facts/java/code.ts";
import type { JavaType } from "../../../facts/java/javaFacts.ts";
import { versionAtLeast } from "../../../model/configuration/versions.ts";
import type { ClientCreation } from "../../../model/http/clients.ts";
import type { Model } from "../../../model/model.ts";
import { indentAt, insertAt, lineBreakOf, replace, type TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";

const TITLE = "Give the client timeouts";
const DURATION = "java.time.Duration";

/** Two seconds to connect, ten to answer: what a person would begin with, in the way that the client takes it. */
export function setTimeouts(model: Model, file: JavaFile, type: JavaType, creation: ClientCreation): readonly Fix[] {
  const { client, node, steps } = creation;
  const [start, end] = [node.start, node.end];
  if (client === "RestTemplate" && steps.length === 0)
    return fix(file, (text) => [replace({ start, end }, "new RestTemplate(requestFactory())"), ...factoryMethod(file, type, text)], type);
  if (client === "RestClient" && steps.join() === "create")
    return fix(
      file,
      (text) => [
        replace({ start, end }, "RestClient.builder().requestFactory(requestFactory()).build()"),
        ...factoryMethod(file, type, text),
      ],
      type,
    );
  const receiver = childOf(node, "receiver");
  if (client === "HttpClient")
    return fix(file, (text) => {
      const imports = importEdits(file, text, [DURATION]);
      if (steps.join() === "newHttpClient")
        return [replace({ start, end }, "HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()"), ...imports];
      return receiver === undefined ? undefined : [insertAt(receiver.end, ".connectTimeout(Duration.ofSeconds(2))"), ...imports];
    });
  const { boot } = model.configuration.buildOf(file.file);
  if (client !== "RestTemplate" || receiver === undefined || boot === undefined) return [];
  const [connect, read] = versionAtLeast(boot, "3.4") ? ["connectTimeout", "readTimeout"] : ["setConnectTimeout", "setReadTimeout"];
  return fix(file, (text) => [
    insertAt(receiver.end, `.${connect}(Duration.ofSeconds(2)).${read}(Duration.ofSeconds(10))`),
    ...importEdits(file, text, [DURATION]),
  ]);
}

function fix(file: JavaFile, editsOf: (text: string) => readonly TextEdit[] | undefined, helperIn?: JavaType): readonly Fix[] {
  if (helperIn !== undefined && (helperIn.kind !== "class" || hasFactoryMethod(file))) return [];
  return [
    {
      title: TITLE,
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        const edits = text === undefined ? undefined : editsOf(text);
        return edits === undefined ? undefined : [{ kind: "change", file: file.file, edits }];
      },
    },
  ];
}

const hasFactoryMethod = ({ java }: JavaFile): boolean =>
  java.types.some(({ methods }) => methods.some(({ name }) => name === "requestFactory"));

/** A method of the class, behind its last member, and its import. */
function factoryMethod(file: JavaFile, type: JavaType, text: string): readonly TextEdit[] {
  const lineBreak = lineBreakOf(text);
  const outer = indentAt(text, type.span.start);
  const member = [...type.fields, ...type.methods]
    .map(({ span }) => indentAt(text, span.start))
    .find((indent) => indent.length > outer.length);
  const indent = member ?? `${outer}    `;
  const step = indent.slice(outer.length);
  const body = [
    "private static SimpleClientHttpRequestFactory requestFactory() {",
    `${step}SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();`,
    `${step}factory.setConnectTimeout(2_000);`,
    `${step}factory.setReadTimeout(10_000);`,
    `${step}return factory;`,
    "}",
  ];
  const closing = type.bodySpan.end - 1;
  const tail = text.slice(0, closing).trimEnd().length;
  const lines = body.map((line) => `${indent}${line}`).join(lineBreak);
  return [
    replace({ start: tail, end: closing }, `${lineBreak}${lineBreak}${lines}${lineBreak}${outer}`),
    ...importEdits(file, text, ["org.springframework.http.client.SimpleClientHttpRequestFactory"]),
  ];
}
