import { type CodeNode, childrenOf, mentions, nodesOf, stringsNamed } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { GatheredCalls } from "./callsByFile.ts";

/** How many calls a method has; `ofOne` are those among them that ask for a page of one row. */
export interface Uses {
  readonly all: number;
  readonly ofOne: number;
}

const NONE: Uses = { all: 0, ofOne: 0 };

/** How often application code calls each method that a repository declares. */
export class RepositoryUses {
  readonly #calls: CallGraph;
  readonly #byMethod = new GatheredCalls((file) => this.#targetsIn(file), usesIn);

  constructor(calls: CallGraph) {
    this.#calls = calls;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    return this.#byMethod.update(changed);
  }

  /** The calls of a method, by its key. */
  of(method: string): Uses {
    return this.#byMethod.all.get(method) ?? NONE;
  }

  #targetsIn(file: string): string {
    const targets: string[] = [];
    for (const method of this.#calls.methodsIn(file)) {
      const mayPage = asksForPages(method);
      for (const site of method.sites) {
        if ((site.work?.kind !== "read" && site.work?.kind !== "write") || site.targets.length === 0) continue;
        const mark = mayPage && this.#asksForOne(method, site) ? ONE : "";
        targets.push(...site.targets.map((target) => target + mark));
      }
    }
    return targets.sort().join("\n");
  }

  /** `find(names, PageRequest.of(0, 1))`, `find(names, Limit.of(1))`. */
  #asksForOne(method: MethodNode, { order }: CallSite): boolean {
    const call = this.#calls.codeOf(method).nodes[order];
    return call !== undefined && childrenOf(call, "argument").some((argument) => nodesOf(argument).some(isOfOne));
  }
}

function usesIn(said: Iterable<string>): ReadonlyMap<string, Uses> {
  const byMethod = new Map<string, Uses>();
  for (const targets of said)
    for (const target of targets.split("\n")) {
      const isOfOne = target.endsWith(ONE);
      const method = isOfOne ? target.slice(0, -ONE.length) : target;
      const { all, ofOne } = byMethod.get(method) ?? NONE;
      byMethod.set(method, { all: all + 1, ofOne: ofOne + (isOfOne ? 1 : 0) });
    }
  return byMethod;
}

/** Behind the key of a method that is asked for one row. */
const ONE = " 1";
const PAGES = ["PageRequest", "Limit"];

/** Cheap: whether a body names what a page is asked for by. */
function asksForPages({ declared: { owner, method } }: MethodNode): boolean {
  const { code } = owner.file.java;
  const named = method.body < 0 ? undefined : stringsNamed(code, PAGES);
  return named !== undefined && mentions(code, method.body, named);
}

function isOfOne(call: CodeNode): boolean {
  if (call.kind !== "call" || !/^(?:of|ofSize)$/.test(call.text)) return false;
  const [on] = childrenOf(call, "receiver");
  const given = childrenOf(call, "argument");
  const size = on?.text === "Limit" || call.text === "ofSize" ? given[0] : given[1];
  return on?.kind === "name" && PAGES.includes(on.text) && size?.kind === "literal" && size.text === "1";
}
