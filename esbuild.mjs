// Bundles everything that runs: the editor extension, the server and its worker, the command line, the benchmark process and
// the webview. `--production` minifies, `--watch` rebuilds, `--sizes` prints what each bundle weighs.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import * as esbuild from "esbuild";
import { plannerFiles } from "./scripts/plannerFiles.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");
const require = createRequire(import.meta.url);

/** Output file by entry point; an entry whose area is not there yet is left out with a line that says so. */
const NODE_BUNDLES = {
  "dist/extension.cjs": "src/extension/extension.ts",
  "dist/client.cjs": "src/extension/client.ts",
  "dist/benchmarkPanel.cjs": "src/extension/panels/benchmarkPanel.ts",
  "dist/planPanel.cjs": "src/extension/panels/planPanel.ts",
  "dist/worker.cjs": "src/server/worker.ts",
  "dist/parse.cjs": "src/cli/parseThread.ts",
  "dist/bench.cjs": "src/bench/processMain.ts",
  "dist/runner.cjs": "src/bench/runner.ts",
  "dist/planner.cjs": "src/planner/plannerThread.ts",
};
/** Two ways into one bundle, since what they share is nearly all of either: each is a file of one line that asks it for its program. */
const ENGINE = "dist/engine.cjs";
const PROGRAMS = { "dist/server.cjs": "src/server/main.ts", "dist/cli.js": "src/cli/main.ts" };
const WEB_BUNDLES = { "dist/webview/bench.js": "src/webview/bench/main.ts", "dist/webview/plan.js": "src/webview/plan/main.ts" };

const WASM = {
  "web-tree-sitter.wasm": join(dirname(require.resolve("web-tree-sitter")), "web-tree-sitter.wasm"),
  "tree-sitter-java.wasm": "node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm",
  "tree-sitter-dart.wasm": "node_modules/@repomix/tree-sitter-wasms/out/tree-sitter-dart.wasm",
  "libpg-query.wasm": "node_modules/libpg-query/wasm/libpg-query.wasm",
};

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  sourcesContent: false,
  legalComments: "none",
  logLevel: "warning",
  target: "es2023",
  metafile: true,
};

/** @type {(outfile: string, entry?: string) => esbuild.BuildOptions} */
const forNode = (outfile, entry) => ({
  ...common,
  ...(entry === undefined ? { stdin: { contents: programs(), resolveDir: "." } } : { entryPoints: [entry] }),
  outfile,
  platform: "node",
  target: "node20.18",
  format: "cjs",
  // The package says "module", so that what is CommonJS by name only (dist/cli.js) is said to be so in dist/package.json.
  external: ["vscode"],
  // VS Code gives `vscode` to what is required; a bundle that is loaded later is required too.
  ...(entry?.startsWith("src/extension/") ? { supported: { "dynamic-import": false } } : {}),
  plugins: [lazyBundles()],
  // web-tree-sitter and our own asset finder ask for `import.meta.url`, which CommonJS does not have.
  define: { "import.meta.url": "__importMetaUrl" },
  banner: { js: `const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;` },
});

/** @type {(outfile: string, entry: string) => esbuild.BuildOptions} */
const forWeb = (outfile, entry) => ({
  ...common,
  entryPoints: [entry],
  outfile,
  platform: "browser",
  format: "iife",
});

const present = (bundles) =>
  Object.entries(bundles).filter(([outfile, entry]) => {
    if (existsSync(entry)) return true;
    console.log(`${outfile} left out: there is no ${entry}`);
    return false;
  });

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/wasm", { recursive: true });
writeFileSync("dist/package.json", `${JSON.stringify({ type: "commonjs" })}\n`);
for (const [name, from] of Object.entries(WASM)) copyFileSync(from, join("dist/wasm", name));
await copyPlanner();
for (const program of Object.keys(PROGRAMS))
  writeFileSync(program, `#!/usr/bin/env node\nrequire("./${basename(ENGINE)}").programs[${JSON.stringify(basename(program))}]();\n`, {
    mode: 0o755,
  });

const builds = [
  ...present(NODE_BUNDLES).map(([outfile, entry]) => forNode(outfile, entry)),
  forNode(ENGINE),
  ...present(WEB_BUNDLES).map(([outfile, entry]) => forWeb(outfile, entry)),
];

if (watch) {
  for (const build of builds) await (await esbuild.context({ ...build, plugins: [...(build.plugins ?? []), reportRebuilds()] })).watch();
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
  if (process.argv.includes("--sizes"))
    for (const { outfile } of builds) console.log(`${String(Math.ceil(statSync(outfile).size / 1024)).padStart(6)} KB  ${outfile}`);
}

/** What the engine's bundle gives: each program by the file that starts it. */
function programs() {
  const entries = Object.entries(PROGRAMS);
  const imports = entries.map(([, entry], at) => `import { main as program${at} } from "./${entry}";`);
  return `${imports.join("\n")}\nexport const programs = { ${entries.map(([outfile], at) => `${JSON.stringify(basename(outfile))}: program${at}`).join(", ")} };`;
}

/** PostgreSQL for the planner: its own files, and a data directory to start from. */
async function copyPlanner() {
  const from = dirname(require.resolve("@electric-sql/pglite"));
  const { EXTENSIONS } = await esbuild
    .transform(readFileSync("src/planner/protocol.ts", "utf8"), { loader: "ts", format: "esm" })
    .then(({ code }) => import(`data:text/javascript,${encodeURIComponent(code)}`));
  mkdirSync("dist/planner/extensions", { recursive: true });
  for (const name of EXTENSIONS) copyFileSync(join(from, `${name}.tar.gz`), join("dist/planner/extensions", `${name}.tar.gz`));
  const files = await plannerFiles();
  for (const name of ["pglite.wasm.br", "pglite.data.br", "snapshot.tar.br"]) copyFileSync(join(files, name), join("dist/planner", name));
}

/** What is imported when it is needed (the client, a panel, the benchmark's engine) stays a bundle of its own. @returns {esbuild.Plugin} */
function lazyBundles() {
  return {
    name: "lazy-bundles",
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const entry = relative(".", join(resolveDir, path)).replaceAll("\\", "/");
        const bundle = Object.entries(NODE_BUNDLES).find(([, source]) => source === entry)?.[0];
        return bundle === undefined ? undefined : { path: `./${basename(bundle)}`, external: true };
      });
    },
  };
}

/** The lines that the problem matcher of the watch task waits for. @returns {esbuild.Plugin} */
function reportRebuilds() {
  return {
    name: "report-rebuilds",
    setup(build) {
      build.onStart(() => console.log("[watch] build started"));
      build.onEnd(({ errors }) => {
        for (const { text, location } of errors)
          console.error(`✘ [ERROR] ${text}\n    ${location?.file}:${location?.line}:${location?.column}:`);
        console.log("[watch] build finished");
      });
    },
  };
}
