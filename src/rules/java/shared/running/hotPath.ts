import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { ancestorsOf, type CodeKind, type CodeNode, childOf, holdsKind, mentions, stringsNamed } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { siteEffect } from "../../../../model/calls/effects/siteEffects.ts";
import { isByClock } from "../../../../model/calls/effects/spread.ts";
import { iterationsAround } from "../../../../model/calls/iteration/iteration.ts";
import type { Iteration } from "../../../../model/calls/iteration/iterationKinds.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { runsAtStartUp } from "../../../../model/web/startUp.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { isCalledSeldom } from "./calledSeldom.ts";
import { callsNearby } from "./callsNearby.ts";

/** A method's body, unpacked, with its types. */
export interface Body {
  readonly method: MethodNode;
  readonly body: CodeNode;
  readonly nodes: readonly CodeNode[];
  readonly typer: Typer;
}

export const LOOPS: readonly CodeKind[] = ["foreach", "for", "while", "do"];

/**
 * The bodies of a file that name one of these methods, types or operators and hold one of these kinds, or are wanted `also`, start-up code
 * left out.
 */
export function* bodiesWith(
  model: Model,
  file: JavaFile,
  names: readonly string[],
  kinds: readonly CodeKind[] = [],
  also: (method: MethodNode) => boolean = () => false,
): Generator<Body> {
  const { code } = file.java;
  const named = stringsNamed(code, names);
  if (named === undefined) return;
  for (const method of model.calls.methodsIn(file.file)) {
    const { body } = method.declared.method;
    if (!mentions(code, body, named) || runsOnce(method)) continue;
    if (kinds.length > 0 && !holdsKind(code, body, ...kinds) && !also(method)) continue;
    yield { method, ...model.calls.codeOf(method) };
  }
}

/** Why code runs often. */
export interface HotPath {
  readonly kind: "loop" | "request";
  /** Administrators and operators make few requests; of a loop nothing is known. */
  readonly seldom: boolean;
  /** "once per element of orders", "at each GET /orders". */
  readonly often: string;
  readonly related: readonly RelatedPlace[];
}

/** The loop around a node, or the request or message that reaches its method; undefined for code that runs seldom. */
export function hotPathOf(model: Model, { method, typer }: Body, node: CodeNode): HotPath | undefined {
  const { iterations, excuses } = iterationsAround(node, typer);
  const [innermost] = iterations;
  if (excuses.includes("once in many calls") || isCalledSeldom(model, method)) return undefined;
  if (innermost !== undefined && excuses.length === 0) return loopPath(method, innermost);
  const around = innermost === undefined ? loopAround(model, method) : undefined;
  return around ?? requestPathOf(model, method);
}

function loopPath({ declared }: MethodNode, { over, at }: Iteration): HotPath {
  const often = `once per element of ${over}`;
  return { kind: "loop", seldom: false, often, related: [{ at: { file: declared.owner.file.file, ...at }, message: often }] };
}

/** The loop around a call of a private method, of which the others in its class are in loops as well. */
function loopAround(model: Model, method: MethodNode): HotPath | undefined {
  if (!method.declared.method.modifiers.includes("private")) return undefined;
  const calls = callsNearby(model, method);
  const [first] = calls;
  const [innermost] = first?.site.iterations ?? [];
  if (first === undefined || innermost === undefined) return undefined;
  if (calls.every(({ caller }) => runsOnce(caller))) return undefined;
  return calls.every(({ site }) => site.iterations.length > 0 && site.excuses.length === 0) ? loopPath(first.caller, innermost) : undefined;
}

/** The request or message that reaches a method. Clocks do not make code hot, nor does the start of the application. */
export function requestPathOf(model: Model, method: MethodNode): HotPath | undefined {
  const entry = model.effects.reachedFrom(method.key);
  if (entry === undefined || isByClock(entry) || (entry.kind === "listener" && !entry.often)) return undefined;
  return { kind: "request", seldom: !entry.often, often: `at each ${entry.label}`, related: model.effects.chainTo(method.key) };
}

/**
 * Whether the innermost loop around a node waits for a database or for another machine: beside that, objects and strings cost nothing.
 * The call that gives the elements may be set `apart`.
 */
export function waitsBeside(model: Model, { method, nodes }: Body, node: CodeNode, apart?: CodeNode): boolean {
  const around = [...ancestorsOf(node)].find(({ kind }) => LOOPS.includes(kind) || kind === "lambda");
  // What gives the elements is asked once.
  const loop = around?.kind === "foreach" ? childOf(around, "body") : around;
  return (
    loop !== undefined &&
    method.sites.some((site) => {
      const call = nodes[site.order];
      return (
        call !== undefined &&
        call !== apart &&
        call.start >= loop.start &&
        call.end <= loop.end &&
        WAITS.some((kind) => siteEffect(model.effects, site, kind) !== undefined)
      );
    })
  );
}

const WAITS = ["read", "write", "http", "search", "redis", "message", "mail"] as const;

/** Constructors, initializers and start-up code: what they do is done once. */
function runsOnce(node: MethodNode): boolean {
  const { method } = node.declared;
  if (method.kind !== "method" || method.name === "main" || runsAtStartUp(node)) return true;
  return annotationNamed(method.annotations, "Bean", "PreDestroy") !== undefined;
}
