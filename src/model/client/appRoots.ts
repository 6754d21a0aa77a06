import { creationOf } from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../facts/dart/code.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { changesOf, type FactsChange } from "../part.ts";
import { bodyOf } from "./bodies.ts";

/**
 * The classes that are made where an application starts: `runApp(ProviderScope(child: App()))`. The widgets among them are there until
 * it ends.
 * Keys: `dartRoot:<class>`.
 */
export class AppRoots {
  /** By file. */
  readonly #roots = new Map<string, ReadonlySet<string>>();

  update(changes: readonly FactsChange[]): ReadonlySet<string> {
    const keys = new Set<string>();
    for (const { file, after } of changesOf(changes, "dart")) {
      const before = this.#roots.get(file) ?? new Set();
      const now = after === undefined ? new Set<string>() : rootsOf(after);
      for (const name of [...before, ...now]) if (before.has(name) !== now.has(name)) keys.add(`dartRoot:${name}`);
      if (now.size === 0) this.#roots.delete(file);
      else this.#roots.set(file, now);
    }
    return keys;
  }

  has(name: string): boolean {
    for (const roots of this.#roots.values()) if (roots.has(name)) return true;
    return false;
  }
}

function rootsOf(file: DartFile): ReadonlySet<string> {
  const roots = new Set<string>();
  if (file.dart.tooling || !file.dart.code.strings.includes("runApp")) return roots;
  for (const method of file.dart.functions) {
    const body = bodyOf(method, file);
    for (const node of body === undefined ? [] : nodesIn(body)) {
      if (node.kind !== "chain" || node.children[0]?.text !== "runApp") continue;
      for (const name of madeIn(node)) roots.add(name);
    }
  }
  return roots;
}

function* madeIn(call: DartNode): Generator<string> {
  for (const node of nodesIn(call)) {
    const creation = creationOf(node);
    if (creation !== undefined) yield creation.type;
  }
}
