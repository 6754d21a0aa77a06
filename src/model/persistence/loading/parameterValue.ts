import type { DeclaredMethod } from "../../calls/typing/callees.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import { simpleName, type Type } from "../../types/type.ts";
import type { Entity } from "../mapping/entity.ts";
import type { EntityValue } from "./entityValue.ts";
import { heldEntities } from "./holders.ts";
import { ANY_ENTITY } from "./noEntity.ts";

/** The entities that a parameter of a type holds, as far as the type tells. */
export function parameterValue(
  declared: DeclaredMethod,
  parameter: number,
  type: Type | undefined,
  typer: Typer,
  entityOf: (type: Type | undefined) => Entity | undefined,
): EntityValue | undefined {
  if (type === undefined) return undefined;
  const value = { origin: { parameter }, path: [], each: undefined };
  const held = heldEntities(type, typer, entityOf);
  if (held !== undefined) return { ...value, ...held };
  // What methods do with a type variable shows at their callers.
  if (isOpen(type, declared)) return { entity: ANY_ENTITY, many: false, ...value };
  const element = typer.elementOf(type) ?? type.args[0];
  const many = simpleName(type) !== "Optional";
  return element !== undefined && isOpen(element, declared) ? { entity: ANY_ENTITY, many, ...value } : undefined;
}

const isOpen = ({ name, dimensions }: Type, { owner, method }: DeclaredMethod): boolean =>
  dimensions === 0 && [...owner.type.typeParameters, ...method.typeParameters].some((parameter) => parameter.name === name);
