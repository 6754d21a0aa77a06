import { ancestorsOf, type CodeNode } from "../../../../facts/java/code.ts";
import { passesOn } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { contains } from "../../../../text/positions.ts";
import { nearestAround } from "./order.ts";

/**
 * The query that a method comes to by its shortest way, "or another query" where the body that sends it sends one of several: in the cases
 * of a `switch`, in both branches of an `if`, with or without a value (`owner.map(…).orElseGet(…)`).
 */
export function queryOrAnother(model: Model, method: string, label: string): string {
  const { calls, effects } = model;
  const sender = calls.method(effects.methodsFrom(method, "read").at(-1) ?? "");
  if (sender === undefined || sender.declared.method.body < 0) return label;
  calls.noteBody(sender);
  const reads = sender.sites.filter((site) => site.work?.kind === "read" && passesOn(site));
  const first = reads.find(({ work }) => work?.label === label);
  if (first === undefined || reads.length < 2) return label;
  const { nodes } = calls.codeOf(sender);
  const [sent, others] = [nodes[first.order], reads.filter(({ work }) => work?.label !== label).map(({ order }) => nodes[order])];
  const isOneOfSeveral = sent !== undefined && others.some((other) => other !== undefined && isInsteadOf(sent, other));
  return isOneOfSeveral ? `${label} or another query` : label;
}

/** Whether one of two runs where the other does not. */
export function isInsteadOf(a: CodeNode, b: CodeNode): boolean {
  const met = nearestAround(a, b);
  return met !== undefined && met.first !== met.second && chooses(met.around, [met.first, a], [met.second, b]);
}

/** Below a node that both stand in: the way to each, from its child to the call itself. */
type Way = readonly [child: CodeNode, call: CodeNode];

function chooses({ kind, text }: CodeNode, a: Way, b: Way): boolean {
  if (kind === "switch") return true;
  if (kind === "if" || kind === "conditional") return a[0].role !== "condition" && b[0].role !== "condition";
  // What the value is asked of always runs; functions of it and the one for none do not both.
  return kind === "call" && (text === "orElseGet" || text === "ifPresentOrElse") && isInFunction(a) && isInFunction(b);
}

const isInFunction = ([child, call]: Way): boolean =>
  child.kind === "lambda" || [...ancestorsOf(call)].some((around) => around.kind === "lambda" && contains(child, around));
