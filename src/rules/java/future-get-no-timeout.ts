import { type CodeNode, childOf, childrenOf, mentions, nodesOf, stringsNamed } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { runsOnEntryThread } from "../../model/calls/effects/requestPath.ts";
import { type SiteEffect, siteEffect } from "../../model/calls/effects/siteEffects.ts";
import { runsElsewhere } from "../../model/calls/threads.ts";
import { dotted, type Typer } from "../../model/calls/typing/typer.ts";
import type { WorkKind } from "../../model/calls/workKinds.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { simpleName } from "../../model/types/type.ts";
import { contains } from "../../text/positions.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { boundWaits } from "./edits/boundWait.ts";

export const futureGetNoTimeout = defineRule({
  id: "java/future-get-no-timeout",
  title: "A request waits for another thread without an end",
  language: "java",
  certainty: "possible",
  cost: "one request thread until the other is done; all of them while the other pool is busy or its server does not answer",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/Future.html#get(long,java.util.concurrent.TimeUnit)",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/CompletableFuture.html#orTimeout(long,java.util.concurrent.TimeUnit)",
  ],
  messages: { waits: "{{call}} waits without a limit while {{entry}} waits for it" },

  check({ file, model, report }) {
    const { code, imports } = file.java;
    if (!imports.some(({ name }) => /^java\.util\.concurrent(?:\.|$)|^com\.google\.common\.util\.concurrent\./.test(name))) return;
    const waits = stringsNamed(code, ["get", "join", "await", "invokeAll"]);
    const bounds = stringsNamed(code, BOUNDS);
    if (waits === undefined) return;
    for (const method of model.calls.methodsIn(file.file)) {
      const { body } = method.declared.method;
      if (!mentions(code, body, waits) || (bounds !== undefined && mentions(code, body, bounds))) continue;
      const entry = model.effects.reachedFrom(method.key);
      if (entry?.kind !== "endpoint") continue;
      const { nodes, typer } = model.calls.codeOf(method);
      // Whoever waits for all of them has nothing to wait for afterwards: the first wait stands for the others.
      const wait = nodes.find((node) => isWait(node, typer) && !runsElsewhere(node, typer));
      if (
        wait === undefined ||
        nodes.some(isLimitedWait) ||
        isDone(wait, nodes) ||
        !runsOnEntryThread(model.calls, model.effects, method.key)
      )
        continue;
      const certainty = certaintyOf(model, method, wait);
      if (certainty === undefined) continue;
      const on = childOf(wait, "receiver");
      report({
        at: { start: on === undefined || on.kind !== "name" ? wait.nameStart : on.start, end: wait.end },
        message: "waits",
        data: { call: on?.kind === "name" ? `${on.text}.${wait.text}()` : `${wait.text}()`, entry: entry.label },
        certainty,
        related: model.effects.chainTo(method.key),
        // How long work of one's own may take is not known.
        fixes: certainty === "likely" ? boundWaits(model, method, waitsFrom(wait, nodes, typer)) : [],
      });
    }
  },
});

/** The waits of a method that a limit has to be given to: behind one for all futures the others have nothing to wait for. */
function waitsFrom(first: CodeNode, nodes: readonly CodeNode[], typer: Typer): readonly CodeNode[] {
  const on = childOf(first, "receiver");
  const made = on?.kind === "name" ? childOf(typer.declarationOf(on) ?? on, "value") : on;
  if (made?.kind === "call" && made.text === "allOf") return [first];
  return nodes.filter((node) => node.start >= first.start && isWait(node, typer) && !runsElsewhere(node, typer));
}

const REMOTE = ["http", "search", "mail", "message"] as const;
const STORED = ["read", "write", "redis"] as const;

/**
 * What the other thread does: another machine may never answer. Databases and Redis have limits of their own, of statements, connections
 * and commands, which are the configuration's affair; what makes no step towards either is a prompt to look.
 */
function certaintyOf(model: Model, method: MethodNode, wait: CodeNode): Certainty | undefined {
  const { nodes, typer } = model.calls.codeOf(method);
  const on = childOf(wait, "receiver");
  const local = on?.kind === "name" ? typer.declarationOf(on) : undefined;
  const origin = local === undefined ? on : local.kind === "local" ? childOf(local, "value") : undefined;
  // A wait for several, or for what a variable was given on the way: any task of the method may be among them.
  const several =
    origin === undefined ||
    origin.kind !== "call" ||
    /^(?:allOf|anyOf|allAsList|successfulAsList|thenCombine|thenCompose|thenAcceptBoth|invokeAll)$/.test(origin.text);
  if (origin?.kind === "call" && origin.text === "send" && isProducer(childOf(origin, "receiver"), typer)) return undefined;
  if (origin !== undefined && nodesOf(origin).some((node) => node.role === "argument" && isLimit(node, typer))) return undefined;
  const sites = method.sites.filter(({ order }) => {
    const at = nodes[order];
    return at !== undefined && (several ? at.start < wait.start : contains(origin, at));
  });
  if (REMOTE.some((kind) => sites.some((site) => isNear(siteEffect(model.effects, site, kind))))) return "likely";
  const does = (kind: WorkKind): boolean =>
    sites.some(({ work, targets }) => work?.kind === kind || targets.some((target) => model.effects.of(target, kind) !== undefined));
  return STORED.some(does) || sites.some(({ targets }) => targets.some((target) => givesFinished(model, target))) ? undefined : "possible";
}

