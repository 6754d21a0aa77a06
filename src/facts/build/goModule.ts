import { type BuildFacts, EMPTY_BUILD } from "./buildFacts.ts";

/** Reads a `go.mod` for the tools that migrate a database: what it requires itself, not what comes with it. */
export function goModule(text: string): BuildFacts {
  const required = [...text.matchAll(/^[ \t]*(?:require[ \t]+)?(github\.com\/golang-migrate\/migrate\/v\d+)[ \t]+(v[\w.+-]+)[ \t]*$/gm)];
  const dependencies = required.map(({ 1: artifact = "", 2: version, index, 0: whole }) => ({
    scope: "main" as const,
    kind: "module" as const,
    group: "",
    artifact,
    version,
    bom: false,
    shared: false,
    optional: false,
    excludes: [],
    at: { start: index, end: index + whole.length },
  }));
  return { tool: "go", kind: "requirements", ...EMPTY_BUILD, dependencies };
}
