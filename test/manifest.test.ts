import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "@vscode/vsce";
import { packageExtension } from "../scripts/package.ts";
import { projectFacts } from "../src/facts/project/extract.ts";
import { EXTENSIONS } from "../src/planner/protocol.ts";
import { rules } from "../src/rules/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const extensionSource = sourcesIn("src/extension");

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly yamlValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

interface Step {
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly unknown[];
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

describe("manifest", () => {
  it("activates for our files, or when the editor has started, and never searches the workspace for them", () => {
    for (const event of manifest.activationEvents) {
      assert.match(
        event,
        /^(onStartupFinished|onLanguage:(java|dart|sql)|workspaceContains:[^*?{]+|onWebviewPanel:performanceAuditor\.\w+)$/,
      );
    }
  });

  it("has every command in its code, and every command of its code", () => {
    const promised = manifest.contributes.commands.map(({ command }) => command.replace("performanceAuditor.", ""));
    const registered = [...extensionSource.matchAll(/register\("(\w+)"/g)].map(([, name]) => name);
    assert.deepEqual([...promised].sort(), [...registered].sort());
    for (const { title, category } of manifest.contributes.commands) {
      assert.equal(category, "Performance Auditor");
      assert.match(title, /^[A-Z]/);
    }
  });

  it("has at most ten settings, each described, with a default that fits, and read by the code", () => {
    const settings = Object.entries(manifest.contributes.configuration.properties);
    assert.ok(settings.length <= 10);
    for (const [name, setting] of settings) {
      assert.match(name, /^performanceAuditor\.[a-zA-Z.]+$/);
      assert.ok((setting.description ?? setting.markdownDescription ?? "").length > 20, `${name} is described`);
      assert.equal(typeof setting.default, setting.type, `the default of ${name}`);
      if (setting.enum !== undefined) assert.ok(setting.enum.includes(setting.default), `the default of ${name} is one of its values`);
      assert.ok(extensionSource.includes(`get("${name.replace("performanceAuditor.", "")}"`), `${name} is read`);
    }
    const read = [...extensionSource.matchAll(/\.get\("([a-zA-Z.]+)"/g)].map(([, name]) => `performanceAuditor.${name}`);
    assert.deepEqual(
      read.filter((name) => !(name in manifest.contributes.configuration.properties)),
      [],
    );
  });

  it("works in an untrusted folder, apart from settings that send something somewhere", () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, "limited");
    assert.ok(restrictedConfigurations.length > 0);
    for (const name of restrictedConfigurations) assert.ok(name in manifest.contributes.configuration.properties, name);
  });

  it("is built against the oldest VS Code that it promises", () => {
    assert.equal(manifest.devDependencies["@types/vscode"], manifest.engines.vscode.replace("^", ""));
    assert.deepEqual(manifest.dependencies ?? {}, {}, "everything is in the bundles");
  });

  it("walks through commands that are there, with project files that are right", () => {
    const commands = new Set(manifest.contributes.commands.map(({ command }) => command));
    const ids = rules.map(({ id }) => id);
    for (const { description, media, completionEvents } of manifest.contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      const named = [...description.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command as string);
      assert.deepEqual(
        named.filter((command) => !commands.has(command)),
        [],
      );
      assert.deepEqual(
        completionEvents,
        named.map((command) => `onCommand:${command}`),
      );
      const text = readFileSync(join(root, media.markdown), "utf8");
      for (const [, yaml] of text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm))
        assert.deepEqual(projectFacts("performance.yaml", yaml as string).problems, [], media.markdown);
      for (const [, id] of text.matchAll(/\b((?:java|sql|dart|config)\/[a-z-]+)/g)) assert.ok(ids.includes(id as string), id);
    }
  });

  it("names files that are there", () => {
    const { grammars, yamlValidation } = manifest.contributes;
    for (const path of [manifest.icon, ...grammars.map(({ path }) => path), ...yamlValidation.map(({ url }) => url)])
      assert.ok(existsSync(join(root, path)), path);
    for (const { path, scopeName } of grammars) assert.equal(JSON.parse(readFileSync(join(root, path), "utf8")).scopeName, scopeName);
    const icon = readFileSync(join(root, manifest.icon));
    assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
  });
});

describe("package", function () {
  this.timeout(120_000);

  before(() => assert.ok(existsSync(join(root, manifest.main)), "dist/ is built: npm run build"));

  it("holds what is named and nothing else", async () => {
    const files = await listFiles({ cwd: root, packageManager: 2 });
    const documents = files.filter((file) => /^docs\/rules\/[a-z]+\/[a-z0-9-]+\.md$/.test(file));
    assert.ok(documents.length >= 8);
    assert.deepEqual(files.filter((file) => !documents.includes(file) && !OPTIONAL.has(file)).sort(), [...REQUIRED].sort());
  });

  it("is small, and its door tiny", async () => {
    assert.ok(statSync(join(root, manifest.main)).size < 10_000, "activation loads next to nothing");
    const door = readFileSync(join(root, manifest.main), "utf8");
    const required = [...door.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name as string);
    assert.deepEqual([...new Set(required)].sort(), ["./benchmarkPanel.cjs", "./client.cjs", "./planPanel.cjs", "node:url", "vscode"]);
    const folder = mkdtempSync(join(tmpdir(), "performance-auditor-vsix-"));
    try {
      const packagePath = join(folder, "package.vsix");
      await packageExtension(packagePath);
      const megabytes = statSync(packagePath).size / 1024 / 1024;
      assert.ok(megabytes <= 8, `the VSIX has ${megabytes.toFixed(2)} MB`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const REQUIRED = [
  "LICENSE",
  "README.md",
  "package.json",
  "dist/bench.cjs",
  "dist/benchmarkPanel.cjs",
  "dist/cli.js",
  "dist/client.cjs",
  "dist/engine.cjs",
  "dist/extension.cjs",
  "dist/parse.cjs",
  "dist/planPanel.cjs",
  "dist/package.json",
  "dist/planner.cjs",
  "dist/planner/pglite.data.br",
  "dist/planner/pglite.wasm.br",
  "dist/planner/snapshot.tar.br",
  ...EXTENSIONS.map((name) => `dist/planner/extensions/${name}.tar.gz`),
  "dist/runner.cjs",
  "dist/server.cjs",
  "dist/worker.cjs",
  "dist/wasm/libpg-query.wasm",
  "dist/wasm/tree-sitter-dart.wasm",
  "dist/wasm/tree-sitter-java.wasm",
  "dist/wasm/web-tree-sitter.wasm",
  "dist/webview/bench.css",
  "dist/webview/bench.js",
  "dist/webview/plan.css",
  "dist/webview/plan.js",
  "docs/benchmark.md",
  "docs/configuration.md",
  "docs/planner.md",
  "docs/rules/README.md",
  "media/icon.png",
  "media/walkthrough/decide.md",
  "media/walkthrough/find.md",
  "media/walkthrough/measure.md",
  "media/walkthrough/understand.md",
  "schemas/performance.schema.json",
  "syntaxes/query-in-java.injection.tmLanguage.json",
];
const OPTIONAL = new Set(["CHANGELOG.md"]);

function sourcesIn(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(root, folder, name), "utf8"))
    .join("\n");
}
