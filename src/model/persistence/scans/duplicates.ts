import type { JpqlFrom, JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import type { EntityLookup } from "../mapping/entity.ts";
import { type Attribute, attributeOf, type Entity } from "../mapping/entity.ts";

/**
 * What makes rows of an entity come twice, so that DISTINCT takes some of them out: "none", for to-one joins double no row; "fetched", a
 * collection that is fetched, whose rows Hibernate puts together itself; "joined", a collection that is only joined.
 */
export type Duplicates = "none" | "fetched" | "joined";

/** What a `select distinct e from Entity e` takes out; undefined for any other selection, and where a join is not understood. */
export function duplicatesOf(select: JpqlSelect, root: Entity, entities: EntityLookup): Duplicates | undefined {
  const [first, ...joins] = select.from;
  const [item, ...others] = select.items;
  if (!select.distinct || select.distinctOn || !select.understood || select.groupBy.length > 0 || select.combined.length > 0)
    return undefined;
  if (first?.alias === undefined || item?.value.kind !== "path" || others.length > 0 || root.kind !== "entity") return undefined;
  if (item.value.parts.length > 1 || !isSame(item.value.parts[0], first.alias)) return undefined;
  return doubledBy(joins, first.alias, root, entities);
}

/** What joins make of the rows of an entity; undefined where one of them is not understood. */
export function doubledBy(joins: readonly JpqlFrom[], alias: string, root: Entity, entities: EntityLookup): Duplicates | undefined {
  const known = new Map<string, Entity | undefined>([[alias.toLowerCase(), root]]);
  let duplicates: Duplicates = "none";
  for (const join of joins) {
    const path = attributesOf(join, known, entities);
    if (path === undefined) return undefined;
    if (join.alias !== undefined) known.set(join.alias.toLowerCase(), entities(path.at(-1)?.type ?? ""));
    if (path.every(({ kind }) => kind === "toOne" || kind === "embedded")) continue;
    // Elements have no key, and a list may hold one of them twice: DISTINCT would take it out.
    if (join.fetch && path.some(isBag)) return undefined;
    if (!join.fetch || join.on !== undefined) duplicates = "joined";
    else if (duplicates === "none") duplicates = "fetched";
  }
  return duplicates;
}

/** The attributes that a join goes along; undefined where one of them is not known. */
function attributesOf(
  { source, join }: JpqlFrom,
  known: ReadonlyMap<string, Entity | undefined>,
  entities: EntityLookup,
): readonly Attribute[] | undefined {
  if (source.kind !== "name" || source.parts.length < 2 || !["inner", "left"].includes(join)) return undefined;
  const [alias = "", ...names] = source.parts;
  let entity = known.get(alias.toLowerCase());
  const path: Attribute[] = [];
  for (const name of names) {
    const attribute = entity === undefined ? undefined : attributeOf(entity, name);
    if (attribute === undefined) return undefined;
    path.push(attribute);
    entity = entities(attribute.type);
  }
  return path;
}

const isBag = ({ kind, container, through }: Attribute): boolean =>
  container !== "set" && (kind === "elements" || (kind === "toMany" && through !== undefined));

const isSame = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