/** Over many calls, and over interfaces that many classes implement, something remote is found nearly always. */
const isNear = (effect: SiteEffect | undefined): boolean => effect !== undefined && effect.depth <= 4 && effect.candidates <= 2;

/** Kafka gives up by itself, after `delivery.timeout.ms`. */
function isProducer(on: CodeNode | undefined, typer: Typer): boolean {
  const type = on === undefined ? undefined : typer.typeOf(on);
  return type !== undefined && /^(?:(?:Kafka|Mock)?Producer|KafkaTemplate|KafkaOperations)$/.test(simpleName(type));
}

/** mojito hands the limit to the client that makes the future. */
function isLimit(node: CodeNode, typer: Typer): boolean {
  const type = typer.typeOf(node);
  return (
    (type !== undefined && simpleName(type) === "Duration") || /timeout|^Duration$/i.test(childOf(node, "receiver")?.text ?? node.text)
  );
}

/** A method that wraps what it has worked out itself. */
function givesFinished(model: Model, target: string): boolean {
  return [target, ...model.calls.overridesOf(target)].some((key) => {
    const declared = model.calls.method(key)?.declared;
    // What a proxy runs on another thread is finished there.
    if (declared === undefined || annotationNamed(declared.method.annotations, "Async") !== undefined) return false;
    model.calls.noteBodies(declared.owner.file.file);
    const named = stringsNamed(declared.owner.file.java.code, ["immediateFuture", "completedFuture", "immediateVoidFuture"]);
    return named !== undefined && mentions(declared.owner.file.java.code, declared.method.body, named);
  });
}

/** What gives a future an end, or asks whether it has come to one. */
const BOUNDS = ["orTimeout", "completeOnTimeout", "withTimeout", "isDone", "getNow", "awaitTermination", "invokeAny"];

/** `latch.await(5, SECONDS)`, `pool.invokeAll(tasks, 5, SECONDS)`: what is waited for afterwards is done. */
const isLimitedWait = (node: CodeNode): boolean =>
  node.kind === "call" && /^(?:await|invokeAll)$/.test(node.text) && childrenOf(node, "argument").length >= 2;

/** `future.get()` and `future.join()`, without arguments; `CompletableFuture.allOf(…).join()`; `latch.await()`, `pool.invokeAll(tasks)`. */
function isWait(node: CodeNode, typer: Typer): boolean {
  if (node.kind === "call" && /^(?:await|invokeAll)$/.test(node.text)) {
    const awaited = childOf(node, "receiver");
    const type = awaited === undefined ? undefined : typer.typeOf(awaited)?.name;
    // One of the class is a gate, which is opened once.
    if (node.text === "await")
      return (
        type === "java.util.concurrent.CountDownLatch" &&
        node.children.length === 1 &&
        typer.declarationOf(awaited as CodeNode) !== undefined
      );
    return type !== undefined && /^java\.util\.concurrent\.\w*(?:ExecutorService|Pool|PoolExecutor)$/.test(type);
  }
  if (node.kind !== "call" || !/^(?:get|join)$/.test(node.text) || childrenOf(node, "argument").length > 0) return false;
  const on = childOf(node, "receiver");
  if (on === undefined) return false;
  if (on.kind === "call" && /^(?:allOf|anyOf)$/.test(on.text)) return dotted(childOf(on, "receiver") ?? on) === "CompletableFuture";
  const type = typer.typeOf(on);
  return (
    type !== undefined &&
    type.dimensions === 0 &&
    // What a step of a future gives has no package where no source names it.
    /^(?:java\.util\.concurrent\.|com\.google\.common\.util\.concurrent\.)?\w*Future(?:Task)?$/.test(type.name) &&
    FUTURES.test(simpleName(type))
  );
}

const FUTURES = /^(?:(?:Completable|Listenable|Scheduled|Settable|Fluent)?Future|FutureTask)$/;

/** A future that is made complete, or one that an earlier wait with a limit has seen. */
function isDone(wait: CodeNode, nodes: readonly CodeNode[]): boolean {
  const on = childOf(wait, "receiver");
  if (on?.kind === "call" && /^(?:completedFuture|failedFuture|immediateFuture)$/.test(on.text)) return true;
  return nodes.some(
    (node) => node.start < wait.start && node.kind === "call" && node.text === "get" && childrenOf(node, "argument").length === 2,
  );
}
