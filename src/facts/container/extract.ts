import { parseDockerfile } from "../../syntax/dockerfile.ts";
import { parseNginx } from "../../syntax/nginx.ts";
import { parseYaml, type YamlMap, type YamlNode } from "../../syntax/yaml.ts";
import type { Extracted } from "../fileFacts.ts";
import { isManifest } from "../languages.ts";
import { syntaxProblems } from "../syntaxProblems.ts";
import type { ComposeService, ContainerFacts, DockerStage, Limit, PlacedText, Scaler, Workload } from "./containerFacts.ts";

/** Reads a Dockerfile, a compose file, a manifest or a configuration of nginx, told apart by the name. */
export function containerFacts(file: string, text: string): Extracted<ContainerFacts> {
  if (file.endsWith(".conf")) return { facts: { kind: "nginx", directives: parseNginx(text) }, unparsed: [], problems: [] };
  if (/\.ya?ml$/.test(file)) return isManifest(file) ? manifestFacts(text) : composeFacts(text);
  return { facts: { kind: "dockerfile", stages: stagesOf(text) }, unparsed: [], problems: [] };
}

function stagesOf(text: string): readonly DockerStage[] {
  const stages: DockerStage[] = [];
  let instructions: DockerStage["instructions"][number][] = [];
  for (const instruction of parseDockerfile(text)) {
    if (instruction.keyword !== "FROM") {
      instructions.push(instruction);
      continue;
    }
    instructions = [];
    const [, base = "", name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.value) ?? [];
    stages.push({ base, name, instructions });
  }
  return stages;
}

function composeFacts(text: string): Extracted<ContainerFacts> {
  const { documents, problems } = parseYaml(text);
  const services = documents.flatMap(({ root }) => {
    const map = child(root, "services");
    return map?.kind === "map" ? map.entries.flatMap((entry) => serviceOf(entry.key, entry.keySpan, entry.value)) : [];
  });
  const unread = problems.filter(({ code }) => code !== "DUPLICATE_KEY");
  // Templates of deployment tools are no YAML before they are filled in.
  const told = text.includes("{{") ? [] : syntaxProblems(unread, text, "information");
  return {
    facts: { kind: "compose", services },
    unparsed: unread.map(({ span }) => span),
    problems: told.map((problem) => ({ ...problem, message: `This is not read: ${problem.message}` })),
  };
}

