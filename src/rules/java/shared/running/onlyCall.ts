import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { callsNearby, type NearbyCall } from "./callsNearby.ts";

/**
 * The one call of a private method, where there are no others: what the method does is done there, and whether it has a name of its own
 * says nothing of what it costs.
 */
export function onlyCall(model: Model, method: MethodNode): NearbyCall | undefined {
  const { modifiers, kind } = method.declared.method;
  if (kind !== "method" || !modifiers.includes("private")) return undefined;
  const [only, ...others] = callsNearby(model, method);
  return only === undefined || others.length > 0 || only.caller.key === method.key || only.site.targets.length > 1 ? undefined : only;
}
