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
  project: ["facts", "text"],
  model: ["facts", "syntax", "text"],
  rules: ["model", "facts", "text"],
  analysis: ["rules", "model", "facts", "text", "project"],
  report: ["rules", "text"],
  planner: ["model", "facts", "syntax", "text"],
  bench: ["rules", "facts", "text"],
  server: ["analysis", "bench", "planner", "project", "rules", "model", "facts", "syntax", "text"],
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
const documents = [
  "docs/architecture.md",
  "docs/contributing.md",
  ...readdirSync(join(root, "docs/decisions")).map((name) => `docs/decisions/${name}`),
];
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
const imports = [...sources].flatMap(([file, source]) => importsOf(file, source));

describe("architecture", () => {
  it("has imports that point down only", () => {
    const up = imports.filter(({ from, to }) => to !== undefined && layerOf(from) !== layerOf(to) && !mayImport(from, to));
    assert.deepEqual(up.map(shown), []);
  });

  it("has each layer and each concern of the model on its map", () => {
    const map = readFileSync(join(root, "docs/architecture.md"), "utf8");
    const rooms = files.flatMap((file) => foldersAround(file).slice(1)).filter((folder) => /^src\/(?:\w+|model\/\w+)$/.test(folder));
    const missing = [...new Set(rooms)].filter((room) => !map.includes(`\`${room}\``) && !map.includes(`\`${room.slice("src/".length)}\``));
    assert.deepEqual(missing, []);
  });

  it("names files and folders that are there", () => {
    const names = new Set(files.flatMap((file) => [file, ...foldersAround(file)]));
    const isThere = (name: string): boolean => existsSync(join(root, name)) || [...names].some((known) => known.endsWith(`/${name}`));
    const gone = documents.flatMap((document) =>
      [
        ...readFileSync(join(root, document), "utf8").matchAll(
          /`((?:[\w-]+\/)*[\w-]+\.(?:d\.)?(?:ts|mjs)|(?:src|test|scripts|model|rules|facts)\/[\w/-]+)`/g,
        ),
      ]
        .map(([, name = ""]) => name)
        .filter((name) => !isThere(name))
        .map((name) => `${document}: ${name}`),
    );
    assert.deepEqual(gone, []);
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
    const atRunTime = imports.filter(({ typeOnly }) => !typeOnly);
    assert.deepEqual(cycles(atRunTime.flatMap(({ from, to }) => (to === undefined ? [] : [[from, to] as const]))), []);
  });

  it("has no cycles between the rooms of a folder", () => {
    // Rules of one language may ask what those of another ask: those on tables ask code, and a page without an order is a remark on a statement.
    const folders = new Set(files.flatMap((file) => foldersAround(file)).filter((folder) => folder !== "src/rules"));
    const found = [...folders].flatMap((folder) => cycles(arrowsWithin(folder)).map((cycle) => `${folder}: ${cycle}`));
    assert.deepEqual(found, []);
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

/** "src", "src/model", "src/model/calls" for a file of that room. */
function foldersAround(file: string): readonly string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** The imports between the files and folders that lie in a folder, those of types left out. */
function arrowsWithin(folder: string): readonly (readonly [string, string])[] {
  const roomOf = (file: string): string | undefined =>
    file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split("/")[0] : undefined;
  return imports.flatMap(({ from, to, typeOnly }) => {
    const [room, other] = [roomOf(from), to === undefined ? undefined : roomOf(to)];
    return typeOnly || room === undefined || other === undefined || room === other ? [] : [[room, other] as const];
  });
}

/** Cycles of arrows from one file or room to another; types of two may know each other. */
function cycles(arrows: readonly (readonly [string, string])[]): readonly string[] {
  const graph = new Map<string, string[]>();
  for (const [from, to] of arrows) graph.set(from, [...(graph.get(from) ?? []), to]);
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
  for (const from of graph.keys()) visit(from, []);
  return found;
}
