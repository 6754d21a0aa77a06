import type { Span } from "../../text/positions.ts";

/** What one build file says. Versions may hold placeholders: `${x}` and `$x` of Maven and Gradle, looked up by the model. */
export interface BuildFacts {
  readonly tool: "maven" | "gradle" | "pub" | "git" | "go";
  /** A project's own file; one that names or feeds projects: settings, version catalog, `gradle.properties`; `.gitmodules`; `go.mod`. */
  readonly kind: "project" | "settings" | "catalog" | "properties" | "submodules" | "requirements";
  readonly group: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** `<parent>` of a pom. */
  readonly parent: BuildParent | undefined;
  /** `<properties>`, `ext`, `gradle.properties`, `[versions]`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly plugins: readonly BuildPlugin[];
  readonly dependencies: readonly BuildDependency[];
  /** `<modules>`, `include` and git's submodules: folders relative to the file. */
  readonly modules: readonly string[];
  /** As written: "17", "${java.version}". */
  readonly javaVersion: string | undefined;
  /** What a catalog's aliases stand for, dots for dashes: "spring.boot.starter.web". */
  readonly aliases: Readonly<Record<string, CatalogEntry>>;
  readonly flutter: boolean;
  /** The `sdk` constraint of a pubspec. */
  readonly dartSdk: string | undefined;
}

export interface BuildParent {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | undefined;
  /** Folder or file; undefined for the default "..", "" where the parent is not looked for in folders. */
  readonly relativePath: string | undefined;
}

export interface BuildPlugin {
  /** "spring-boot-maven-plugin", "org.springframework.boot". */
  readonly id: string;
  readonly version: string | undefined;
  /** False for `apply false` and `<pluginManagement>`. */
  readonly applied: boolean;
  /** Given to the projects below, by `subprojects` or `allprojects`. */
  readonly shared: boolean;
  /** A catalog alias stands in `id`. */
  readonly isAlias: boolean;
}

export interface BuildDependency {
  /** main: on the application's classpath; test; build: processors and build scripts; managed: a version for others. */
  readonly scope: "main" | "test" | "build" | "managed";
  /** module: group and artifact; project: `artifact` is a path such as ":core"; alias: `artifact` is one of a catalog. */
  readonly kind: "module" | "project" | "alias";
  readonly group: string;
  readonly artifact: string;
  readonly version: string | undefined;
  /** A bill of materials: its versions count for others. */
  readonly bom: boolean;
  readonly shared: boolean;
  /** Whoever depends on the module does not get it: Maven's `<optional>`, and what is `provided`. */
  readonly optional: boolean;
  /** Artifacts that would come with it and are left out. */
  readonly excludes: readonly string[];
  readonly at: Span;
}

export interface CatalogEntry {
  readonly kind: "library" | "plugin" | "bundle";
  readonly group: string;
  /** Of a plugin its id; of a bundle the aliases, joined by ",". */
  readonly artifact: string;
  readonly version: string | undefined;
}

export const EMPTY_BUILD: Omit<BuildFacts, "tool" | "kind"> = {
  group: undefined,
  name: undefined,
  version: undefined,
  parent: undefined,
  properties: {},
  plugins: [],
  dependencies: [],
  modules: [],
  javaVersion: undefined,
  aliases: {},
  flutter: false,
  dartSdk: undefined,
};
