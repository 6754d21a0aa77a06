import { endsAtCollection } from "../mapping/collections.ts";
import { type Attribute, attributeOf, type Entity, type EntityLookup } from "../mapping/entity.ts";
import { type DerivedPart, type DerivedTest, type PropertyOwner, parseDerivedQuery, resolvePropertyPath } from "./derivedQuery.ts";
import { armTest } from "./eitherArms.ts";
import type { ArmTest, Bound, ColumnTestKind, Query, SortKey } from "./query.ts";
import { type ColumnRef, ScanBuilder } from "./scanBuilder.ts";

export interface DerivedScans extends Pick<Query, "kind" | "scans" | "remarks"> {
  readonly first: number | undefined;
}

/** What the name of a query method asks for, mapped to tables; undefined where it names no property of the entity. */
export function derivedScans(name: string, entity: Entity, entities: EntityLookup): DerivedScans | undefined {
  const derived = parseDerivedQuery(name);
  const builder = new ScanBuilder(entities);
  const source = builder.openEntity(entity);
  const owner = propertiesOf(entity, entities);
  const several = derived.alternatives.length > 1;
  const arms: ArmTest[][] = [];
  for (const parts of derived.alternatives) {
    const arm: ArmTest[] = [];
    for (const part of parts) {
      const path = resolvePropertyPath(part.property, owner);
      if (path === undefined) return undefined;
      const isMember = /ontaining$/.test(part.test) && endsAtCollection(entity, path, entities);
      if (isMember && !several) {
        for (const ref of builder.member(source, path, part.test === "containing")) builder.add(ref, "other");
        continue;
      }
      const refs = builder.columns(source, path);
      // A condition on an object that has no column of its own, as an embedded key: without it every row would seem to be asked for.
      if (refs.length === 0) return undefined;
      for (const ref of refs) {
        addTest(builder, ref, part, several);
        arm.push(armTest(ref, testOf(part), isConstant(part), foldedBy(part)));
      }
    }
    arms.push(arm);
  }
  if (several) builder.remark({ kind: "either", arms });
  const sort: (SortKey & Pick<ColumnRef, "scan">)[] = [];
  for (const { property, descending } of derived.order) {
    const path = resolvePropertyPath(property, owner);
    if (path === undefined) return undefined;
    for (const { scan, column } of builder.columns(source, path)) sort.push({ scan, column, descending });
  }
  const scan = sort[0]?.scan;
  if (scan !== undefined && sort.every((key) => key.scan === scan))
    scan.sort = sort.map(({ column, descending }) => ({ column, descending }));
  return { kind: derived.subject, scans: builder.done(), remarks: builder.remarks(), first: derived.first };
}

const TESTS: Readonly<Partial<Record<DerivedTest, ColumnTestKind>>> = {
  equals: "equals",
  in: "in",
  null: "null",
  notNull: "notNull",
  true: "equals",
  false: "equals",
  between: "range",
  less: "range",
  lessEqual: "range",
  greater: "range",
  greaterEqual: "range",
  before: "range",
  after: "range",
  startingWith: "prefix",
  endingWith: "contains",
  containing: "contains",
  like: "like",
  not: "not",
  notIn: "not",
  notLike: "not",
  notContaining: "not",
};

const BOUNDS: Readonly<Partial<Record<DerivedTest, Bound>>> = {
  less: "below",
  lessEqual: "below",
  before: "below",
  greater: "above",
  greaterEqual: "above",
  after: "above",
};

function addTest(builder: ScanBuilder, ref: ColumnRef, part: DerivedPart, several: boolean): void {
  const value = isConstant(part) && !several ? part.test : undefined;
  builder.add(ref, several ? "either" : testOf(part), isConstant(part), foldedBy(part), value, several ? undefined : BOUNDS[part.test]);
}

const testOf = ({ test }: DerivedPart): ColumnTestKind => TESTS[test] ?? "other";
const isConstant = ({ test }: DerivedPart): boolean => test === "true" || test === "false";
/** Spring Data compares upper(column) with upper(value). */
const foldedBy = ({ ignoreCase }: DerivedPart): ArmTest["folded"] => (ignoreCase ? "upper" : undefined);

/** An entity as a place to look property paths up in. */
export function propertiesOf(entity: Entity, entities: EntityLookup): PropertyOwner {
  return {
    property(name) {
      const attribute = attributeOf(entity, name) ?? inheritedId(entity, name);
      if (attribute === undefined) return undefined;
      const inner = attribute.kind === "basic" ? undefined : entities(attribute.type);
      if (inner !== undefined) return propertiesOf(inner, entities);
      // An entity that is not in the workspace still has an id.
      return attribute.kind === "toOne" ? { property: (id) => (id === "id" ? "leaf" : undefined) } : "leaf";
    },
  };
}

/** `id` names the identifier whatever the property is called. */
function inheritedId(entity: Entity, name: string): Attribute | undefined {
  return name === "id" ? entity.attributes.find((attribute) => attribute.id) : undefined;
}
