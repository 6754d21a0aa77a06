import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SyntaxAssets } from "./trees/runtime.ts";

/** The WASM files beside a bundle, as the build script lays them. */
export function bundledAssets(distDirectory: string): SyntaxAssets {
  const wasm = (name: string) => join(distDirectory, "wasm", name);
  return { treeSitter: wasm("web-tree-sitter.wasm"), java: wasm("tree-sitter-java.wasm"), dart: wasm("tree-sitter-dart.wasm") };
}

/** The WASM files in `node_modules`, for tests and scripts that run from source. */
export function sourceAssets(): SyntaxAssets {
  const require = createRequire(import.meta.url);
  const near = (specifier: string) => dirname(require.resolve(specifier));
  const root = join(dirname(fileURLToPath(import.meta.url)), "../../node_modules");
  return {
    treeSitter: join(near("web-tree-sitter"), "web-tree-sitter.wasm"),
    java: join(root, "@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm"),
    dart: join(root, "@repomix/tree-sitter-wasms/out/tree-sitter-dart.wasm"),
  };
}
