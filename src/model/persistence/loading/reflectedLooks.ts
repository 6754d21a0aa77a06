import type { CodeNode } from "../../../facts/java/code.ts";
import { withoutCapital } from "../../../text/capitals.ts";
import { wantedType } from "../../calls/converters.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import type { Type } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute, Entity } from "../mapping/entity.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { associationsIn, type MappedLook } from "./mapStruct.ts";

/** Mappers that read properties by reflection, and match them by their names. */
const BY_REFLECTION: ReadonlySet<string> = new Set(["ModelMapper", "MapperFacade", "DozerBeanMapper"]);

/** What `modelMapper.map(order, OrderDto.class)` is to make of its first argument; undefined for any other call. */
export function reflectedTarget(call: CodeNode, typer: Typer): Type | undefined {
  if (call.kind !== "call" || call.text !== "map") return undefined;
  return BY_REFLECTION.has(typer.calleeOf(call).library?.type ?? "") ? wantedType(call, typer) : undefined;
}

interface Parts {
  readonly types: TypeIndex;
  readonly persistence: PersistenceModel;
}

/** The associations that a mapper looks into to fill the properties of a target: `customerName` is the name of the customer. */
export function reflectedLooks(parts: Parts, entity: Entity, target: Type, near: string, depth = 0): readonly MappedLook[] {
  const entry = parts.types.entryOf(target, near);
  if (entry === undefined || parts.persistence.entity(target.name) !== undefined) return [];
  return parts.types.lineage(entry).flatMap(({ type, file }) =>
    type.fields
      .filter(({ modifiers, origin }) => origin !== "constant" && !modifiers.includes("static"))
      .flatMap((field): readonly MappedLook[] => {
        const path = pathTo(parts.persistence, entity, field.name);
        const last = path.at(-1);
        if (last === undefined || last.kind === "basic" || last.kind === "embedded") return associationsIn(path);
        const wanted = parts.types.resolve(field.type, { file, type });
        const below = parts.persistence.entity(last.type);
        const whole = last.kind === "toOne" ? wanted : wanted?.args[0];
        if (whole === undefined || below === undefined) return associationsIn(last.kind === "toOne" ? path.slice(0, -1) : path);
        const deeper = depth > 0 ? [] : reflectedLooks(parts, below, whole, near, depth + 1);
        const isLoaded = last.kind !== "toOne" || readsMore(parts, below, whole, near);
        const each = last.kind === "toOne" ? undefined : path.length;
        return [
          ...associationsIn(isLoaded ? path : path.slice(0, -1)),
          ...deeper.map((look) => ({
            path: [...path, ...look.path],
            each: each ?? (look.each === undefined ? undefined : path.length + look.each),
          })),
        ];
      }),
  );
}

/** The attributes that a property's name leads over; none where it leads nowhere. */
function pathTo(persistence: PersistenceModel, entity: Entity, name: string): readonly Attribute[] {
  const whole = entity.attributes.find((attribute) => attribute.name === name);
  if (whole !== undefined) return [whole];
  for (const attribute of entity.attributes) {
    if (attribute.kind !== "toOne" || !name.startsWith(attribute.name)) continue;
    const rest = name.slice(attribute.name.length);
    const target = persistence.entity(attribute.type);
    if (target === undefined || !/^\p{Lu}/u.test(rest)) continue;
    const below = pathTo(persistence, target, withoutCapital(rest));
    if (below.length > 0) return [attribute, ...below];
  }
  return [];
}

/** Whether a target has more of an entity than its key. */
function readsMore({ types, persistence }: Parts, entity: Entity, target: Type, near: string): boolean {
  const entry = types.entryOf(target, near);
  if (entry === undefined) return false;
  return types
    .lineage(entry)
    .flatMap(({ type }) => type.fields)
    .some(({ name }) => pathTo(persistence, entity, name)[0]?.id === false);
}
