import { ancestorsOf, type CodeNode, childOf, holdsKind, mentions, nodesOf, stringsNamed } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { runsOnEntryThread } from "../../model/calls/effects/requestPath.ts";
import { type SiteEffect, siteEffect } from "../../model/calls/effects/siteEffects.ts";
import { isByClock } from "../../model/calls/effects/spread.ts";
import { runsElsewhere } from "../../model/calls/threads.ts";
import type { Typer } from "../../model/calls/typing/typer.ts";
import type { WorkKind } from "../../model/calls/workKinds.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import { defineRule } from "../rule.ts";

export const lockHotPath = defineRule({
  id: "java/lock-hot-path",
  title: "One request at a time waits for the database or the network",
  language: "java",
  certainty: "likely",
  cost: "requests one after the other: 1 / duration of the work a second, whatever the machine has",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/locks/ReentrantLock.html",
    "https://openjdk.org/jeps/491",
  ],
  messages: { locked: "{{method}} runs {{work}} under a lock, one {{entry}} at a time" },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const whole = method.declared.method.modifiers.includes("synchronized");
      if (method.sites.length === 0 || (!whole && !holdsLock(method) && !takesLock(method)) || !isShared(method)) continue;
      const entry = model.effects.reachedFrom(method.key);
      if (entry === undefined || !entry.often || isByClock(entry)) continue;
      const waiting = method.sites.flatMap((site) => {
        const effect = SLOW.map((kind) => siteEffect(model.effects, site, kind)).find((found) => found !== undefined);
        const counts = effect !== undefined && effect.depth <= 4 && effect.candidates <= 3 && site.excuses.length === 0;
        return counts ? [{ site, effect }] : [];
      });
      if (waiting.length === 0 || !runsOnEntryThread(model.calls, model.effects, method.key)) continue;
      const { body, typer } = model.calls.codeOf(method);
      const nodes = nodesOf(body);
      const held = waiting.find(({ site }) => {
        const node = nodes[site.order];
        return (
          node !== undefined &&
          !isMoment(node) &&
          !runsElsewhere(node, typer) &&
          !fillsOnce(node) &&
          (whole || lockAround(node, typer) || isBetweenLocks(node, nodes, method, typer))
        );
      });
      if (held === undefined) continue;
      report({
        at: held.site.at,
        message: "locked",
        data: dataOf(method, held.effect, entry.label),
        // A statement takes about a millisecond: who changes something seldom waits for the one before.
        ...(SOON_OVER.has(held.effect.kind) && /^(?:POST|PUT|PATCH|DELETE) /.test(entry.label) ? { severity: "hint" as const } : {}),
        related: model.effects.chainTo(method.key),
      });
    }
  },
});

/** `Thread.sleep(1)`: over before anybody waits. */
const isMoment = (call: CodeNode): boolean => call.text === "sleep" && /^\dL?$/i.test(childOf(call, "argument")?.text ?? "");

const SOON_OVER: ReadonlySet<WorkKind> = new Set(["read", "write", "search", "redis"]);
const SLOW: readonly WorkKind[] = ["http", "search", "read", "write", "redis", "sleep"];

const holdsLock = ({ declared: { owner, method } }: MethodNode): boolean => holdsKind(owner.file.java.code, method.body, "synchronized");

/** A bean that all requests share, or a static method of any class. */
function isShared({ declared: { owner, method } }: MethodNode): boolean {
  if (method.modifiers.includes("static")) return true;
  const scope = annotationNamed(owner.type.annotations, "Scope", "RequestScope", "SessionScope");
  const bean = annotationNamed(
    owner.type.annotations,
    "Service",
    "Component",
    "Repository",
    "Controller",
    "RestController",
    "Configuration",
  );
  return bean !== undefined && scope === undefined;
}

/** A `synchronized` block over the bean, a class, or a field: a lock that a key picks is narrow already. */
function lockAround(node: CodeNode, typer: Typer): boolean {
  for (const around of ancestorsOf(node)) {
    if (around.kind !== "synchronized") continue;
    const lock = childOf(around, "lock");
    if (lock === undefined) return false;
    if (lock.kind === "this" || lock.kind === "class" || lock.kind === "field") return true;
    return lock.kind === "name" && typer.declarationOf(lock) === undefined && !/^\p{Ll}\w*(?:Id|Key)$/u.test(lock.text);
  }
  return false;
}

/** Between `lock.lock()` and the last `lock.unlock()` of a field of the class, which is there once for all requests. */
function isBetweenLocks(node: CodeNode, nodes: readonly CodeNode[], { declared: { owner } }: MethodNode, typer: Typer): boolean {
  const named = (call: CodeNode, names: RegExp): string | undefined => {
    if (call.kind !== "call" || !names.test(call.text)) return undefined;
    const on = childOf(call, "receiver");
    const held = on?.kind === "call" && on.text === "writeLock" ? childOf(on, "receiver") : on;
    if (held === undefined || (held.kind !== "name" && held.kind !== "field")) return undefined;
    if (held.kind === "name" && typer.declarationOf(held) !== undefined) return undefined;
    return owner.type.fields.find(({ name, type }) => name === held.text && LOCKS.test(bareName(type)))?.name;
  };
  return nodes.some((taken) => {
    const lock = taken.start < node.start ? named(taken, TAKES) : undefined;
    // Whoever only tries does not wait for the others.
    if (lock === undefined || (taken.text === "tryLock" && childOf(taken, "argument") === undefined)) return false;
    return nodes.some((given) => given.start > node.start && named(given, /^unlock$/) === lock);
  });
}

const takesLock = ({ declared: { owner, method } }: MethodNode): boolean => {
  const { code } = owner.file.java;
  const taken = owner.type.fields.some(({ type }) => LOCKS.test(bareName(type)))
    ? stringsNamed(code, ["lock", "tryLock", "lockInterruptibly"])
    : undefined;
  return taken !== undefined && mentions(code, method.body, taken);
};
const TAKES = /^(?:lock|tryLock|lockInterruptibly)$/;
/** Of one that many may read at once, only the lock for writing counts. */
const LOCKS = /^(?:Lock|ReentrantLock|(?:Reentrant)?ReadWriteLock)$/;

/** `if (value == null) value = read();`: under the lock once, then never again. */
function fillsOnce(node: CodeNode): boolean {
  for (const around of ancestorsOf(node)) {
    const condition = around.kind === "if" ? childOf(around, "condition") : undefined;
    if (condition === undefined) continue;
    if (nodesOf(condition).some((inner) => inner.kind === "literal" && inner.type === "null")) return true;
    if (nodesOf(condition).some((inner) => inner.kind === "name" && /init|loaded|started|ready/i.test(inner.text))) return true;
  }
  return false;
}

const dataOf = ({ declared: { owner, method } }: MethodNode, { label }: SiteEffect, entry: string) => ({
  method: `${owner.type.name}.${method.name}`,
  work: label,
  entry,
});
