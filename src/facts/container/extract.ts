import { parseDockerfile } from "../../syntax/dockerfile.ts";
import { parseNginx } from "../../syntax/nginx.ts";
import { parseYaml, type YamlNode } from "../../syntax/yaml.ts";
import { configFacts } from "../config/extract.ts";
import type { Extracted } from "../fileFacts.ts";
import { isChartTemplate, isChartValues, isEnvironmentFile, isManifest } from "../languages.ts";
import { syntaxProblems } from "../syntaxProblems.ts";
import { templateFacts, valuesFacts } from "./chart.ts";
import type {
  ComposeService,
  ConfigMap,
  ContainerFacts,
  DockerStage,
  Limit,
  PlacedText,
  PlacedVariable,
  Scaler,
  Workload,
} from "./containerFacts.ts";
import { environmentFileFacts } from "./environmentFile.ts";
import { isKustomization, kustomizationFacts } from "./kustomization.ts";
import { child, itemsOf, scalar } from "./yamlNodes.ts";

/** Reads a file of containers, told apart by its name. */
export function containerFacts(file: string, text: string): Extracted<ContainerFacts> {
  if (/\.conf(?:\.template)?$/.test(file)) return { facts: { kind: "nginx", directives: parseNginx(text) }, unparsed: [], problems: [] };
  if (isEnvironmentFile(file)) return { facts: environmentFileFacts(text), unparsed: [], problems: [] };
  if (isChartTemplate(file)) return { facts: templateFacts(text), unparsed: [], problems: [] };
  if (isChartValues(file)) return { facts: valuesFacts(text), unparsed: [], problems: [] };
  if (isKustomization(file)) return { facts: kustomizationFacts(text), unparsed: [], problems: [] };
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
  const facts: ContainerFacts = { kind: "kubernetes", workloads: [], scalers: [], configMaps: [] };
  if (!/^\s*kind:\s*["']?(?:Deployment|StatefulSet|HorizontalPodAutoscaler|ConfigMap)\b/m.test(text))
    return { facts, unparsed: [], problems: [] };
  const roots = parseYaml(text).documents.map(({ root }) => root);
  return {
    facts: {
      kind: "kubernetes",
      workloads: roots.flatMap((root) => (/^(?:Deployment|StatefulSet)$/.test(scalar(root, "kind") ?? "") ? workloadOf(root) : [])),
      scalers: roots.flatMap((root) => (scalar(root, "kind") === "HorizontalPodAutoscaler" ? scalerOf(root) : [])),
      configMaps: roots.flatMap((root) => (scalar(root, "kind") === "ConfigMap" ? [configMapOf(root)] : [])),
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
      variables: containers.flatMap((container) => itemsOf(child(container, "env")).flatMap(variableOf)),
      command: wordsOf(containers.flatMap((container) => [child(container, "command"), child(container, "args")])),
      containers: containers.flatMap((container) => containerOf(container, spec)),
    },
  ];
}

function containerOf(container: YamlNode, spec: YamlNode | undefined): readonly ComposeService[] {
  const name = child(container, "name");
  if (name?.kind !== "scalar") return [];
  const limits = child(child(container, "resources"), "limits");
  const variables = itemsOf(child(container, "env")).flatMap(variableOf);
  return [
    {
      name: name.text,
      nameSpan: name.span,
      image: scalar(container, "image"),
      build: undefined,
      environment: Object.fromEntries(variables.map(({ name: key, value }) => [key, value])),
      variables,
      envFiles: [],
      command: wordsOf([child(container, "command"), child(container, "args")]),
      memory: limitOf(child(limits, "memory"), quantityOf),
      cpus: limitOf(child(limits, "cpu"), (text) => (/^\d+m$/.test(text) ? Number.parseInt(text, 10) / 1000 : Number(text))),
      replicas: replicasOf(scalar(spec, "replicas")),
      texts: textsOf(container),
    },
  ];
}

/** "512Mi" and "1Gi" count in 1024, "512M" and "1G" in 1000. */
function quantityOf(text: string): number {
  const [, number, unit = "", binary] = /^(\d+(?:\.\d+)?)([kMGT]?)(i?)$/.exec(text.trim()) ?? [];
  return number === undefined ? Number.NaN : Number(number) * (binary === "i" ? 1024 : 1000) ** ["", "k", "M", "G", "T"].indexOf(unit);
}

function variableOf(variable: YamlNode): readonly PlacedVariable[] {
  const name = child(variable, "name");
  return name?.kind === "scalar" ? [{ name: name.text, value: scalar(variable, "value") ?? "", at: name.span }] : [];
}

/** A file of settings counts by its keys, all at the place of its name: what stands in it is indented. */
function configMapOf(root: YamlNode | undefined): ConfigMap {
  const data = child(root, "data");
  const entries = data?.kind === "map" ? data.entries : [];
  const variables = entries.flatMap(({ key, keySpan, value }): readonly PlacedVariable[] => {
    if (value?.kind !== "scalar") return [];
    if (!/^(?:application|bootstrap)[\w-]*\.(?:ya?ml|properties)$/.test(key)) return [{ name: key, value: value.text, at: keySpan }];
    const { documents } = configFacts(key, value.text).facts;
    return documents.flatMap(({ properties }) =>
      properties.map((property) => ({ name: property.key, value: property.value, at: keySpan })),
    );
  });
  return { name: scalar(child(root, "metadata"), "name") ?? "", variables, envFiles: [] };
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
  const variables = variablesOf(child(node, "environment"));
  return [
    {
      name,
      nameSpan,
      image: scalar(node, "image"),
      build: build === undefined ? undefined : { context: context ?? ".", dockerfile: scalar(build, "dockerfile") ?? "Dockerfile" },
      environment: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
      variables,
      envFiles: pathsOf(child(node, "env_file")),
      command: wordsOf([child(node, "entrypoint"), child(node, "command")]),
      memory: limitOf(child(limits, "memory") ?? child(node, "mem_limit"), bytesOf),
      cpus: limitOf(child(limits, "cpus") ?? child(node, "cpus"), Number),
      replicas: replicasOf(scalar(child(node, "deploy"), "replicas") ?? scalar(node, "scale")),
      texts: textsOf(node),
    },
  ];
}

function variablesOf(node: YamlNode | undefined): readonly PlacedVariable[] {
  if (node?.kind === "map")
    return node.entries.map(({ key, keySpan, value }) => ({ name: key, value: value?.kind === "scalar" ? value.text : "", at: keySpan }));
  return itemsOf(node).flatMap((item) => {
    const [, name, value = ""] = item.kind === "scalar" ? (/^([^=]+)=?([\s\S]*)$/.exec(item.text) ?? []) : [];
    return name === undefined || item.kind !== "scalar" ? [] : [{ name, value, at: item.span }];
  });
}

/** One path, or a list of paths, or of `{ path: …, required: false }`. */
const pathsOf = (node: YamlNode | undefined): readonly string[] =>
  (node?.kind === "list" ? node.items : node === undefined ? [] : [node]).flatMap((one) =>
    one.kind === "scalar" ? one.text : (scalar(one, "path") ?? []),
  );

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
