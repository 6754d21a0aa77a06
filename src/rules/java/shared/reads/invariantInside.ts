import { type CodeNode, childrenOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { SentQueries, type SentQuery } from "../../../../model/persistence/sent/sentQueries.ts";
import { type InvariantRead, isBeanOf, loopOf, reachesOut, sameAtEachRound, writesAny } from "../loops/invariantReads.ts";
import { tablesOf } from "../loops/tablesTouched.ts";
import { answersAgain } from "./firstLevelCache.ts";

/** Queries of a call in a loop that ask the same at each round, though the call is given something else each time. */
export interface SteadyQueries {
  readonly call: CodeNode;
  readonly loop: CodeNode;
  /** The nearest first. */
  readonly queries: readonly SentQuery[];
}

/** `traitsOf(tree, lotId)`, which asks for the traits of the whole lot and looks for the tree's among them. */
export class InvariantInside {
  readonly #model: Model;
  readonly #queries: SentQueries;

  constructor(model: Model) {
    this.#model = model;
    this.#queries = new SentQueries(model);
  }

  /** What a call asks, where all of it is the same at each round. */
  readIn(method: MethodNode, code: BodyCode, site: CallSite): InvariantRead | undefined {
    const steady = this.steadyIn(method, code, site);
    const [nearest] = steady?.queries ?? [];
    if (steady === undefined || nearest === undefined) return undefined;
    const asked = new Set(steady.queries.map((query) => query.call.label));
    const first = site.targets.map((target) => this.#model.effects.passedOn(target, "read")?.label ?? "");
    if ([...first, ...this.#queries.labelsOf(site)].some((label) => !asked.has(label))) return undefined;
    return { read: { label: nearest.call.label, through: true, apart: nearest.afterReturn, chain: nearest.chain.slice(1) }, ...steady };
  }

  /** Undefined where nothing of it is, or a session has the answers. */
  steadyIn(method: MethodNode, code: BodyCode, site: CallSite): SteadyQueries | undefined {
    const [innermost] = site.iterations;
    const call = innermost === undefined || site.work !== undefined ? undefined : code.callOf(site);
    if (innermost === undefined || call?.kind !== "call" || childrenOf(call, "argument").length === 0) return undefined;
    // Who reaches out each time waits for that, and may want to know each time whether to.
    if (site.targets.some((target) => reachesOut(this.#model, target)) || this.#queries.labelsOf(site).size === 0) return undefined;
    const loop = loopOf(call, innermost);
    const isSame = loop === undefined ? undefined : sameAtEachRound(call, loop, code);
    if (loop === undefined || isSame === undefined) return undefined;
    const isBean = isBeanOf(this.#model, method);
    const sent = this.#queries.sentInLoop(method, site, call, (node) => (isSame(node) || isBean(node) ? `same:${node.start}` : undefined));
    const queries = sent
      .filter((query) => !query.changesEntities && !answersAgain(this.#model, method, query))
      .filter(({ call: asked }) => !writesAny(this.#model, method, code, loop, () => tablesOf(this.#model, asked)))
      .sort((a, b) => a.chain.length - b.chain.length);
    return queries.length === 0 ? undefined : { call, loop, queries };
  }
}
