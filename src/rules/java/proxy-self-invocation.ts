import { type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import { runsOnQuarkus } from "../../model/caching/ownCalls.ts";
import type { CacheUse } from "../../model/caching/readUses.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { mayOverride } from "../../model/calls/dispatch.ts";
import type { CodeHint } from "../../model/configuration/codeHints.ts";
import type { Model } from "../../model/model.ts";
import { insideTemplate } from "../../model/transactions/template.ts";
import { needsTransaction, transactionOf } from "../../model/transactions/transactions.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { simpleName } from "../../model/types/type.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isPassedBy } from "./shared/running/reach.ts";
import { isOpenedOnTheWay } from "./shared/transactions/transactionAround.ts";

export const proxySelfInvocation = defineRule({
  id: "java/proxy-self-invocation",
  title: "An annotated method is called past the proxy that gives the annotation its meaning",
  language: "java",
  certainty: "proven",
  cost: "a cached result is computed again, asynchronous work makes the caller wait, a transaction becomes one per statement",
  references: [
    "https://docs.spring.io/spring-framework/reference/core/aop/proxying.html#aop-understanding-aop-proxies",
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html#cache-annotation-enable",
    "https://docs.spring.io/spring-framework/reference/data-access/transaction/declarative/annotations.html",
  ],
  messages: {
    own: "{{call}} is called within {{type}}: @{{annotation}} has no effect here",
    hidden: "{{call}} is private: @{{annotation}} has no effect",
    ownOften: "{{call}} is called {{times}} times within {{type}}: @{{annotation}} has no effect there",
    hiddenOften: "{{call}} is private and called {{times}} times: @{{annotation}} has no effect",
  },

  check({ file, model, report }) {
    if (runsOnQuarkus(model.configuration, file.file)) return;
    // What a cache or a thread misses is one cause, at whichever call: the class. Of transactions each caller lacks its own.
    const causes = new Map<string, SelfCall[]>();
    for (const found of selfCalls(model, file.file)) {
      const key = found.advice.annotation === "Transactional" ? `${causes.size}` : `${found.called.key} ${found.advice.annotation}`;
      causes.set(key, [...(causes.get(key) ?? []), found]);
    }
    for (const [first, ...others] of causes.values()) {
      if (first === undefined) continue;
      const { method, called, site, advice, missing } = first;
      const { owner, method: target } = called.declared;
      const isPrivate = target.modifiers.includes("private");
      report({
        at: site.at,
        message: others.length === 0 ? (isPrivate ? "hidden" : "own") : isPrivate ? "hiddenOften" : "ownOften",
        data: {
          call: site.name,
          type: method.declared.owner.type.name,
          annotation: advice.annotation,
          times: 1 + others.length,
        },
        certainty: missing.certainty,
        cost: missing.cost,
        related: [
          { at: { file: owner.file.file, ...target.nameSpan }, message: `@${advice.annotation} stands here` },
          ...model.effects.chainTo(method.key),
          ...others.map((other) => ({ at: { file: file.file, ...other.site.at }, message: `${nameOf(other.method)} calls it, too` })),
        ],
      });
    }
  },
});

interface SelfCall {
  readonly method: MethodNode;
  readonly called: MethodNode;
  readonly site: CallSite;
  readonly advice: Advice;
  readonly missing: Missing;
}

function* selfCalls(model: Model, file: string): Generator<SelfCall> {
  for (const method of model.calls.methodsIn(file)) {
    for (const site of method.sites) {
      const called = calledOnItself(model, method, site);
      const advice = called === undefined ? undefined : adviceOf(called);
      if (called === undefined || advice === undefined) continue;
      if (model.configuration.codeSettles(advice.woven, file)) continue;
      if (!isSelfCall(model, method, called, site, advice)) continue;
      const missing =
        advice.annotation === "Transactional"
          ? transactionMissing(model, method, called, site)
          : advice.annotation === "Async" && handsOver(model, called)
            ? undefined
            : cacheOrThread(model, method, called, advice);
      if (missing !== undefined) yield { method, called, site, advice, missing };
    }
  }
}

const nameOf = ({ declared: { owner, method } }: MethodNode): string => `${owner.type.name}.${method.name}`;

