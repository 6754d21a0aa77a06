import { ancestorsOf, asGiven, type CodeNode, childOf, nodesOf } from "../../../facts/java/code.ts";
import { simpleName } from "../../types/type.ts";
import type { CallGraph, MethodNode } from "../callGraph.ts";
import type { CallSite } from "../callSites.ts";
import type { Iteration } from "../iteration/iterationKinds.ts";
import { stepsOf } from "../iteration/sources.ts";
import { runsElsewhere } from "../threads.ts";
import type { Typer } from "../typing/typer.ts";
import type { WorkKind } from "../workKinds.ts";
import type { Effects } from "./effects.ts";
import { leavesThread } from "./requestPath.ts";
import { type SiteEffect, siteEffect } from "./siteEffects.ts";

/** Work that one element after the other waits for. */
export interface IteratedWork {
  readonly site: CallSite;
  /** Further calls of the same method in the same loop: one cause. */
  readonly others: readonly CallSite[];
  readonly effect: SiteEffect;
  readonly innermost: Iteration;
  /** The loop waits between its rounds, or asks a limiter. */
  readonly paced: boolean;
  /** The call gives a future that is not waited for at once: all elements are under way together. */
  readonly gathered: boolean;
}

/** The calls of a method that do work of one kind once per element, the elements one after the other. */
export function iteratedWork(calls: CallGraph, effects: Effects, method: MethodNode, kind: WorkKind): readonly IteratedWork[] {
  // A call that runs several methods, as listeners of one event, is named once, by the nearest of what they do.
  const found = new Map<number, Pick<IteratedWork, "site" | "effect" | "innermost">>();
  for (const site of method.sites) {
    const [innermost] = site.iterations;
    const effect = innermost === undefined || site.excuses.length > 0 ? undefined : siteEffect(effects, site, kind);
    if (innermost === undefined || effect === undefined) continue;
    const known = found.get(site.order);
    if (known === undefined || effect.depth < known.effect.depth) found.set(site.order, { site, effect, innermost });
  }
  if (found.size === 0) return [];
  const { body, typer } = calls.codeOf(method);
  const nodes = nodesOf(body);
  const causes = new Map<string, IteratedWork & { readonly others: CallSite[] }>();
  for (const { site, effect, innermost } of found.values()) {
    const node = nodes[site.order];
    if (node === undefined || runsElsewhere(node, typer)) continue;
    const inOrder = isOneByOne(node, typer);
    if (!inOrder && isConcurrent(node, typer)) continue;
    if (effect.target !== undefined && leavesThread(calls, effects.methodsFrom(effect.target, kind), kind)) continue;
    const cause = `${innermost.at.start} ${effect.target ?? site.order}`;
    const gathered = !inOrder && isGathered(calls, site, node);
    const same = causes.get(cause);
    if (same !== undefined && same.gathered === gathered) same.others.push(site);
    else
      causes.set(same === undefined ? cause : `${cause} ${site.order}`, {
        site,
        others: [],
        effect,
        innermost,
        paced: isPaced(node),
        gathered,
      });
  }
  return [...causes.values()];
}

/** `flux.concatMap(…)` asks for the next element when the publisher of the one before has ended. */
function isOneByOne(node: CodeNode, typer: Typer): boolean {
  const step = functionAround(node)?.parent;
  const on = step?.kind === "call" && ONE_BY_ONE.test(step.text) ? childOf(step, "receiver") : undefined;
  const type = on === undefined ? undefined : typer.typeOf(on);
  return type !== undefined && /^(?:Flux|Multi|MultiOnItem)$/.test(simpleName(type));
}

const ONE_BY_ONE = /^concatMap|AndConcatenate$/;

/** The lambda around a node, or the node itself where it is a method reference. */
function functionAround(node: CodeNode): CodeNode | undefined {
  if (node.kind === "reference") return node;
  for (const around of ancestorsOf(node)) if (around.kind === "lambda") return around;
  return undefined;
}

/** Other reactive steps and parallel streams do not wait for one element before the next; a pipeline sends all at once. */
function isConcurrent(node: CodeNode, typer: Typer): boolean {
  for (const around of [node, ...ancestorsOf(node)]) {
    if (around.kind !== "lambda" && around !== node) continue;
    const { parent: call, role } = asGiven(around);
    if (call?.kind !== "call" || role !== "argument") continue;
    if (/^(?:executePipelined|executeWithStickyConnection)$/.test(call.text)) return true;
    const on = childOf(call, "receiver");
    const type = on === undefined ? undefined : typer.typeOf(on);
    if (type !== undefined && /^(?:Flux|Mono|ParallelFlux|Multi|MultiOnItem)$/.test(simpleName(type))) return true;
    for (const step of on === undefined ? [] : stepsOf(on, typer)) if (/^(?:parallel|parallelStream)$/.test(step.text)) return true;
  }
  return false;
}

const FUTURES = /^(?:CompletableFuture|CompletionStage|Future|ListenableFuture|Mono|Flux|Uni)\b/;

function isGathered(calls: CallGraph, { targets, name }: CallSite, node: CodeNode): boolean {
  const next = node.parent;
  if (next?.kind === "call" && node.role === "receiver" && /^(?:join|get|block\w*|await\w*)$/.test(next.text)) return false;
  return (
    name === "sendAsync" ||
    (targets.length > 0 && targets.every((target) => FUTURES.test(calls.method(target)?.declared.method.returns ?? "")))
  );
}

function isPaced(node: CodeNode): boolean {
  for (const around of ancestorsOf(node)) {
    if (around.kind !== "foreach" && around.kind !== "for" && around.kind !== "while" && around.kind !== "lambda") continue;
    if (nodesOf(around).some((inner) => inner.kind === "call" && /^(?:sleep|acquire|tryAcquire|acquirePermission|await)$/.test(inner.text)))
      return true;
  }
  return false;
}
