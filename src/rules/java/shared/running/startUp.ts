import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { runsAtStartUp } from "../../../../model/web/startUp.ts";
import { callsNearby } from "./callsNearby.ts";

/** Start-up code, and what nothing but start-up code of its own file is seen to call, some calls away. */
export function runsOnlyAtStartUp(model: Model, method: MethodNode, calls = MOST_CALLS): boolean {
  if (runsAtStartUp(method)) return true;
  if (calls === 0) return false;
  const entry = model.effects.reachedFrom(method.key);
  const entrance = entry === undefined ? undefined : model.calls.method(entry.method);
  if (entry !== undefined && (entrance === undefined || !runsAtStartUp(entrance))) return false;
  const nearby = callsNearby(model, method);
  return nearby.length > 0 && nearby.every(({ caller }) => runsOnlyAtStartUp(model, caller, calls - 1));
}

const MOST_CALLS = 3;