const EACH_ITS_OWN = "one transaction and one commit for each statement";

/** What an annotation without effect means here. */
interface Missing {
  readonly certainty: Certainty;
  readonly cost: string;
}

interface Advice {
  readonly annotation: string;
  readonly woven: CodeHint;
  readonly cost: string;
}

/** A method of the class around the call, or of one above it; calls between classes pass the proxy. */
function calledOnItself(model: Model, { declared: { owner } }: MethodNode, site: CallSite): MethodNode | undefined {
  const [target] = site.targets;
  if (target === undefined || site.targets.length > 1 || site.work !== undefined) return undefined;
  const called = model.calls.method(target);
  // Spring Data calls the default methods of an interface on its proxy.
  if (called === undefined || called.declared.owner.type.kind !== "class" || called.declared.method.modifiers.includes("static"))
    return undefined;
  if (!model.types.lineage(owner).some(({ type }) => type.qualified === called.declared.owner.type.qualified)) return undefined;
  model.calls.noteBody(called);
  return called;
}

function adviceOf({ declared }: MethodNode): Advice | undefined {
  const { annotations } = declared.method;
  if (annotationNamed(annotations, "Cacheable") !== undefined)
    return { annotation: "Cacheable", woven: "woven-caching", cost: "the result is computed at each call, whatever the cache holds" };
  if (annotationNamed(annotations, "CacheEvict", "CachePut") !== undefined) {
    const annotation = annotationNamed(annotations, "CacheEvict") === undefined ? "CachePut" : "CacheEvict";
    return { annotation, woven: "woven-caching", cost: "the cache goes on answering with the old value" };
  }
  if (annotationNamed(annotations, "Async") !== undefined)
    return { annotation: "Async", woven: "woven-async", cost: "the caller waits until the work is done" };
  if (annotationNamed(annotations, "Transactional") !== undefined)
    return { annotation: "Transactional", woven: "woven-transactions", cost: EACH_ITS_OWN };
  return undefined;
}

/** The receiver is `this`, or none: what is injected into its own class is its proxy. */
function isSelfCall(model: Model, method: MethodNode, called: MethodNode, site: CallSite, { annotation }: Advice): boolean {
  const { body, typer } = model.calls.codeOf(method);
  const call: CodeNode | undefined = nodesOf(body)[site.order];
  if (call === undefined) return false;
  const receiver = childOf(call, "receiver");
  if (receiver !== undefined && receiver.kind !== "this" && receiver.kind !== "super") return false;
  if (receiver?.kind === "super" && overrides(method, called)) return false;
  return annotation !== "Transactional" || !insideTemplate(call, typer);
}

/** A method that overrides an annotated one has its annotation: what `super.save(x)` wants has begun when `save` was called. */
const overrides = ({ declared }: MethodNode, above: MethodNode): boolean =>
  declared.method.name === above.declared.method.name &&
  declared.method.parameters.length === above.declared.method.parameters.length &&
  mayOverride(declared, above.declared);

/**
 * A caller with the same annotation has had its effect already, and evicts or waits by itself. Whoever evicts what he reads, or puts it
 * into a cache, wants to see it as it is.
 */
function cacheOrThread(model: Model, caller: MethodNode, called: MethodNode, { annotation, cost }: Advice): Missing | undefined {
  const { method } = caller.declared;
  if (annotation === "Cacheable" && annotationNamed(method.annotations, "CacheEvict", "CachePut") !== undefined) return undefined;
  if (annotation === "Cacheable" && tendsCache(model, caller)) return undefined;
  if (annotation === "CachePut" && keepsWhatIsPut(model, caller, called)) return undefined;
  if (annotationNamed(method.annotations, annotation, "Caching") !== undefined) return undefined;
  // Only at a request somebody is known to wait: a step that is handed on may run on a thread of its own already.
  const waits = annotation !== "Async" || model.effects.reachedFrom(caller.key)?.kind === "endpoint";
  return { certainty: waits ? "proven" : "likely", cost };
}

