import { ancestorsOf, type CodeNode, childOf, mentions, nodesOf, stringsNamed } from "../../facts/java/code.ts";
import { RUNS_APART } from "../../model/calls/asynchronous.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { dotted, type Typer } from "../../model/calls/typing/typer.ts";
import { answersOnEventLoops } from "../../model/configuration/webStack.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { simpleName } from "../../model/types/type.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import type { Span } from "../../text/positions.ts";
import { MOST_BESIDE } from "../alike.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { blockingCall, givesPublisher } from "./shared/waiting/blockingCalls.ts";

export const blockingInReactive = defineRule({
  id: "java/blocking-in-reactive",
  title: "A call blocks the event loop of a reactive application",
  language: "java",
  certainty: "proven",
  cost: "all requests of that event loop wait; there are as many loops as processors",
  references: [
    "https://docs.spring.io/spring-framework/reference/web/webflux/new-framework.html#webflux-concurrency-model",
    "https://projectreactor.io/docs/core/release/reference/faq.html#faq.wrap-blocking",
    "https://projectreactor.io/docs/core/release/api/reactor/core/publisher/Mono.html#block--",
  ],
  subsumes: ["java/sleep-in-request"],
  messages: {
    waits: "{{call}} blocks the event loop that answers {{entry}}",
    through: "{{call}} runs {{what}}, which blocks the event loop that answers {{entry}}",
    subscribed: "{{call}} runs before subscribeOn moves anything off the event loop that answers {{entry}}",
    moved: "publishOn behind it leaves {{call}} on the event loop that answers {{entry}}",
    hashes: "{{call}} hashes a password on the event loop that answers {{entry}}",
    hashesMore: "{{call}} hashes a password on the event loop that answers {{entry}}; {{more}} more in this file",
  },

  check({ file, model, report }) {
    if (!file.java.imports.some(({ name }) => REACTIVE.test(name)) || !answersOnEventLoops(model.configuration, file.file)) return;
    const plain = plainEndpoints(model, file.file);
    const hashed: Hashed[] = [];
    for (const method of model.calls.methodsIn(file.file)) {
      const isJudged = givesPublisher(method.declared.method.returns) || plain.has(method.key);
      if (!isJudged || method.declared.method.body < 0) continue;
      const entry = entryOf(model, method, plain);
      if (entry === undefined) continue;
      const { nodes, typer } = model.calls.codeOf(method);
      const thinksOfThreads = schedules(model, method, SCHEDULES);
      for (const site of method.sites) {
        const call = nodes[site.order];
        if (call === undefined || !runsHere(call, typer) || isMoved(call, nodes)) continue;
        if (thinksOfThreads && !isGivenAway(call)) continue;
        const blocking = blockingCall(model, method, site);
        if (blocking === undefined) continue;
        if (blocking.kind === "cpu") {
          hashed.push({ at: site.at, call: blocking.label, entry, method, chain: blocking.chain });
          continue;
        }
        report({
          at: site.at,
          message: [...ancestorsOf(call)].some(isPublishOn)
            ? "moved"
            : thinksOfThreads
              ? "subscribed"
              : blocking.depth === 0
                ? "waits"
                : "through",
          data: { call: blocking.depth === 0 ? blocking.label : site.name, what: blocking.label, entry },
          certainty: blocking.depth > 4 ? "likely" : "proven",
          related: [...model.effects.chainTo(method.key), ...blocking.chain],
        });
      }
      for (const node of nodes) {
        if (!isBlock(node, typer) || !runsHere(node, typer) || isMoved(node, nodes) || thinksOfThreads) continue;
        report({
          at: { start: node.nameStart, end: node.end },
          message: [...ancestorsOf(node)].some(isPublishOn) ? "moved" : "waits",
          data: { call: node.text, entry },
          cost: "fails on Netty's threads; on others the thread waits",
          related: model.effects.chainTo(method.key),
        });
      }
    }
    const [first, ...more] = hashed;
    if (first !== undefined) report(reportOfHashes(model, file.file, first, more));
  },
});

/** A password that an event loop hashes. */
interface Hashed {
  readonly at: Span;
  readonly call: string;
  readonly entry: string;
  readonly method: MethodNode;
  readonly chain: readonly RelatedPlace[];
}

/** Who logs in, or registers, does so seldom; Spring Security itself checks passwords on a pool for what blocks. */
function reportOfHashes(model: Model, file: string, first: Hashed, more: readonly Hashed[]): Report<"hashes" | "hashesMore"> {
  const { at, call, entry, method, chain } = first;
  return {
    at,
    message: more.length === 0 ? "hashes" : "hashesMore",
    data: { call, entry, more: more.length },
    certainty: "likely",
    severity: "information",
    cost: "hashing a password takes 50 to 100 ms on purpose, and all requests of that event loop wait",
    related: [
      ...model.effects.chainTo(method.key),
      ...chain,
      ...more.slice(0, MOST_BESIDE).map((other) => ({ at: { file, ...other.at }, message: `${other.call} hashes one here, too` })),
    ],
  };
}

const REACTIVE = /^reactor\.core\.publisher(?:\.|$)|^org\.reactivestreams\./;
/** Whoever names one of these has thought of threads; where the work runs then is not followed. */
const SCHEDULES = [
  "subscribeOn",
  "runOn",
  "Schedulers",
  "Scheduler",
  "boundedElastic",
  "fromExecutor",
  "parallel",
  "interval",
  "delay",
  "delayElement",
  "delayElements",
  "delaySubscription",
];

