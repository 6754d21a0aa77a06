import type { MethodNode } from "../../calls/callGraph.ts";
import type { Attribute } from "../mapping/entity.ts";
import type { LazyAccess } from "./associationLooks.ts";
import { FlowReader, NOTHING, type Parts, sharedBy } from "./entityFlows.ts";
import type { EntityValue } from "./entityValue.ts";
import type { EntityValues } from "./entityValues.ts";

/** What a method, and the methods that it hands its entities to, look into of the results of its queries. */
export function lazyAccesses(parts: Parts, method: MethodNode): readonly LazyAccess[] {
  if (sharedBy(parts).reach?.mayLookInto(method) === false) return NOTHING.accesses;
  return new FlowReader(parts).flowOf(method, 0).accesses.filter(({ origin }) => "selection" in origin);
}

/** What a method looks into of the entity that it is given as a parameter, and what of it it gives back. */
export function accessesOfParameter(parts: Parts, method: MethodNode, parameter: number): readonly (readonly Attribute[])[] {
  if (sharedBy(parts).reach?.mayLookInto(method) === false) return [];
  const { accesses, returned } = new FlowReader(parts).flowOf(method, 0);
  const all = returned === undefined ? accesses : [...accesses, returned];
  return all.flatMap(({ origin, path }) => ("parameter" in origin && origin.parameter === parameter && path.length > 0 ? [path] : []));
}

/** What the expressions of a method hold of entities. */
export function entityValuesOf(parts: Parts, method: MethodNode): Pick<EntityValues, "of"> {
  return new FlowReader(parts).valuesIn(method, 0);
}

/** The entities that a method gives back, where they come from a query that can be followed. */
export function returnedEntities(parts: Parts, method: MethodNode): EntityValue | undefined {
  return new FlowReader(parts).flowOf(method, 0).returned;
}
