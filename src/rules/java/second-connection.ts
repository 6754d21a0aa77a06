import type { CodeNode } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { type CallSite, placeOf } from "../../model/calls/callSites.ts";
import { mayRun } from "../../model/calls/dispatch.ts";
import { staysInTransaction } from "../../model/calls/effects/requestPath.ts";
import { runsAfterTransaction } from "../../model/calls/eventListeners.ts";
import { iterationsAround } from "../../model/calls/iteration/iteration.ts";
import type { Model } from "../../model/model.ts";
import { keepsNoConnection, takesConnectionAtStart } from "../../model/transactions/connectionStart.ts";
import { needsTransaction, type Transaction, transactionOf } from "../../model/transactions/transactions.ts";
import { annotationText } from "../../model/types/constants.ts";
import { contains, type Place, type Span } from "../../text/positions.ts";
import { defineRule } from "../rule.ts";
import { isInErrorBranch } from "./shared/running/errorBranches.ts";
import { newTransactions } from "./shared/transactions/newTransactions.ts";
import { sendsStatement } from "./shared/transactions/slowInTransaction.ts";

export const secondConnection = defineRule({
  id: "java/second-connection",
  title: "A request needs two connections at once",
  language: "java",
  certainty: "likely",
  cost: "two connections at once for each request; when as many begin as the pool has connections, all of them wait until the timeout",
  references: [
    "https://docs.spring.io/spring-framework/reference/data-access/transaction/declarative/tx-propagation.html",
    "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing#pool-locking",
  ],
  messages: { inside: "{{method}} takes a second connection inside the transaction of {{outer}} ({{entry}})" },

  check({ file, model, report }) {
    if (keepsNoConnection(model, file.file)) return;
    for (const method of model.calls.methodsIn(file.file)) {
      for (const begun of begunIn(model, method)) {
        const entry = model.effects.reachedFrom(method.key);
        // Clocks have one thread, or few.
        if (entry === undefined || !entry.often || (entry.kind !== "endpoint" && entry.kind !== "listener")) continue;
        const held = heldOnTheWay(model, method, begun);
        if (held === undefined) continue;
        report({
          at: begun.at,
          message: "inside",
          data: { method: nameOf(method), outer: nameOf(held.outer), entry: entry.label },
          cost: `two connections at once for each ${entry.label}; where as many run as the pool has, all wait until the timeout`,
          related: [
            { at: { file: held.transaction.file, ...held.transaction.annotation.span }, message: "the transaction around it begins here" },
            ...model.effects.chainTo(method.key),
            { at: begun.begins, message: "a transaction of its own begins here" },
          ],
        });
      }
    }
  },
});

/** A transaction beside that of the caller. */
interface Begun {
  readonly at: Span;
  readonly begins: Place;
  /** Of a method's annotation; undefined for a template, whose manager nobody knows here. */
  readonly manager: string | undefined;
  /** The call in the method's body that begins it; undefined where the method itself is it. */
  readonly call: CodeNode | undefined;
}

function begunIn(model: Model, method: MethodNode): readonly Begun[] {
  const { declared } = method;
  if (runsAfterTransaction(declared.method)) return [];
  const own = transactionOf(declared, model.types);
  const templates = newTransactions(model, method).flatMap((call): readonly Begun[] => {
    const at = { start: call.start, end: call.nameStart + call.text.length };
    const sends = method.sites.some((site) => contains(call, site.at) && sendsStatement(model, site));
    const { iterations } = iterationsAround(call, model.calls.codeOf(method).typer);
    return sends && iterations.length === 0 && !isInErrorBranch(call)
      ? [{ at, begins: { file: declared.owner.file.file, ...at }, manager: undefined, call }]
      : [];
  });
  if (own?.propagation !== "REQUIRES_NEW") return templates;
  const sends = model.effects.of(method.key, "read") !== undefined || model.effects.of(method.key, "write") !== undefined;
  if (!sends && !takesConnectionAtStart(model, method)) return [];
  const at = own.on === "method" ? own.annotation.span : declared.method.nameSpan;
  return [{ at, begins: placeOf(declared), manager: managerOf(own), call: undefined }];
}

interface Held {
  readonly outer: MethodNode;
  readonly transaction: Transaction;
}

/** The nearest transaction on the known way to a method that has its connection when the method is called, on the same thread. */
function heldOnTheWay(model: Model, method: MethodNode, { manager, call }: Begun): Held | undefined {
  const path = model.effects.pathTo(method.key);
  const nodes = path.flatMap((key) => model.calls.method(key) ?? []);
  if (nodes.length < path.length || (call === undefined && !passesProxy(nodes, nodes.length - 1))) return undefined;
  for (const { declared } of nodes) model.calls.methodsIn(declared.owner.file.file);
  for (let i = nodes.length - (call === undefined ? 2 : 1); i >= 0; i--) {
    const outer = nodes[i] as MethodNode;
    // What listens for the commit has to begin anew, and Hibernate gives the connection back behind it only.
    if (runsAfterTransaction(outer.declared.method)) return undefined;
    // A declaration stands on the way for what runs in its place.
    if (outer.declared.method.body < 0) continue;
    const isOwn = call !== undefined && outer === method;
    const site = isOwn ? undefined : outer.sites.find((one) => mayRun(one, path[i + 1] ?? ""));
    if (!isOwn && (site === undefined || site.iterations.length > 0)) return undefined;
    const order =
      site?.order ?? model.calls.codeOf(outer).nodes.findIndex(({ kind, start }) => kind === call?.kind && start === call.start);
    const transaction = transactionOf(outer.declared, model.types);
    if (transaction === undefined || !passesProxy(nodes, i)) continue;
    // A manager of its own may have a pool of its own.
    if (!needsTransaction(transaction) || (manager !== undefined && managerOf(transaction) !== manager)) return undefined;
    const holds = takesConnectionAtStart(model, outer) || outer.sites.some((one) => one.order < order && sendsStatement(model, one));
    if (!holds || (site !== undefined && isForFailures(model, outer, site)) || !staysInTransaction(model.calls, path.slice(i)))
      return undefined;
    return { outer, transaction };
  }
  return undefined;
}

/** Whether a method on the way is called from another class, so that its annotations have an effect; entry points are. */
function passesProxy(nodes: readonly MethodNode[], index: number): boolean {
  const called = nodes[index];
  const caller = nodes.slice(0, index).findLast(({ declared }) => declared.method.body >= 0);
  return caller === undefined || called === undefined || caller.declared.owner.type.qualified !== called.declared.owner.type.qualified;
}

const managerOf = ({ annotation }: Transaction): string =>
  annotationText(annotation, "transactionManager") ?? annotationText(annotation, "value") ?? "";

function isForFailures(model: Model, { key }: MethodNode, { order }: CallSite): boolean {
  const node = model.calls.method(key);
  const call = node === undefined ? undefined : model.calls.codeOf(node).nodes[order];
  return call === undefined || isInErrorBranch(call);
}

const nameOf = ({ declared: { owner, method } }: MethodNode): string => `${owner.type.name}.${method.name}`;
