import { childrenOf, mentions, stringsNamed } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { bareName } from "../../types/typeIndex.ts";
import { GatheredCalls } from "../repositories/callsByFile.ts";
import { keysOfPage, type SortKey } from "./sortedPages.ts";

/** The orders in which calls ask a repository's own reads for their pages: `orders.of(shop, PageRequest.of(0, 20, Sort.by("day")))`. */
export class AskedOrders {
  readonly #calls: CallGraph;
  readonly #byMethod = new GatheredCalls((file) => this.#ordersIn(file), ordersByMethod);

  constructor(calls: CallGraph) {
    this.#calls = calls;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    return this.#byMethod.update(changed);
  }

  /** The order that all calls of a method ask for; undefined where one asks for another, or for one that does not stand at the call. */
  of(method: string): readonly SortKey[] | undefined {
    const [only = "", ...others] = this.#byMethod.all.get(method) ?? [];
    return only === "" || others.length > 0 ? undefined : (JSON.parse(only) as readonly SortKey[]);
  }

  #ordersIn(file: string): string {
    const lines: string[] = [];
    for (const method of this.#calls.methodsIn(file)) {
      for (const { work, targets, order } of method.sites) {
        const [target, ...more] = targets;
        const place = work?.kind === "read" && target !== undefined && more.length === 0 ? this.#pageOf(target) : -1;
        if (place >= 0) lines.push(`${target}\t${namesPages(method) ? this.#orderAt(method, order, place) : ""}`);
      }
    }
    return lines.sort().join("\n");
  }

  /** Which parameter of a method is the page. */
  #pageOf(target: string): number {
    const parameters = this.#calls.method(target)?.declared.method.parameters ?? [];
    return parameters.findIndex(({ type }) => /^(?:Pageable|PageRequest)$/.test(bareName(type)));
  }

  #orderAt(method: MethodNode, order: number, place: number): string {
    const code = this.#calls.codeOf(method);
    const call = code.nodes[order];
    const page = call?.kind === "call" ? childrenOf(call, "argument")[place] : undefined;
    const keys = page === undefined ? undefined : keysOfPage(page, code);
    return keys === undefined || keys.length === 0 ? "" : JSON.stringify(keys);
  }
}

function ordersByMethod(said: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const byMethod = new Map<string, Set<string>>();
  for (const lines of said)
    for (const line of lines.split("\n")) {
      const border = line.indexOf("\t");
      const [method, order] = [line.slice(0, border), line.slice(border + 1)];
      const known = byMethod.get(method);
      if (known === undefined) byMethod.set(method, new Set([order]));
      else known.add(order);
    }
  return byMethod;
}

/** Cheap: whether a body makes a page. */
function namesPages({ declared: { owner, method } }: MethodNode): boolean {
  const named = stringsNamed(owner.file.java.code, ["PageRequest"]);
  return named !== undefined && mentions(owner.file.java.code, method.body, named);
}
