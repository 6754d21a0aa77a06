import type { DeclaredMethod } from "../calls/callees.ts";
import type { Typer } from "../calls/typer.ts";
import { simpleName, type Type } from "../types/type.ts";
import type { Entity } from "./entity.ts";
import type { EntityValue } from "./entityValue.ts";

/** The values of an `@ElementCollection` are no entities. */
export const NO_ENTITY: Entity = {
  name: "",
  qualified: "",
  entityName: "",
  kind: "embeddable",
  table: "",
  attributes: [],
  grouped: false,
  cached: false,
  graphs: {},
  hiddenInJson: [],
  at: { file: "", start: 0, end: 0 },
};

/** What a type variable stands for is known to callers only. */
export const ANY_ENTITY: Entity = { ...NO_ENTITY };

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
  const single = entityOf(type);
  if (single !== undefined) return { ...value, entity: single, many: false };
  if (/Map$/.test(simpleName(type))) {
    const [, held] = type.args;
    const one = entityOf(held);
    const entity = one ?? entityOf(typer.elementOf(held));
    return entity && { ...value, entity, many: true, held: one === undefined ? "groups" : "map" };
  }
  const element = typer.elementOf(type) ?? type.args[0];
  const many = simpleName(type) !== "Optional";
  const entity = entityOf(element);
  if (entity !== undefined) return { ...value, entity, many };
  // What methods do with a type variable shows at their callers.
  if (isOpen(type, declared)) return { ...value, entity: ANY_ENTITY, many: false };
  return element !== undefined && isOpen(element, declared) ? { ...value, entity: ANY_ENTITY, many } : undefined;
}

const isOpen = ({ name, dimensions }: Type, { owner, method }: DeclaredMethod): boolean =>
  dimensions === 0 && [...owner.type.typeParameters, ...method.typeParameters].some((parameter) => parameter.name === name);
