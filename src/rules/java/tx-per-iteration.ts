import { ancestorsOf, nodesOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { siteEffect } from "../../model/calls/effects/siteEffects.ts";
import { runsAfterTransaction } from "../../model/calls/eventListeners.ts";
import type { Model } from "../../model/model.ts";
import { isUnconditional } from "../../model/persistence/sent/sentQueries.ts";
import { insideTemplate } from "../../model/transactions/template.ts";
import { needsTransaction, type Transaction, transactionOf } from "../../model/transactions/transactions.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { elementsOf } from "./shared/loops/rounds.ts";
import { onlyCall } from "./shared/running/onlyCall.ts";
import { isHandedOn, isOpenedOnTheWay } from "./shared/transactions/transactionAround.ts";

export const txPerIteration = defineRule({
  id: "java/tx-per-iteration",
  title: "A transaction for every element of a loop",
  language: "java",
  certainty: "likely",
  cost: "N commits; with REQUIRES_NEW inside a transaction two connections per thread, which may wait for each other for ever",
  references: [
    "https://docs.spring.io/spring-framework/reference/data-access/transaction/declarative/tx-propagation.html",
    "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing#pool-locking",
  ],
  messages: {
    second: "{{call}} takes a second connection for each element of {{over}}",
    each: "{{call}} commits once per element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const loops = new Set<number>();
      for (const site of method.sites) {
        const [innermost] = site.iterations;
        if (innermost === undefined || site.work !== undefined || site.excuses.length > 0) continue;
        const begun = begunBy(model, method, site);
        if (begun === undefined) continue;
        const { called, inner } = begun;
        const own = transactionOf(method.declared, model.types);
        const inOne = own !== undefined && needsTransaction(own);
        const second = inOne && inner.propagation === "REQUIRES_NEW";
        const sends = (kind: "read" | "write"): boolean => model.effects.of(called.key, kind) !== undefined;
        // A commit of what was only read costs little; a connection is a connection.
        if (!sends("write") && !(second && sends("read"))) continue;
        // Without a transaction around it there is no commit that the listener would wait for.
        if (
          !second &&
          (runsAfterTransaction(called.declared.method) ||
            inOne ||
            isOpenedOnTheWay(model, method) ||
            isGuarded(model, method, site) ||
            isHandedOn(model, method))
        )
          continue;
        if (loops.has(innermost.at.start) || (begun.way.length > 0 && hasDirect(model, method, innermost.at.start))) continue;
        loops.add(innermost.at.start);
        report({
          at: site.at,
          message: second ? "second" : "each",
          data: { call: site.name, over: innermost.over },
          certainty: second ? "proven" : begun.apart || tellsOthers(model, method, site) ? "possible" : "likely",
          cost: second ? "two connections at once for each thread that runs it" : `N commits, N = ${elementsOf(site.iterations)}`,
          related: [
            { at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` },
            ...begun.way,
            { at: { file: inner.file, ...inner.annotation.span }, message: "a transaction begins here" },
          ],
        });
      }
    }
  },
});

/** Whether another call of a loop begins a transaction itself, which says it better. */
const hasDirect = (model: Model, method: MethodNode, loop: number): boolean =>
  method.sites.some(
    (site) => site.iterations[0]?.at.start === loop && site.excuses.length === 0 && begunBy(model, method, site)?.way.length === 0,
  );

/** A transaction that a call begins, and the method that has it. */
interface Begun {
  readonly called: MethodNode;
  readonly inner: Transaction;
  readonly way: readonly RelatedPlace[];
  /** A method that several call, or that may end before, is most often a piece of work that may well be committed by itself. */
  readonly apart: boolean;
}

/** The transaction of what a call runs, also where a method of the class itself stands between. */
function begunBy(model: Model, method: MethodNode, site: CallSite): Begun | undefined {
  const called = calledBean(model, method, site);
  const inner = called === undefined ? undefined : transactionOf(called.declared, model.types);
  if (called !== undefined) return inner !== undefined && needsTransaction(inner) ? { called, inner, way: [], apart: false } : undefined;
  const helper = ownHelper(model, method, site);
  if (helper === undefined) return undefined;
  for (const within of helper.sites) {
    if (within.iterations.length > 0 || within.excuses.length > 0 || within.work !== undefined) continue;
    const begun = calledBean(model, helper, within);
    const transaction = begun === undefined ? undefined : transactionOf(begun.declared, model.types);
    if (begun === undefined || transaction === undefined || !needsTransaction(transaction) || isGuarded(model, helper, within)) continue;
    if (model.effects.of(begun.key, "write") === undefined) continue;
    const { file } = helper.declared.owner.file;
    const call = model.calls.codeOf(helper).nodes[within.order];
    const apart = onlyCall(model, helper) === undefined || call === undefined || !isUnconditional(call);
    return {
      called: begun,
      inner: transaction,
      way: [{ at: { file, ...within.at }, message: `${site.name} calls ${within.name}` }],
      apart,
    };
  }
  return undefined;
}

/** The private method of the class itself that a call runs. */
function ownHelper(model: Model, { declared: { owner } }: MethodNode, { targets }: CallSite): MethodNode | undefined {
  const [target, ...more] = targets;
  const helper = target === undefined || more.length > 0 ? undefined : model.calls.method(target);
  const isOwn = helper?.declared.owner.type.qualified === owner.type.qualified && helper.declared.method.modifiers.includes("private");
  return isOwn ? helper : undefined;
}

/** What others are told of one by one has to be committed one by one, or a failure would take back what they already know. */
function tellsOthers(model: Model, method: MethodNode, { iterations }: CallSite): boolean {
  const [innermost] = iterations;
  return method.sites.some(
    (site) =>
      site.iterations[0]?.at.start === innermost?.at.start &&
      (["message", "mail", "http", "search"] as const).some((kind) => siteEffect(model.effects, site, kind) !== undefined),
  );
}

/** The one method of another class that the call runs: calls within a class pass no proxy. */
function calledBean(model: Model, { declared: { owner } }: MethodNode, { targets }: CallSite): MethodNode | undefined {
  const [target, ...more] = targets;
  if (target === undefined || more.length > 0) return undefined;
  model.calls.noteBodies(model.calls.method(target)?.declared.owner.file.file ?? owner.file.file);
  const declared = model.calls.method(target);
  if (declared !== undefined) model.effects.of(declared.key, "write");
  const [runs, ...others] = declared === undefined || declared.declared.method.body >= 0 ? [] : [...model.calls.overridesOf(target)];
  if (declared !== undefined && declared.declared.method.body < 0) {
    const entry = model.types.declared(declared.declared.owner.type.qualified, owner.file.file);
    if (entry !== undefined) model.types.descendantsOf(entry);
  }
  const called = runs === undefined ? declared : others.length > 0 ? undefined : model.calls.method(runs);
  if (called === undefined || called.declared.owner.type.kind === "interface") return undefined;
  model.calls.noteBody(called);
  return called.declared.owner.type.qualified === owner.type.qualified ? undefined : called;
}

/** In a template's transaction; or caught one by one, which is to say that elements are meant to be committed one by one. */
function isGuarded(model: Model, method: MethodNode, site: CallSite): boolean {
  const { body, typer } = model.calls.codeOf(method);
  const call = nodesOf(body)[site.order];
  if (call === undefined || insideTemplate(call, typer)) return true;
  const [innermost] = site.iterations;
  for (const around of ancestorsOf(call)) {
    if (around.kind === "try") return true;
    if (around.start === innermost?.at.start || /^(?:foreach|for|while|do|method)$/.test(around.kind)) return false;
  }
  return false;
}
