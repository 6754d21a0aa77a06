import { childOf, childrenOf, parseXml, type XmlElement } from "../../syntax/xml.ts";
import type { Extracted } from "../fileFacts.ts";
import { syntaxProblems } from "../syntaxProblems.ts";
import { type BuildDependency, type BuildFacts, type BuildParent, type BuildPlugin, EMPTY_BUILD } from "./buildFacts.ts";

/** Reads a `pom.xml`. Of its profiles those count that are active when nobody says anything. */
export function pomFacts(text: string): Extracted<BuildFacts> {
  const { root, problems } = parseXml(text);
  const project = root?.name === "project" ? root : undefined;
  const build = childOf(project, "build");
  const managed = childOf(childOf(project, "dependencyManagement"), "dependencies");
  const managedPlugins = childOf(childOf(build, "pluginManagement"), "plugins");
  const active = childrenOf(childOf(project, "profiles"), "profile").filter(isActive);
  const layers = project === undefined ? [] : [project, ...active];
  const properties = Object.fromEntries(
    layers.flatMap((layer) => (childOf(layer, "properties")?.children ?? []).map((property) => [property.name, property.text])),
  );
  const plugins = childrenOf(childOf(build, "plugins"), "plugin");
  const facts: BuildFacts = {
    tool: "maven",
    kind: "project",
    ...EMPTY_BUILD,
    group: textOf(project, "groupId"),
    name: textOf(project, "artifactId"),
    version: textOf(project, "version"),
    parent: parentOf(childOf(project, "parent")),
    properties,
    plugins: [
      ...plugins.map((plugin) => pluginOf(plugin, true)),
      ...childrenOf(managedPlugins, "plugin").map((plugin) => pluginOf(plugin, false)),
    ],
    dependencies: [
      ...layers
        .flatMap((layer) => childrenOf(childOf(layer, "dependencies"), "dependency"))
        .flatMap((dependency) => dependencyOf(dependency, false)),
      ...childrenOf(managed, "dependency").flatMap((dependency) => dependencyOf(dependency, true)),
    ],
    modules: childrenOf(childOf(project, "modules"), "module").map((module) => module.text),
    javaVersion:
      properties["java.version"] ?? properties["maven.compiler.release"] ?? properties["maven.compiler.source"] ?? compilerRelease(plugins),
  };
  const spans = problems.map(({ span }) => span);
  return { facts, unparsed: spans, problems: syntaxProblems(problems, text, "error") };
}

/** By default, or by a property that is asked not to be there, or not to have a value. */
function isActive(profile: XmlElement): boolean {
  const activation = childOf(profile, "activation");
  const property = childOf(activation, "property");
  if (textOf(activation, "activeByDefault") === "true") return true;
  return [textOf(property, "name"), textOf(property, "value")].some((text) => text?.startsWith("!") === true);
}

function parentOf(parent: XmlElement | undefined): BuildParent | undefined {
  const artifact = textOf(parent, "artifactId");
  if (artifact === undefined) return undefined;
  return {
    group: textOf(parent, "groupId") ?? "",
    artifact,
    version: textOf(parent, "version"),
    relativePath: childOf(parent, "relativePath")?.text,
  };
}

function pluginOf(plugin: XmlElement, applied: boolean): BuildPlugin {
  return { id: textOf(plugin, "artifactId") ?? "", version: textOf(plugin, "version"), applied, shared: true, isAlias: false };
}

/** Dependencies and plugins of a parent are those of its children: all of them are `shared`. */
function dependencyOf(dependency: XmlElement, isManaged: boolean): readonly BuildDependency[] {
  const artifact = childOf(dependency, "artifactId");
  if (artifact === undefined) return [];
  const scope = textOf(dependency, "scope");
  return [
    {
      scope: isManaged
        ? "managed"
        : scope === "test"
          ? "test"
          : textOf(dependency, "optional") === "true" && isProcessor(artifact.text)
            ? "build"
            : "main",
      kind: "module",
      group: textOf(dependency, "groupId") ?? "",
      artifact: artifact.text,
      version: textOf(dependency, "version"),
      bom: isManaged && scope === "import",
      optional: scope === "provided" || textOf(dependency, "optional") === "true",
      shared: true,
      excludes: childrenOf(childOf(dependency, "exclusions"), "exclusion").flatMap((exclusion) => textOf(exclusion, "artifactId") ?? []),
      at: artifact.textSpan,
    },
  ];
}

const isProcessor = (artifact: string): boolean => /processor|lombok|jpamodelgen/.test(artifact);

function compilerRelease(plugins: readonly XmlElement[]): string | undefined {
  const compiler = plugins.find((plugin) => textOf(plugin, "artifactId") === "maven-compiler-plugin");
  const configuration = childOf(compiler, "configuration");
  return textOf(configuration, "release") ?? textOf(configuration, "source");
}

function textOf(element: XmlElement | undefined, name: string): string | undefined {
  const text = childOf(element, name)?.text;
  return text === "" ? undefined : text;
}
