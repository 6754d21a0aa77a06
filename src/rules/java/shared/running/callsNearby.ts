import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";

export interface NearbyCall {
  readonly caller: MethodNode;
  readonly site: CallSite;
}

/** The calls of a method in its own file: all there are of a private one. */
export function callsNearby(model: Model, { key, declared }: MethodNode): readonly NearbyCall[] {
  return model.calls
    .methodsIn(declared.owner.file.file)
    .flatMap((caller) => caller.sites.filter(({ targets }) => targets.includes(key)).map((site) => ({ caller, site })));
}
