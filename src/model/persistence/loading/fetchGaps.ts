import type { ConfigurationModel } from "../../configuration/configurationModel.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { type Attribute, attributeOf, type Entity, hasAttribute } from "../mapping/entity.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { fetches, type Selection } from "../repositories/selection.ts";
import { isOneForAll } from "./sharedByRows.ts";

/** An association that a query leaves out although its entities need it. */
export interface FetchGap {
  /** From the selected entity: "pets", "pets.type". */
  readonly path: string;
  readonly owner: Entity;
  readonly attribute: Attribute;
  /** The entity on the other side; undefined for a collection of values. */
  readonly target: Entity | undefined;
}

const BATCH_SIZE = "spring.jpa.properties.hibernate.default_batch_fetch_size";

/** Whether Hibernate loads associations for several owners at a time wherever nothing else is said. */
export function groupsByDefault(configuration: ConfigurationModel, file: string): boolean {
  return configuration.everyValue(BATCH_SIZE, file).some(({ value, known }) => !known || Number(value) > 1);
}

/** Whether an association is loaded for several owners at a time, or found in the second-level cache. */
export function isGrouped({ attribute, target }: FetchGap): boolean {
  if (attribute.grouped) return true;
  return attribute.kind === "toOne" && target !== undefined && (target.grouped || target.cached);
}

/**
 * The EAGER associations that a query of many rows brings with further statements: Hibernate joins them for `find`, not for queries.
 * What such a statement brings in turn is joined to it, so only the first association on a path counts.
 */
export function eagerGaps(persistence: PersistenceModel, selection: Selection): readonly FetchGap[] {
  if (selection.rows !== "many" || selection.graph === "fetch") return [];
  const entity = persistence.entity(selection.entity);
  return entity === undefined ? [] : gapsBelow(persistence, selection, entity, "");
}

function gapsBelow(
  persistence: PersistenceModel,
  selection: Selection,
  owner: Entity,
  prefix: string,
  from?: { readonly through: Attribute; readonly above: Entity },
): readonly FetchGap[] {
  return owner.attributes.flatMap((attribute): readonly FetchGap[] => {
    if (attribute.kind === "basic") return [];
    if (attribute.kind === "embedded") {
      const embedded = attribute.id ? undefined : persistence.entity(attribute.type);
      return embedded === undefined ? [] : gapsBelow(persistence, selection, embedded, `${prefix}${attribute.name}.`);
    }
    // The way back from a collection's element to its owner, which is in the session.
    if (from !== undefined && isWayBack(attribute, owner, from)) return [];
    const path = prefix + attribute.name;
    const target = attribute.kind === "elements" ? undefined : persistence.entity(attribute.type);
    // What lies behind it is then loaded once as well.
    if (prefix === "" && isOneForAll(persistence, selection, attribute)) return [];
    if (fetches(selection, path))
      return target === undefined || target === owner
        ? []
        : gapsBelow(persistence, selection, target, `${path}.`, { through: attribute, above: owner });
    if (attribute.fetch !== "eager" || isInverse(attribute)) return [];
    return [{ path, owner, attribute, target }];
  });
}

/** By the mapping, or since an element knows one owner of that kind only, whose key is kept a second time then. */
function isWayBack(
  attribute: Attribute,
  element: Entity,
  { through, above }: { readonly through: Attribute; readonly above: Entity },
): boolean {
  if (attribute.kind !== "toOne") return false;
  if (through.mappedBy !== undefined || through.kind !== "toMany") return through.mappedBy === attribute.name;
  const owners = element.attributes.filter(({ kind, type }) => kind === "toOne" && type === above.qualified);
  return owners.length === 1 && owners[0] === attribute;
}

/** The other side of a one-to-one holds no key: it is asked for whatever the fetch type says. */
const isInverse = ({ kind, mappedBy }: Attribute): boolean => kind === "toOne" && mappedBy !== undefined;

interface Parts {
  readonly persistence: PersistenceModel;
  readonly types: TypeIndex;
}

/** The entity below another one that has an attribute. */
export function declaringBelow({ persistence, types }: Parts, entity: Entity, attribute: Attribute): Entity | undefined {
  const entry = types.declared(entity.qualified);
  for (const { type } of entry === undefined ? [] : types.descendantsOf(entry)) {
    const below = persistence.entity(type.qualified);
    if (below !== undefined && hasAttribute(below, attribute)) return below;
  }
  return undefined;
}

/** The attributes on a way that code has gone, also through entities below those that the mapping names. */
export function alongWay(parts: Parts, root: string, way: readonly Attribute[]): readonly FetchGap[] {
  const steps: FetchGap[] = [];
  let owner = parts.persistence.entity(root);
  const names: string[] = [];
  for (const attribute of way) {
    if (owner !== undefined && !hasAttribute(owner, attribute)) owner = declaringBelow(parts, owner, attribute);
    if (owner === undefined) break;
    names.push(attribute.name);
    const target: Entity | undefined =
      attribute.kind === "basic" || attribute.kind === "elements" ? undefined : parts.persistence.entity(attribute.type);
    steps.push({ path: names.join("."), owner, attribute, target });
    owner = target;
  }
  return steps;
}

/** The attributes along a path, the first one's owner first; ends where the path cannot be followed. */
export function alongPath(persistence: PersistenceModel, root: string, path: string): readonly FetchGap[] {
  const steps: FetchGap[] = [];
  let owner = persistence.entity(root);
  const names: string[] = [];
  for (const name of path.split(".")) {
    const attribute = owner === undefined ? undefined : attributeOf(owner, name);
    if (owner === undefined || attribute === undefined) break;
    names.push(name);
    const target: Entity | undefined =
      attribute.kind === "basic" || attribute.kind === "elements" ? undefined : persistence.entity(attribute.type);
    steps.push({ path: names.join("."), owner, attribute, target });
    owner = target;
  }
  return steps;
}
