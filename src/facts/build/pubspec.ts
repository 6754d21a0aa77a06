import { parseYaml, type YamlEntry, type YamlNode } from "../../syntax/yaml.ts";
import type { Extracted } from "../fileFacts.ts";
import { syntaxProblems } from "../syntaxProblems.ts";
import { type BuildDependency, type BuildFacts, EMPTY_BUILD } from "./buildFacts.ts";

/** Reads a `pubspec.yaml`. */
export function pubspecFacts(text: string): Extracted<BuildFacts> {
  const { documents, problems } = parseYaml(text);
  const root = documents[0]?.root;
  const dependencies = [...dependenciesIn(child(root, "dependencies"), "main"), ...dependenciesIn(child(root, "dev_dependencies"), "test")];
  const facts: BuildFacts = {
    tool: "pub",
    kind: "project",
    ...EMPTY_BUILD,
    name: textOf(child(root, "name")),
    version: textOf(child(root, "version")),
    dependencies,
    modules: itemsOf(child(root, "workspace")),
    flutter: dependencies.some(({ artifact, scope }) => artifact === "flutter" && scope === "main"),
    dartSdk: textOf(child(child(root, "environment"), "sdk")),
  };
  const unparsed = problems.filter(({ code }) => code !== "DUPLICATE_KEY").map(({ span }) => span);
  return { facts, unparsed, problems: syntaxProblems(problems, text, "error") };
}

function dependenciesIn(node: YamlNode | undefined, scope: "main" | "test"): readonly BuildDependency[] {
  if (node?.kind !== "map") return [];
  return node.entries.map((entry: YamlEntry) => ({
    scope,
    kind: child(entry.value, "path") === undefined ? "module" : "project",
    group: "",
    artifact: entry.key,
    version: textOf(entry.value) ?? textOf(child(entry.value, "version")),
    bom: false,
    shared: false,
    optional: false,
    excludes: [],
    at: entry.keySpan,
  }));
}

function child(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === "map" ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}

const textOf = (node: YamlNode | undefined): string | undefined => (node?.kind === "scalar" ? node.text : undefined);
const itemsOf = (node: YamlNode | undefined): readonly string[] =>
  node?.kind === "list" ? node.items.flatMap((item) => textOf(item) ?? []) : [];