/** Whether the cache that a method is to fill keeps the answers of its caller: then it is filled on the way back. */
function keepsWhatIsPut({ cacheUses }: Model, caller: MethodNode, called: MethodNode): boolean {
  const filled = usesOf(cacheUses, called, "put");
  return filled.length > 0 && filled.every((name) => usesOf(cacheUses, caller, "read").includes(name));
}

const usesOf = (uses: Model["cacheUses"], { key, declared }: MethodNode, kind: CacheUse["kind"]): readonly string[] =>
  uses.usesIn(declared.owner.file.file).flatMap((use) => (use.method === key && use.kind === kind ? use.names : []));

/** Whether a method, or another of its class that it calls, works with a cache itself. */
function tendsCache(model: Model, method: MethodNode, calls = 2): boolean {
  if (model.caching.of(method.key)?.cached === "body") return true;
  const own = method.declared.owner.type;
  return (
    calls > 0 &&
    method.sites.some(({ targets: [target] }) => {
      const called = target === undefined ? undefined : model.calls.method(target);
      return called?.declared.owner.type === own && tendsCache(model, called, calls - 1);
    })
  );
}

/** `return supplyAsync(…)`, `stream.subscribe(…)`: the work leaves the caller's thread without the annotation. */
function handsOver(model: Model, called: MethodNode): boolean {
  if (called.declared.method.body < 0) return false;
  const { body, typer } = model.calls.codeOf(called);
  return nodesOf(body).some((node) => {
    if (node.kind !== "call") return false;
    if (node.text !== "subscribe") return /^(?:supply|run)Async$/.test(node.text);
    const on = childOf(node, "receiver");
    const type = on === undefined ? undefined : typer.typeOf(on);
    return type !== undefined && /^(?:Mono|Flux|ConnectableFlux)$/.test(simpleName(type));
  });
}

/** Undefined where a transaction that serves is open already, on every way that is known. */
function transactionMissing(model: Model, caller: MethodNode, called: MethodNode, site: CallSite): Missing | undefined {
  const wanted = transactionOf(called.declared, model.types);
  if (wanted === undefined || wanted.propagation === "SUPPORTS" || wanted.propagation === "NEVER") return undefined;
  const own = transactionOf(caller.declared, model.types);
  const inOne = own !== undefined && needsTransaction(own);
  if (wanted.propagation === "NOT_SUPPORTED")
    return inOne ? { certainty: "proven", cost: "the caller's transaction goes on, and holds its connection meanwhile" } : undefined;
  if (wanted.propagation === "REQUIRES_NEW" || wanted.propagation === "NESTED") {
    // Overloads that call each other: the one that was called from outside has opened the transaction that was wanted.
    if (own?.on === "method" && own.propagation === wanted.propagation && site.iterations.length === 0) return undefined;
    if (inOne) return { certainty: "proven", cost: "its statements and locks belong to the caller's transaction, until that ends" };
  }
  if (inOne) return undefined;
  // A single statement is a transaction of its own, annotation or not.
  if (!writesSeveral(model, called)) return undefined;
  const path = model.effects.pathTo(caller.key);
  if (path.length === 0 && caller.declared.method.modifiers.includes("private")) return undefined;
  if (isOpenedOnTheWay(model, caller)) return undefined;
  return { certainty: path.length === 0 && isSpareOverload(model, caller, site) ? "possible" : "likely", cost: EACH_ITS_OWN };
}

/** An overload that only passes on, kept for tests or former callers; what an interface declares may be called from anywhere. */
const isSpareOverload = (model: Model, caller: MethodNode, { name }: CallSite): boolean =>
  caller.declared.method.name === name &&
  annotationNamed(caller.declared.method.annotations, "Override") === undefined &&
  isPassedBy(model, caller);

/** Reads gain little from a transaction, writes are committed one by one without it. */
function writesSeveral(model: Model, { key, sites }: MethodNode): boolean {
  if (model.effects.of(key, "write") === undefined) return false;
  const statements = sites.filter(
    ({ work, targets }) =>
      work?.kind === "read" ||
      work?.kind === "write" ||
      targets.some((target) => model.effects.of(target, "read") !== undefined || model.effects.of(target, "write") !== undefined),
  );
  return statements.length > 1 || statements.some(({ iterations, work }) => iterations.length > 0 || work === undefined);
}
