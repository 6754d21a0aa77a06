import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import type { Typer } from "../../model/calls/typing/typer.ts";
import type { Model } from "../../model/model.ts";
import { simpleName } from "../../model/types/type.ts";
import { defineRule } from "../rule.ts";
import { type Body, bodiesWith, requestPathOf } from "./shared/running/hotPath.ts";

export const readAllIntoMemory = defineRule({
  id: "java/read-all-into-memory",
  title: "A request reads a whole file into memory",
  language: "java",
  certainty: "possible",
  cost: "heap of the file's size for each request at work",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/nio/file/Files.html#readAllBytes(java.nio.file.Path)",
    "https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-controller/ann-methods/multipart-forms.html",
  ],
  messages: { whole: "{{call}} holds the whole content in memory {{often}}" },

  check({ file, model, report }) {
    for (const body of bodiesWith(model, file, NAMES)) {
      for (const node of body.nodes) {
        const call = readerOf(node, body, model);
        if (call === undefined) continue;
        const hot = requestPathOf(model, body.method);
        if (hot !== undefined) report({ at: node, message: "whole", data: { call, often: hot.often }, related: hot.related });
      }
    }
  },
});

const NAMES = [
  "readAllBytes",
  "readAllLines",
  "readString",
  "toByteArray",
  "copyToByteArray",
  "copyToString",
  "getBytes",
  "getObjectAsBytes",
  "readFileToByteArray",
  "readFileToString",
];
const STATIC = /^(Files|IOUtils|FileUtils|FileCopyUtils|StreamUtils|ByteStreams)$/;
const IN_MEMORY: ReadonlySet<string> = new Set(["ByteArrayInputStream", "ClassPathResource"]);

/** "Files.readAllBytes"; undefined for what is bounded or small by nature. */
function readerOf(node: CodeNode, { typer }: Body, model: Model): string | undefined {
  if (node.kind !== "call" || !NAMES.includes(node.text)) return undefined;
  const on = childOf(node, "receiver");
  if (on === undefined) return undefined;
  if (on.kind === "name" && STATIC.test(on.text) && node.text !== "getBytes") {
    const [source] = childrenOf(node, "argument");
    return source === undefined || isBundled(source, typer) ? undefined : `${on.text}.${node.text}`;
  }
  const type = typer.typeOf(on);
  if (type === undefined) return undefined;
  const name = simpleName(type);
  if (name === "MultipartFile" && node.text === "getBytes")
    return uploadsAreLarge(model, typer.entry.file.file) ? "MultipartFile.getBytes" : undefined;
  if (name === "S3Client" && node.text === "getObjectAsBytes") return "S3Client.getObjectAsBytes";
  if (node.text !== "readAllBytes" || !name.endsWith("InputStream") || IN_MEMORY.has(name) || isBundled(on, typer)) return undefined;
  return `${name}.readAllBytes`;
}

/** What lies on the class path was packed with the application; also where a variable holds it. */
function isBundled(node: CodeNode, typer: Typer): boolean {
  const search = (at: CodeNode): boolean =>
    /getResource|ClassPathResource|^ByteArray/.test(`${at.text}${at.kind === "new" ? at.type : ""}`) || at.children.some(search);
  const declared = node.kind === "name" ? typer.declarationOf(node) : undefined;
  const value = declared?.kind === "local" ? childOf(declared, "value") : undefined;
  return search(node) || (value !== undefined && search(value));
}

const LARGE_UPLOAD_MIB = 20;

/** Spring Boot takes files of at most 1 MiB where `spring.servlet.multipart.max-file-size` is not set. */
function uploadsAreLarge(model: Model, file: string): boolean {
  const limit = model.configuration.value("spring.servlet.multipart.max-file-size", file);
  const [, number, unit] = /^(-?\d+)\s*([KMGT]?B?)$/i.exec(limit?.known === true ? limit.value.trim() : "") ?? [];
  if (number === undefined) return false;
  if (number === "-1") return true;
  const mib = { K: 1 / 1024, M: 1, G: 1024, T: 1024 * 1024 }[unit?.[0]?.toUpperCase() ?? ""] ?? 1 / 1024 / 1024;
  return Number(number) * mib >= LARGE_UPLOAD_MIB;
}
