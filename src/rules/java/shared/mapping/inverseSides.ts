import type { Model } from "../../../../model/model.ts";
import type { FetchGap } from "../../../../model/persistence/loading/fetchGaps.ts";
import { type Attribute, attributeOf, type Entity, sharesKey } from "../../../../model/persistence/mapping/entity.ts";
import type { Selection } from "../../../../model/persistence/repositories/selection.ts";
import { annotationNamed, annotationValue } from "../../../../model/types/constants.ts";
import { isEnhanced, listsWithout } from "./listsWithout.ts";
import { type Mapping, mappingsIn } from "./mappings.ts";

/**
 * Whether an association is the inverse side of a one-to-one that is asked for as soon as its owner is loaded, one by one: its key is in
 * the other table, so that no proxy can stand for it and no batch size helps (Hibernate 6.6, batch size 16: 6 statements for 5 rows).
 */
export function isAskedAtOnce(model: Model, mapping: Mapping): boolean {
  const { attribute, annotations } = mapping;
  if (attribute.kind !== "toOne" || attribute.mappedBy === undefined) return false;
  if (hasProxy(model, mapping) || annotationNamed(annotations, "LazyToOne", "LazyGroup") !== undefined) return false;
  return !isEnhanced(model, attribute.at.file);
}

/** The same of what a query leaves out. */
export function isAskedWithOwner(model: Model, { owner, attribute }: FetchGap): boolean {
  const mapping = inverseMapping(model, owner, attribute);
  return mapping !== undefined && isAskedAtOnce(model, mapping);
}

/** Whether `java/one-to-one-inverse` speaks of what a query leaves out. */
export function isSaidByInverse(model: Model, { label, at }: Selection, gap: FetchGap): boolean {
  const mapping = gap.path === gap.attribute.name ? inverseMapping(model, gap.owner, gap.attribute) : undefined;
  if (mapping === undefined || !isAskedAtOnce(model, mapping)) return false;
  return listsWithout(model, mapping).some((list) => list.label === label && list.at?.start === at?.start);
}

function inverseMapping(model: Model, owner: Entity, attribute: Attribute): Mapping | undefined {
  if (attribute.kind !== "toOne" || attribute.mappedBy === undefined) return undefined;
  const declared = model.types.declared(owner.qualified, attribute.at.file)?.file;
  return declared && mappingsIn(model, declared).find((mapping) => mapping.attribute === attribute);
}

/**
 * Whether a proxy can stand for the other side: there always is one, and it has the owner's key. With a key of its own it is asked
 * for even so: Hibernate 6.2, 6.6 and 7.0 send 6 statements for 5 rows.
 */
function hasProxy(model: Model, { attribute, annotations }: Mapping): boolean {
  const optional = annotationValue(annotationNamed(annotations, "OneToOne"), "optional");
  if (attribute.fetch !== "lazy" || optional?.kind !== "boolean" || optional.value) return false;
  const other = model.persistence.entity(attribute.type);
  const owning = other && attributeOf(other, attribute.mappedBy ?? "");
  // Unknown is not a finding.
  return other === undefined || owning === undefined || sharesKey(other, owning);
}
