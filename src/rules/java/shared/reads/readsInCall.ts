import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import type { Place } from "../../../../text/positions.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { InvariantInside } from "./invariantInside.ts";
import { readsAlong } from "./readsAlong.ts";

/**
 * What a call in a loop surely asks at each round besides the query that it comes to by its shortest way, the one behind `target`: what
 * stands beside that query, and what asks the same each time.
 */
export function readsInCall(model: Model, method: MethodNode, code: BodyCode, site: CallSite, target: string): readonly RelatedPlace[] {
  const steady = new Map<string, RelatedPlace>();
  for (const { call, chain, afterReturn } of new InvariantInside(model).steadyIn(method, code, site)?.queries ?? []) {
    const at = chain.at(-1)?.at;
    if (at !== undefined && !afterReturn)
      steady.set(placeKey(at), { at, message: `${call.label} runs with it, and asks the same each time` });
  }
  const along = readsAlong(model, target).map((read) => steady.get(placeKey(read.at)) ?? read);
  const said = new Set([...along, ...model.effects.chainFrom(target, "read")].map(({ at }) => placeKey(at)));
  return [...along, ...[...steady].flatMap(([key, read]) => (said.has(key) ? [] : [read]))];
}

const placeKey = ({ file, start }: Place): string => `${start} ${file}`;
