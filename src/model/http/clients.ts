import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { dotted } from "../calls/typing/typer.ts";

/** An expression that makes an HTTP client. */
export interface ClientCreation {
  readonly client:
    | "RestTemplate"
    | "RestClient"
    | "WebClient"
    | "HttpClient"
    | "OkHttpClient"
    | "Apache HttpClient"
    | "JAX-RS Client"
    | "SDK client";
  /** The whole expression: "new RestTemplate()", "HttpClient.newBuilder().build()". */
  readonly node: CodeNode;
  /** The names of the calls of the chain, the last first; empty for a constructor. */
  readonly steps: readonly string[];
  /** What the chain starts with. */
  readonly root: CodeNode;
  readonly arguments: number;
}

const CONSTRUCTED: Readonly<Record<string, ClientCreation["client"]>> = {
  RestTemplate: "RestTemplate",
  OkHttpClient: "OkHttpClient",
};
/** Static methods that give a client. */
const FACTORIES: Readonly<Record<string, ClientCreation["client"]>> = {
  "RestClient.create": "RestClient",
  "WebClient.create": "WebClient",
  "HttpClient.newHttpClient": "HttpClient",
  "ClientBuilder.newClient": "JAX-RS Client",
  "HttpClients.createDefault": "Apache HttpClient",
  "HttpClients.createSystem": "Apache HttpClient",
};
/** Static methods that give a builder, whose `build()` gives a client. */
const BUILDERS: Readonly<Record<string, ClientCreation["client"]>> = {
  "RestClient.builder": "RestClient",
  "WebClient.builder": "WebClient",
  "HttpClient.newBuilder": "HttpClient",
  "ClientBuilder.newBuilder": "JAX-RS Client",
  "HttpClients.custom": "Apache HttpClient",
  "HttpClientBuilder.create": "Apache HttpClient",
};
const BUILDER_TYPES: Readonly<Record<string, ClientCreation["client"]>> = {
  RestTemplateBuilder: "RestTemplate",
  "RestClient.Builder": "RestClient",
  "WebClient.Builder": "WebClient",
  "OkHttpClient.Builder": "OkHttpClient",
};

/** Simple names that a file with a client names in its imports. */
const CLIENT_NAMES: ReadonlySet<string> = new Set([
  "RestTemplate",
  "RestTemplateBuilder",
  "RestClient",
  "WebClient",
  "HttpClient",
  "OkHttpClient",
  "HttpClients",
  "HttpClientBuilder",
  "ClientBuilder",
  "SimpleClientHttpRequestFactory",
  "JdkClientHttpRequestFactory",
]);

/** Clients of services in the cloud, which have connections and credentials of their own: AWS's of both versions, and MinIO's. */
const SDK =
  /^software\.amazon\.awssdk\.services\.\w+\.\w+Client$|^com\.amazonaws\.services\.\w+\.\w+ClientBuilder$|^io\.minio\.MinioClient$/;

/** The packages of those, which a file may import as a whole. */
const CLIENT_PACKAGES =
  /^(?:org\.springframework\.(?:boot\.)?web\.client|org\.springframework\.web\.reactive\.function\.client|java\.net\.http|okhttp3|org\.apache\.http\.impl\.client|org\.apache\.hc\.client5\.http\.impl\.classic|(?:javax|jakarta)\.ws\.rs\.client)$/;

type Import = { readonly name: string; readonly wildcard: boolean };

/** Whether a file names a client at all. */
export const namesClient = (imports: readonly Import[]): boolean => imports.some((one) => isOfClient(one) || SDK.test(one.name));

/** Whether an import brings a client that is no part of an SDK, or what makes one. */
export const isOfClient = ({ name, wildcard }: Import): boolean =>
  wildcard ? CLIENT_PACKAGES.test(name) : CLIENT_NAMES.has(name.slice(name.lastIndexOf(".") + 1));

/** `S3Client.create()`, `S3Client.builder().region(…).build()`, `AmazonS3ClientBuilder.standard().build()`; the root is the type's name. */
export function sdkCreation(node: CodeNode, imports: readonly Import[]): ClientCreation | undefined {
  if (node.kind !== "call" || !/^(?:create|build|defaultClient)$/.test(node.text)) return undefined;
  const steps: string[] = [];
  for (let at: CodeNode | undefined = node; at !== undefined; at = childOf(at, "receiver")) {
    if (at.kind === "call") steps.push(at.text);
    else if (at.kind !== "name" || !imports.some(({ name }) => SDK.test(name) && name.endsWith(`.${at?.text}`))) return undefined;
    else return { client: "SDK client", node, steps, root: at, arguments: childrenOf(node, "argument").length };
  }
  return undefined;
}

/** What a node makes; undefined for everything that is no whole client. Builders that are handed in are told by their type's name. */
export function clientCreation(node: CodeNode, builderType: (root: CodeNode) => string | undefined): ClientCreation | undefined {
  if (node.kind === "new") {
    const client = CONSTRUCTED[node.type];
    if (client === undefined || isAskedOnly(node)) return undefined;
    return { client, node, steps: [], root: node, arguments: childrenOf(node, "argument").length };
  }
  if (node.kind !== "call") return undefined;
  const given = childrenOf(node, "argument").length;
  const on = childOf(node, "receiver");
  if (on === undefined) return undefined;
  const made = FACTORIES[`${dotted(on) ?? ""}.${node.text}`];
  if (made !== undefined) return { client: made, node, steps: [node.text], root: on, arguments: given };
  if (node.text !== "build") return undefined;
  const steps: string[] = [];
  let at = node;
  for (let next = childOf(at, "receiver"); next !== undefined; next = childOf(at, "receiver")) {
    if (at.kind === "call") steps.push(at.text);
    const client = at.kind === "call" ? BUILDERS[`${dotted(next) ?? ""}.${at.text}`] : undefined;
    if (client !== undefined) return { client, node, steps, root: at, arguments: given };
    at = next;
  }
  const type = at.kind === "new" ? at.type : builderType(at);
  const client = type === undefined ? undefined : BUILDER_TYPES[type];
  return client === undefined ? undefined : { client, node, steps, root: at, arguments: given };
}

/** `new RestTemplate().getMessageConverters()` is asked for what it is made of, and calls nobody. */
const isAskedOnly = ({ parent, role }: CodeNode): boolean =>
  parent?.kind === "call" &&
  role === "receiver" &&
  /^get(?:MessageConverters|ErrorHandler|UriTemplateHandler|Interceptors)$/.test(parent.text);
