import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { runsAtStartUp } from "../../../../model/web/startUp.ts";
import { callsNearby } from "./callsNearby.ts";

/** Start-up code, and what nothing but start-up code of its own file is seen to call. */
export function runsOnlyAtStartUp(model: Model, method: MethodNode): boolean {
  if (runsAtStartUp(method)) return true;
  if (model.effects.reachedFrom(method.key) !== undefined) return false;
  const calls = callsNearby(model, method);
  return calls.length > 0 && calls.every(({ caller }) => runsAtStartUp(caller));
}