/** `Mono.just(read()).subscribeOn(elastic)`: an argument that is worked out before there is anything to subscribe to. */
function isGivenAway(call: CodeNode): boolean {
  let inner = call;
  for (const around of ancestorsOf(call)) {
    if (around.kind === "lambda" || around.kind === "method" || call.kind === "reference") return false;
    const on = around.kind === "call" && inner.role === "argument" ? childOf(around, "receiver") : undefined;
    if (/^(?:Mono|Flux)$/.test(on === undefined ? "" : (dotted(on) ?? "")) && /^(?:just|justOrEmpty|fromIterable)$/.test(around.text))
      return [...ancestorsOf(around)].some(({ kind, text }) => kind === "call" && text === "subscribeOn");
    inner = around;
  }
  return false;
}

const PUBLISH_ON = "publishOn";
const isPublishOn = ({ kind, text }: CodeNode): boolean => kind === "call" && text === PUBLISH_ON;

/** Whether a publishOn of the method may have moved a call to another thread: it moves what comes behind it only, and no eager code. */
function isMoved(call: CodeNode, nodes: readonly CodeNode[]): boolean {
  const around = new Set(ancestorsOf(call));
  const isEager = call.kind !== "reference" && ![...around].some(({ kind }) => kind === "lambda");
  return !isEager && nodes.some((node) => isPublishOn(node) && !around.has(node));
}

/** Who waits for the method on an event loop: an endpoint that gives a publisher, or the method as handler or filter itself. */
function entryOf(model: Model, method: MethodNode, plain: ReadonlySet<string>): string | undefined {
  const path = model.effects.pathTo(method.key);
  const [first] = path;
  const entry = first === undefined ? undefined : model.effects.reachedFrom(method.key);
  if (entry === undefined) {
    const { owner, method: declared } = method.declared;
    const handles = declared.parameters.some(({ type }) => /(?:^|\.)(?:ServerRequest|ServerWebExchange)$/.test(type));
    return handles ? `${owner.type.name}.${declared.name}` : undefined;
  }
  if (entry.kind !== "endpoint") return undefined;
  for (const key of path) {
    const node = model.calls.method(key);
    if (node === undefined || (key !== method.key && schedules(model, node, [...SCHEDULES, PUBLISH_ON]))) return undefined;
    const { returns } = node.declared.method;
    // Functional routes lead to handlers, which give the publishers.
    if (key === first && !givesPublisher(returns) && !plain.has(key) && bareName(returns) !== "RouterFunction") return undefined;
  }
  return entry.label;
}

/**
 * The endpoints of a reactive controller that give a plain value: WebFlux runs them on event loops as well, where the application has no
 * virtual threads and says nothing of threads for them. A controller of plain values alone may be one of servlets that come from afar.
 */
function plainEndpoints(model: Model, file: string): ReadonlySet<string> {
  const endpoints = model.web.endpointsIn(file);
  if (!endpoints.some(({ returns }) => givesPublisher(returns)) || runsBlockingElsewhere(model, file)) return NONE;
  return new Set(endpoints.flatMap(({ method, returns }) => (ASYNCHRONOUS.test(returns) ? [] : [method])));
}

/** `spring.threads.virtual.enabled`, and `configureBlockingExecution` of a WebFluxConfigurer. */
function runsBlockingElsewhere(model: Model, file: string): boolean {
  const virtual = model.configuration.everyValue("spring.threads.virtual.enabled", file);
  return (
    virtual.some(({ value }) => value.trim() !== "false") ||
    model.types.namingAbove("WebFluxConfigurer").some(({ type }) => type.methods.some(({ name }) => name === "configureBlockingExecution"))
  );
}

const NONE: ReadonlySet<string> = new Set();
/** What WebFlux knows to give its value later. */
const ASYNCHRONOUS =
  /^(?:[\w.]*\.)?(?:Mono|Flux|Publisher|\w*Future|CompletionStage|Single|Maybe|Observable|Flowable|Completable|Uni|Multi|Flow)\b/;

function schedules(model: Model, { declared: { owner, method } }: MethodNode, names: readonly string[]): boolean {
  model.calls.noteBodies(owner.file.file);
  if (annotationNamed(method.annotations, ...RUNS_APART) !== undefined) return true;
  const { code } = owner.file.java;
  const named = stringsNamed(code, names);
  return named !== undefined && mentions(code, method.body, named);
}

/** In the body itself, in steps of a publisher, or in lambdas of streams and collections; what else takes a lambda may run it anywhere. */
function runsHere(node: CodeNode, typer: Typer): boolean {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    if (around.kind === "method" && around.parent !== undefined) return false;
    if (around.kind === "lambda" && !isStep(around, typer)) return false;
    inner = around;
  }
  return node.kind !== "reference" || (inner !== node && isStep(node, typer));
}

function isStep(functional: CodeNode, typer: Typer): boolean {
  const call = functional.parent;
  if (call?.kind !== "call" || functional.role !== "argument") return false;
  for (let on = childOf(call, "receiver"); on !== undefined; on = childOf(on, "receiver")) {
    if (/^(?:Mono|Flux)$/.test(dotted(on) ?? "")) return true;
    const type = typer.typeOf(on);
    if (type !== undefined) return STEPPED.test(simpleName(type));
  }
  return false;
}

const STEPPED = /^(?:Mono|Flux|Optional|Iterable|Stream|Page)$|(?:Collection|List|Set|Map)$/;

function isBlock(node: CodeNode, typer: Typer): boolean {
  if (node.kind !== "call" || !/^block(?:First|Last|Optional)?$/.test(node.text)) return false;
  const on = childOf(node, "receiver");
  const type = on === undefined ? undefined : typer.typeOf(on);
  return type === undefined
    ? on !== undefined && nodesOf(on).some((inner) => /^(?:Mono|Flux)$/.test(dotted(inner) ?? ""))
    : /^(?:Mono|Flux)$/.test(simpleName(type));
}
