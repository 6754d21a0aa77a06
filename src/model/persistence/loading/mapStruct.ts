import type { JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import type { DeclaredMethod } from "../../calls/typing/callees.ts";
import { annotationNamed, annotationValue } from "../../types/constants.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute, Entity } from "../mapping/entity.ts";
import { nested } from "../mapping/members.ts";

/**
 * The associations of an entity that a MapStruct method reads: its implementation is generated and unseen, so the target's
 * properties of the same names tell, and the sources of its `@Mapping`s.
 */
export function mappedAssociations(types: TypeIndex, { owner, method }: DeclaredMethod, entity: Entity): readonly Attribute[] {
  if (!isWrittenByMapStruct({ owner, method })) return [];
  const returned = types.resolve(method.returns, { file: owner.file, type: owner.type });
  const candidates = returned === undefined ? [] : [returned, ...returned.args];
  const target = candidates.map((type) => types.entryOf(type, owner.file.file)).find((entry) => entry !== undefined);
  if (target === undefined) return [];
  const read = new Set(types.lineage(target).flatMap(({ type }) => type.fields.map(({ name }) => name)));
  for (const mapping of nested(method.annotations, "Mapping", "Mappings")) {
    const ignored = annotationValue(mapping, "ignore");
    const to = annotationValue(mapping, "target");
    const source = annotationValue(mapping, "source");
    const left = source !== undefined || (ignored?.kind === "boolean" && ignored.value) || asksWhetherLoaded(mapping);
    if (to?.kind === "text" && left) read.delete(to.text);
    // A key alone loads nothing.
    if (source?.kind === "text" && !asksWhetherLoaded(mapping) && !/^\w+\.id$/.test(source.text))
      read.add(source.text.split(".")[0] as string);
  }
  return entity.attributes.filter(({ kind, name }) => kind !== "basic" && kind !== "embedded" && read.has(name));
}

/** `conditionExpression = "java(Hibernate.isInitialized(order.getLines()))"`: what is not there is left out. */
function asksWhetherLoaded(mapping: JavaAnnotation): boolean {
  const condition = annotationValue(mapping, "conditionExpression");
  return condition?.kind === "text" && /\bis(?:Initialized|Loaded|PropertyInitialized)\s*\(/.test(condition.text);
}

export function isWrittenByMapStruct({ owner, method }: DeclaredMethod): boolean {
  return method.body < 0 && annotationNamed(owner.type.annotations, "Mapper") !== undefined;
}
