import { ancestorsOf, asGiven, type CodeNode, childOf, childrenOf, nodesOf, unpack } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { type SiteEffect, siteEffect } from "../../model/calls/effects/siteEffects.ts";
import { stepsOf } from "../../model/calls/iteration/sources.ts";
import { dotted, type Typer } from "../../model/calls/typing/typer.ts";
import type { WorkKind } from "../../model/calls/workKinds.ts";
import type { Model } from "../../model/model.ts";
import type { Span } from "../../text/positions.ts";
import { alikeBy, besides, MOST_BESIDE, speakerOf } from "../alike.ts";
import { type Certainty, SEVERITY_OF, type Severity } from "../finding.ts";
import { defineRule } from "../rule.ts";

export const commonPoolIo = defineRule({
  id: "java/common-pool-io",
  title: "Threads that the whole process computes with wait for the network",
  language: "java",
  certainty: "proven",
  cost: "the common pool has one thread less than the machine has cores; all parallel streams of the process share it",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/ForkJoinPool.html",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/CompletableFuture.html",
  ],
  messages: {
    stream: "{{work}} runs on the common pool, in a parallel stream",
    future: "{{work}} runs on the common pool, in {{call}} without an executor",
    task: "{{work}} runs on the common pool, as a task of {{call}}",
    streams: "{{work}} and {{more}} more run on the common pool, in parallel streams",
    futures: "{{work}} and {{more}} more run on the common pool, in {{call}} without an executor",
    tasks: "{{work}} and {{more}} more run on the common pool, as tasks of {{call}}",
  },

  check({ file, model, report }) {
    if (!file.java.code.strings.some((text) => STARTS.test(text))) return;
    for (const method of model.calls.methodsIn(file.file)) {
      const seen = new Set<CodeNode>();
      const started: Started[] = [];
      const working = method.sites.flatMap((site) => {
        const effect = IO.map((kind) => siteEffect(model.effects, site, kind)).find((found) => found !== undefined);
        return effect === undefined || effect.depth > 5 || effect.candidates > 3 ? [] : [{ site, effect }];
      });
      if (working.length === 0) continue;
      const { body, typer } = model.calls.codeOf(method);
      const nodes = nodesOf(body);
      const isCommonPool = (on: CodeNode): boolean => givesCommonPool(on) || (on.kind === "name" && holdsCommonPool(on, method, typer));
      for (const { site, effect } of working) {
        const node = nodes[site.order];
        const start = node === undefined ? undefined : startOf(node, typer, isCommonPool);
        if (start === undefined || seen.has(start) || startOf(start, typer, isCommonPool) !== undefined || isFallback(start)) continue;
        // A stream inside a task of another pool stays in that pool.
        if (/^parallel/.test(start.text) && isInPool(start)) continue;
        if (start.text === "parallel" && !/Stream$/.test(typer.typeOf(start)?.name ?? "Stream")) continue;
        seen.add(start);
        const certainty = isStep(model, method) ? "likely" : certaintyOf(effect);
        started.push({ start, site, effect, certainty, severity: SEVERITY_OF[certainty] });
      }
      // Who leaves the executor out leaves it out of all that a method starts in that way.
      for (const alike of alikeBy(started, ({ start }) => start.text).values()) {
        const surest = speakerOf(alike);
        const { start, site, effect, certainty } = surest;
        const others = besides(alike, surest);
        const kind = /Async$/.test(start.text) ? "future" : /^parallel/.test(start.text) ? "stream" : "task";
        report({
          at: nameOf(start),
          message: others.length === 0 ? kind : `${kind}s`,
          data: { work: effect.label, call: start.text, more: others.length },
          certainty,
          related: [
            { at: { file: file.file, ...site.at }, message: `${site.name} waits here` },
            ...effect.chain,
            ...others.slice(0, MOST_BESIDE).map((other) => ({
              at: { file: file.file, ...nameOf(other.start) },
              message: `${other.effect.label} runs here too`,
            })),
          ],
        });
      }
    }
  },
});

/** What takes work that waits to the common pool. */
interface Started {
  readonly start: CodeNode;
  readonly site: CallSite;
  readonly effect: SiteEffect;
  readonly certainty: Certainty;
  readonly severity: Severity;
}

