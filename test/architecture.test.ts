import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What each layer may import, as `docs/architecture.md` says. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  text: [],
  syntax: ["text"],
  facts: ["syntax", "text"],
  project: ["facts", "text", "syntax"],
  model: ["facts", "syntax", "text"],
  rules: ["model", "facts", "text"],
  analysis: ["rules", "model", "facts", "text", "project"],
  report: ["rules", "text"],
  planner: ["model", "facts", "syntax", "text"],
  evidence: ["model", "facts", "syntax", "text"],
  bench: ["text", "facts", "project", "rules"],
  server: ["analysis", "report", "bench", "planner", "project", "rules", "model", "facts", "syntax", "text"],
  cli: ["analysis", "report", "bench", "planner", "project", "rules", "model", "facts", "syntax", "text"],
  extension: [],
  webview: [],
};

/** The typed protocols through which the shell and the panels meet what runs elsewhere. */
const PROTOCOLS = new Set([
  "src/server/protocol.ts",
  "src/bench/protocol.ts",
  "src/bench/panelProtocol.ts",
  "src/planner/panelProtocol.ts",
]);

/** Node modules that only compute. */
const PURE = new Set(["node:crypto", "node:v8", "node:zlib", "node:util", "node:perf_hooks"]);
const WITHOUT_SYSTEM = new Set(["text", "syntax", "facts", "model", "rules", "analysis", "report"]);
/** The one file below the shells that knows where files lie. */
const FINDS_FILES = new Set(["src/syntax/assets.ts"]);
/** The DOM needs no such look: the compiler does not know it outside of src/webview. */
const SYSTEM_GLOBALS = /\bprocess\.(?:env|cwd|exit|argv|std\w+)/;

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The imported file of this project. */
  readonly to: string | undefined;
  readonly typeOnly: boolean;
}

const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .filter((name) => /\.tsx?$/.test(name))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
const imports = [...sources].flatMap(([file, source]) => importsOf(file, source));

describe("architecture", () => {
  it("has imports that point down only", () => {
    const up = imports.filter(({ from, to }) => to !== undefined && layerOf(from) !== layerOf(to) && !mayImport(from, to));
    assert.deepEqual(up.map(shown), []);
  });

  it("knows the layer of every file", () => {
    assert.deepEqual(
      files.filter((file) => BELOW[layerOf(file)] === undefined),
      [],
    );
  });

  it("has imports that exist, with their extension", () => {
    const missing = imports.filter(({ specifier, to }) => specifier.startsWith(".") && (to === undefined || !existsSync(join(root, to))));
    assert.deepEqual(missing.map(shown), []);
  });

  it("has no cycles", () => {
    assert.deepEqual(cycles(), []);
  });

  it("keeps vscode in src/extension", () => {
    const elsewhere = imports.filter(({ from, specifier }) => specifier === "vscode" && layerOf(from) !== "extension");
    assert.deepEqual(elsewhere.map(shown), []);
  });

  it("keeps LSP in src/server and the extension's client", () => {
    const elsewhere = imports.filter(
      ({ from, specifier }) => specifier.startsWith("vscode-language") && !["server", "extension"].includes(layerOf(from)),
    );
    assert.deepEqual(elsewhere.map(shown), []);
  });

  it("keeps the file system, processes and the DOM out of what only computes", () => {
    const system = imports.filter(
      ({ from, specifier, typeOnly }) =>
        WITHOUT_SYSTEM.has(layerOf(from)) && !FINDS_FILES.has(from) && isNodeModule(specifier) && !PURE.has(specifier) && !typeOnly,
    );
    assert.deepEqual(system.map(shown), []);
    const globals = files.filter(
      (file) => WITHOUT_SYSTEM.has(layerOf(file)) && SYSTEM_GLOBALS.test(withoutComments(sources.get(file) ?? "")),
    );
    assert.deepEqual(globals, []);
  });

  it("lets rules neither parse nor read", () => {
    const parsing = imports.filter(
      ({ from, to, specifier }) =>
        layerOf(from) === "rules" &&
        ((to !== undefined && layerOf(to) === "syntax") || /tree-sitter|libpg|ts-morph|^yaml$/.test(specifier)),
    );
    assert.deepEqual(parsing.map(shown), []);
  });
});

function layerOf(file: string): string {
  return file.split("/")[1] as string;
}

function mayImport(from: string, to: string): boolean {
  if (PROTOCOLS.has(to) && ["extension", "webview"].includes(layerOf(from))) return true;
  return BELOW[layerOf(from)]?.includes(layerOf(to)) ?? false;
}

function importsOf(file: string, source: string): readonly Import[] {
  const statement =
    /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^\s*\}\s+from\s+"([^"]+)"/gm;
  return [...withoutComments(source).matchAll(statement)].map((match) => {
    const specifier = (match[2] ?? match[3] ?? match[4]) as string;
    const to = specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(file), specifier)) : undefined;
    return {
      from: file,
      specifier,
      to: to !== undefined && /\.(ts|tsx|json|css)$/.test(to) ? to : undefined,
      typeOnly: match[1] !== undefined,
    };
  });
}

/** Comments may speak of imports; so may strings, but none of ours does at the start of a line. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`\\])\/\/[^\n]*/g, "$1");
}

function isNodeModule(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

function shown({ from, specifier }: Import): string {
  return `${from} imports ${specifier}`;
}

/** Cycles of imports that are there at run time; types of two files may know each other. */
function cycles(): readonly string[] {
  const graph = new Map<string, readonly string[]>(
    files.map((file) => [
      file,
      imports.filter(({ from, to, typeOnly }) => from === file && to !== undefined && !typeOnly).map(({ to }) => to as string),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push([...path.slice(at), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}
