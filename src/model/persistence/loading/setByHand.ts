import { childOf, childrenOf } from "../../../facts/java/code.ts";
import { withoutCapital } from "../../../text/capitals.ts";
import { attributeOf } from "../mapping/entity.ts";
import type { EntityValue, Origin } from "./entityValue.ts";
import type { EntityValues } from "./entityValues.ts";

/** Nothing is known to be left to load of what a method has filled itself. */
export const withoutSet = (returned: EntityValue, set: readonly Look[]): EntityValue | undefined =>
  set.some((one) => isBelow(one, returned)) ? undefined : returned;

/** A way that code has gone from where its entities came. */
export type Look = Pick<EntityValue, "origin" | "path">;

/** The associations that a method sets, of the entities that it has: `order.setLines(linesByOrder.get(order.getId()))`. */
export function setByHand(values: EntityValues): readonly Look[] {
  return values.nodes.flatMap((node): readonly Look[] => {
    const property = node.kind === "call" ? /^set(\p{Lu}.*)$/u.exec(node.text)?.[1] : undefined;
    if (property === undefined || childrenOf(node, "argument").length !== 1) return [];
    const value = values.of(childOf(node, "receiver"));
    if (value === undefined || value.many || value.each === undefined) return [];
    const attribute = attributeOf(value.entity, withoutCapital(property));
    return attribute === undefined || attribute.kind === "basic" ? [] : [{ origin: value.origin, path: [...value.path, attribute] }];
  });
}

/** Whether a way begins with another one. */
export const isBelow = (look: Look, above: Look): boolean =>
  isSame(look.origin, above.origin) && above.path.every(({ at }, i) => look.path[i]?.at === at);

const isSame = (a: Origin, b: Origin): boolean =>
  "parameter" in a
    ? "parameter" in b && a.parameter === b.parameter
    : "call" in b && a.call.start === b.call.start && a.call.end === b.call.end;