/** Templates of Helm and other placeholders are no YAML: what does not parse is left out, and nobody is told. */
function manifestFacts(text: string): Extracted<ContainerFacts> {
  const facts: ContainerFacts = { kind: "kubernetes", workloads: [], scalers: [] };
  if (!/^\s*kind:\s*["']?(?:Deployment|StatefulSet|HorizontalPodAutoscaler)\b/m.test(text)) return { facts, unparsed: [], problems: [] };
  const roots = parseYaml(text).documents.map(({ root }) => root);
  return {
    facts: {
      kind: "kubernetes",
      workloads: roots.flatMap((root) => (/^(?:Deployment|StatefulSet)$/.test(scalar(root, "kind") ?? "") ? workloadOf(root) : [])),
      scalers: roots.flatMap((root) => (scalar(root, "kind") === "HorizontalPodAutoscaler" ? scalerOf(root) : [])),
    },
    unparsed: [],
    problems: [],
  };
}

function workloadOf(root: YamlNode | undefined): readonly Workload[] {
  const name = scalar(child(root, "metadata"), "name");
  const spec = child(root, "spec");
  const containers = itemsOf(child(child(child(spec, "template"), "spec"), "containers"));
  if (name === undefined) return [];
  return [
    {
      name,
      images: containers.flatMap((container) => scalar(container, "image") ?? []),
      replicas: replicasOf(scalar(spec, "replicas")),
      variables: containers.flatMap((container) => itemsOf(child(container, "env")).flatMap((variable) => scalar(variable, "name") ?? [])),
      command: wordsOf(containers.flatMap((container) => [child(container, "command"), child(container, "args")])),
    },
  ];
}

function scalerOf(root: YamlNode | undefined): readonly Scaler[] {
  const spec = child(root, "spec");
  const target = scalar(child(spec, "scaleTargetRef"), "name");
  return target === undefined ? [] : [{ target, replicas: replicasOf(scalar(spec, "maxReplicas")) }];
}

function serviceOf(name: string, nameSpan: ComposeService["nameSpan"], node: YamlNode | undefined): readonly ComposeService[] {
  if (node?.kind !== "map") return [];
  const limits = child(child(child(node, "deploy"), "resources"), "limits");
  const build = child(node, "build");
  const context = build?.kind === "scalar" ? build.text : scalar(build, "context");
  return [
    {
      name,
      nameSpan,
      image: scalar(node, "image"),
      build: build === undefined ? undefined : { context: context ?? ".", dockerfile: scalar(build, "dockerfile") ?? "Dockerfile" },
      environment: environmentOf(child(node, "environment")),
      command: wordsOf([child(node, "entrypoint"), child(node, "command")]),
      memory: limitOf(child(limits, "memory") ?? child(node, "mem_limit"), bytesOf),
      cpus: limitOf(child(limits, "cpus") ?? child(node, "cpus"), Number),
      replicas: replicasOf(scalar(child(node, "deploy"), "replicas") ?? scalar(node, "scale")),
      texts: textsOf(node),
    },
  ];
}

function environmentOf(node: YamlNode | undefined): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {};
  if (node?.kind === "map") for (const { key, value } of node.entries) environment[key] = value?.kind === "scalar" ? value.text : "";
  for (const item of itemsOf(node)) {
    const [, key, value] = item.kind === "scalar" ? (/^([^=]+)=?([\s\S]*)$/.exec(item.text) ?? []) : [];
    if (key !== undefined) environment[key] = value ?? "";
  }
  return environment;
}

function limitOf(node: YamlNode | undefined, read: (text: string) => number): Limit | undefined {
  if (node?.kind !== "scalar") return undefined;
  const amount = read(node.text);
  return Number.isFinite(amount) && amount > 0 ? { amount, at: node.span } : undefined;
}

const replicasOf = (text: string | undefined): number => (text !== undefined && /^\d+$/.test(text) ? Number(text) : 1);

/** "512m", "1.5G", "1024": bytes; NaN for a placeholder. */
function bytesOf(text: string): number {
  const [, number, unit = ""] = /^([\d.]+)\s*([kmgt]?)i?b?$/i.exec(text.trim()) ?? [];
  return number === undefined ? Number.NaN : Number(number) * 1024 ** ["", "k", "m", "g", "t"].indexOf(unit.toLowerCase());
}

const MAX_TEXTS = 2_000;

function textsOf(node: YamlNode | undefined): readonly PlacedText[] {
  const texts: PlacedText[] = [];
  const visit = (at: YamlNode | undefined): void => {
    if (at === undefined || texts.length >= MAX_TEXTS) return;
    if (at.kind === "scalar") texts.push({ text: at.text, at: at.span });
    else if (at.kind === "list") for (const item of at.items) visit(item);
    else for (const { value } of at.entries) visit(value);
  };
  visit(node);
  return texts;
}

/** A command, written as one text or as a list of them. */
const wordsOf = (nodes: readonly (YamlNode | undefined)[]): string =>
  nodes
    .flatMap(textsOf)
    .map(({ text }) => text)
    .join(" ")
    .trim();

const itemsOf = (node: YamlNode | undefined): readonly YamlNode[] => (node?.kind === "list" ? node.items : []);

function child(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === "map" ? (node as YamlMap).entries.find((entry) => entry.key === key)?.value : undefined;
}

function scalar(node: YamlNode | undefined, key: string): string | undefined {
  const value = child(node, key);
  return value?.kind === "scalar" ? value.text : undefined;
}
