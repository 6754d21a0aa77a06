import { workspace } from "vscode";
import type { EditorSettings } from "../server/protocol.ts";

const SECTION = "performanceAuditor";

/** The files that the server answers for. */
export const SELECTOR = [
  { scheme: "file", language: "java" },
  { scheme: "file", language: "dart" },
  { scheme: "file", language: "sql" },
  { scheme: "file", pattern: "**/*.{java,dart,sql}" },
  { scheme: "file", pattern: "**/{application,bootstrap}*.{yml,yaml,properties}" },
  { scheme: "file", pattern: "**/{performance.yaml,performance.yml,pom.xml,pubspec.yaml,go.mod,libs.versions.toml,gradle.properties}" },
  { scheme: "file", pattern: "**/{build,settings}.{gradle,gradle.kts}" },
  { scheme: "file", pattern: "**/{*[Dd]ockerfile*,*compose*.yml,*compose*.yaml,*.conf,*.conf.template}" },
  { scheme: "file", pattern: "**/{.env,.env.*,*.env}" },
  { scheme: "file", pattern: "**/{config-repo,config-repository,configuration-repo,configuration-repository}/**/*.{yml,yaml,properties}" },
  {
    scheme: "file",
    pattern: "**/*config*/src/main/resources/{shared,config,configs,configuration,configurations,properties}/**/*.{yml,yaml,properties}",
  },
  { scheme: "file", pattern: "**/{kustomization,values*,*deployment,*statefulset,*config-map,*configmap,*hpa}.{yml,yaml}" },
  { scheme: "file", pattern: "**/{*k8s*,*kubernetes*,*kube*,*manifests*,templates}/**/*.{yml,yaml}" },
];

/** What the server is told. */
export function editorSettings(): EditorSettings {
  const configuration = workspace.getConfiguration(SECTION);
  return {
    minimumSeverity: configuration.get("minimumSeverity", "hint"),
    unopenedFiles: configuration.get("unopenedFiles", true),
    planVerdicts: configuration.get("planVerdicts", true),
  };
}

export function isEnabled(): boolean {
  return workspace.getConfiguration(SECTION).get("enable", true);
}

export function runsOn(): "type" | "save" {
  return workspace.getConfiguration(SECTION).get("run", "type");
}

export function keepsCache(): boolean {
  return workspace.getConfiguration(SECTION).get("cache", true);
}

/** Where a benchmark sends its requests unless the person says otherwise. */
export function benchmarkTarget(): string {
  return workspace.getConfiguration(SECTION).get("benchmark.target", "http://127.0.0.1:8080");
}
