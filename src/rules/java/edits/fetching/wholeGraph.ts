import type { Model } from "../../../../model/model.ts";
import type { Attribute, Entity } from "../../../../model/persistence/mapping/entity.ts";

/** The paths that an entity graph names. */
export interface WholeGraph {
  readonly paths: readonly string[];
  /** Whether it names all that is EAGER by the mapping. */
  readonly isWhole: boolean;
}

/** Nobody would write a graph of more. */
const MOST_PATHS = 6;

/**
 * What a graph has to name besides some paths, so that nothing is left unloaded: with a graph of type FETCH all is lazy that it does not
 * name, EAGER associations of what it names among them (https://jakarta.ee/specifications/persistence/3.1/jakarta-persistence-spec-3.1#a2814;
 * seen with Hibernate 6.6), and with one of type LOAD these are asked for one by one. Undefined where that gets too much.
 * `isFromRoot` says whether the root's own have to be in it, too.
 */
export function wholeGraph(model: Model, root: string, paths: readonly string[], isFromRoot: boolean): WholeGraph | undefined {
  const named = new Set(paths);
  let isWhole = true;
  // A path names all that it leads through.
  const isBelow = (path: string): boolean => [...named].some((one) => one.startsWith(`${path}.`));
  const isNamed = (path: string): boolean => named.has(path) || isBelow(path);
  const visit = (entity: Entity, prefix: string, above: readonly string[], through: Attribute | undefined): void => {
    const own = prefix === "";
    if ((!own || isFromRoot) && hasMoreBelow(model, entity)) isWhole = false;
    for (const attribute of entity.attributes) {
      const path = prefix + attribute.name;
      const target = attribute.kind === "toOne" || attribute.kind === "toMany" ? model.persistence.entity(attribute.type) : undefined;
      if (attribute.kind === "basic" || (attribute.kind === "embedded" && attribute.id)) continue;
      // The way back to the owner, which is in the session; what has no key of its own is asked for whatever a graph says.
      if (attribute.kind === "toOne" && (through?.mappedBy === attribute.name || (own && attribute.mappedBy !== undefined))) continue;
      if (isNamed(path)) {
        if (target !== undefined && above.includes(target.qualified)) isWhole = false;
        else if (target !== undefined) visit(target, `${path}.`, [...above, target.qualified], attribute);
      } else if (attribute.kind === "embedded") {
        if ((!own || isFromRoot) && hasEager(model.persistence.entity(attribute.type))) isWhole = false;
      } else if (attribute.fetch === "eager" && (!own || isFromRoot)) {
        if (own || attribute.kind !== "toOne" || target === undefined || above.includes(target.qualified)) isWhole = false;
        else {
          named.add(path);
          visit(target, `${path}.`, [...above, target.qualified], attribute);
        }
      }
    }
  };
  const entity = model.persistence.entity(root);
  if (entity === undefined) return undefined;
  visit(entity, "", [entity.qualified], undefined);
  return named.size > Math.max(MOST_PATHS, paths.length)
    ? undefined
    : { paths: [...named].filter((path) => !isBelow(path)).sort(), isWhole };
}

const isEager = ({ kind, fetch }: Attribute): boolean => kind !== "basic" && kind !== "embedded" && fetch === "eager";

const hasEager = (entity: Entity | undefined): boolean => entity?.attributes.some(isEager) ?? false;

/** Whether entities below one have EAGER associations that it has not: no graph of it names them. */
function hasMoreBelow({ types, persistence }: Model, { qualified, attributes }: Entity): boolean {
  const entry = types.declared(qualified);
  const own = new Set(attributes.map(({ name }) => name));
  return (entry === undefined ? [] : types.descendantsOf(entry)).some(({ type }) =>
    persistence.entity(type.qualified)?.attributes.some((attribute) => isEager(attribute) && !own.has(attribute.name)),
  );
}