const nameOf = ({ nameStart, text }: CodeNode): Span => ({ start: nameStart, end: nameStart + text.length });

const STARTS =
  /^(?:parallelStream|parallel|supplyAsync|runAsync|commonPool|(?:then(?:Apply|Accept|Run|Compose)|handle|whenComplete)Async)$/;
/** Steps of a future, which run on the common pool as well, whatever the steps before ran on. */
const STEPS_ASYNC = /^(?:then(?:Apply|Accept|Run|Compose)|handle|whenComplete)Async$/;
const TASKS = /^(?:submit|execute|invoke)$/;
const IO: readonly WorkKind[] = ["http", "search", "read", "write", "redis", "mail"];

/** The call that takes the code around a node to the common pool. */
function startOf(node: CodeNode, typer: Typer, isCommonPool: (on: CodeNode) => boolean): CodeNode | undefined {
  for (const around of [node, ...ancestorsOf(node)]) {
    if (around.kind !== "lambda" && around.kind !== "reference") continue;
    const { parent: call, role } = asGiven(around);
    if (call?.kind !== "call" || role !== "argument") continue;
    // From there on it is the thread of a user interface.
    if (/^(?:runLater|invokeLater)$/.test(call.text)) return undefined;
    const on = childOf(call, "receiver");
    if (/^(?:supplyAsync|runAsync)$/.test(call.text)) {
      const alone = childrenOf(call, "argument").length === 1;
      return alone && on !== undefined && /(?:^|\.)CompletableFuture$/.test(dotted(on) ?? "") ? call : undefined;
    }
    if (STEPS_ASYNC.test(call.text)) return childrenOf(call, "argument").length === 1 && on !== undefined ? call : undefined;
    if (TASKS.test(call.text)) {
      if (on !== undefined && isCommonPool(on)) return call;
      continue;
    }
    for (const step of on === undefined ? [] : stepsOf(on, typer))
      if (step.text === "parallelStream" || step.text === "parallel") return step;
  }
  return undefined;
}

/** `ForkJoinPool.commonPool()`. */
const givesCommonPool = (node: CodeNode): boolean =>
  node.kind === "call" && node.text === "commonPool" && /(?:^|\.)ForkJoinPool$/.test(dotted(childOf(node, "receiver") ?? node) ?? "");

/** A variable or a field of the class that is given the common pool where it is declared. */
function holdsCommonPool(on: CodeNode, { declared: { owner } }: MethodNode, typer: Typer): boolean {
  const local = typer.declarationOf(on);
  if (local !== undefined) return local.kind === "local" && givesCommonPool(childOf(local, "value") ?? local);
  const field = owner.type.fields.find(({ name }) => name === on.text);
  return field !== undefined && field.initializer >= 0 && nodesOf(unpack(owner.file.java.code, field.initializer)).some(givesCommonPool);
}

const isInPool = (node: CodeNode): boolean =>
  [...ancestorsOf(node)].some(
    ({ kind, parent, role }) => kind === "lambda" && role === "argument" && /^(?:submit|invoke|execute)$/.test(parent?.text ?? ""),
  );

/** `executor != null ? supplyAsync(task, executor) : supplyAsync(task)`: only where nobody has set one up. */
const isFallback = (start: CodeNode): boolean =>
  [...ancestorsOf(start)].some((around) => {
    const condition = around.kind === "conditional" || around.kind === "if" ? childOf(around, "condition") : undefined;
    if (condition?.kind !== "binary" || !/^[!=]=$/.test(condition.text)) return false;
    const asked = condition.children.find(({ kind }) => kind === "name" || kind === "field");
    const isNull = condition.children.some(({ kind, type }) => kind === "literal" && type === "null");
    return isNull && asked !== undefined && /executor|pool$/i.test(asked.text);
  });

/** A step of Spring Batch runs in bulk, mostly in a process of its own: who else shares the pool with it is not known. */
const isStep = (model: Model, { declared }: MethodNode): boolean => model.types.reaches(declared.owner, STEPS);

const STEPS: ReadonlySet<string> = new Set(["Tasklet", "ItemReader", "ItemProcessor", "ItemWriter"]);

const certaintyOf = ({ depth, candidates }: SiteEffect) => (depth > 3 || candidates > 1 ? "likely" : "proven");
