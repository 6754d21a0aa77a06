import { creationOf, rootOf } from "../../facts/dart/chains.ts";
import { bindsName, type DartNode, nodesIn } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import { methodBodies } from "./bodies.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import { isBusListener } from "./futures.ts";
import { endsByItself } from "./ownership.ts";

/** A subscription or timer that a State makes and keeps nowhere, so that nobody can end it. */
export interface Unkept {
  readonly type: "StreamSubscription" | "Timer";
  /** "bus.on" of `bus.on<Changed>().listen(…)`, "Timer.periodic". */
  readonly made: string;
  /** From where to where its maker is written: `bus.on<Changed>().listen`. */
  readonly start: number;
  readonly end: number;
}

/** What a State starts on things that outlive it, and that works with the State for as long as they do. */
export function* unkeptIn(entry: ClassEntry, model: ClientModel): Generator<Unkept> {
  if (model.isRoot(entry)) return;
  for (const [method, body] of methodBodies(entry)) {
    for (const node of nodesIn(body)) {
      const chain = node.kind === "statement" ? node.children[0] : undefined;
      const unkept = chain?.kind === "chain" ? unkeptOf(chain, method, body, entry, model) : undefined;
      if (unkept !== undefined) yield unkept;
    }
  }
}

function unkeptOf(chain: DartNode, method: DartMethod, body: DartNode, entry: ClassEntry, model: ClientModel): Unkept | undefined {
  const [maker, call] = chain.children.slice(-2);
  const callback = call?.kind === "call" ? call.children.findLast((argument) => argument.kind !== "named") : undefined;
  if (maker?.kind !== "property" || callback === undefined || !worksWith(callback, entry)) return undefined;
  const span = { made: pathOf(chain.children.slice(0, -2)), start: chain.start, end: maker.end };
  if (maker.text === "listen" && outlives(chain, method, body, entry, model)) return { type: "StreamSubscription", ...span };
  const timer = creationOf(chain);
  if (timer?.type !== "Timer" || timer.constructorName !== "periodic" || endsByItself(timer, entry)) return undefined;
  return { type: "Timer", ...span, made: "Timer.periodic" };
}

/** Whether a stream surely goes on without the State: of a bus, of a singleton, of a variable of the workspace. */
function outlives({ children }: DartNode, method: DartMethod, body: DartNode, { type }: ClassEntry, model: ClientModel): boolean {
  const parts = children.slice(0, -2);
  if (parts.some((part) => /^(?:first|last|single|take|takeUntil|takeWhile)$/.test(part.text))) return false;
  const bus = parts.findIndex((part) => part.kind === "property" && part.text === "on");
  if (isBusListener(parts[bus], parts[bus + 1]) || parts.some((part) => part.kind === "property" && part.text === "instance")) return true;
  const head = parts[0];
  if (head?.kind !== "name" || parts.length === 1 || model.variableOf(head.text) === undefined) return false;
  const isOwn = [...type.fields, ...type.methods, ...method.parameters].some(({ name }) => name === head.text);
  return !isOwn && ![...nodesIn(body)].some((node) => bindsName(node) && node.text === head.text);
}

/** Whether a callback needs the State: setState, its context, a field or method of it. */
function worksWith(callback: DartNode, { type }: ClassEntry): boolean {
  const own = new Set(["setState", "mounted", "context"]);
  for (const { name, isStatic } of [...type.fields, ...type.methods]) if (!isStatic) own.add(name);
  for (const node of nodesIn(callback)) if (bindsName(node)) own.delete(node.text);
  return [...nodesIn(callback)].some((node) => own.has(rootOf(node)?.name ?? ""));
}

const pathOf = (parts: readonly DartNode[]): string =>
  parts
    .filter((part) => part.kind === "name" || part.kind === "property")
    .map((part) => part.text)
    .join(".");
