import { Parser } from "web-tree-sitter";
import type { WasmMemory } from "./wasmTree.ts";

/**
 * web-tree-sitter keeps one WASM instance a thread and fills only the module object of the first `Parser.init`. This is the
 * one place that calls it, so that everyone gets the memory of that instance.
 */
let started: Promise<Partial<WasmMemory>> | undefined;

export function startTreeSitter(wasmFile: string): Promise<Partial<WasmMemory>> {
  started ??= (async () => {
    const module: Partial<WasmMemory> & { locateFile(): string } = { locateFile: () => wasmFile };
    await Parser.init(module);
    return module;
  })();
  return started;
}
