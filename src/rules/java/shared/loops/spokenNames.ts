import { childOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";

/** What a person would name a call by: of `milestones(id).apply(row)` the method that makes the function. */
export function spokenName(model: Model, method: MethodNode, { name, order }: CallSite): string {
  if (!FUNCTIONS.test(name)) return name;
  const call = model.calls.codeOf(method).nodes[order];
  const on = call === undefined ? undefined : childOf(call, "receiver");
  return on?.kind === "call" ? on.text : name;
}

/** The methods of the JDK's functional interfaces. */
const FUNCTIONS = /^(?:apply|accept|test|get|run|call)$/;
