import type { AnnotationValue } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed, annotationValue } from "../../../../model/types/constants.ts";

const ASSOCIATIONS = ["OneToMany", "OneToOne", "ManyToOne", "ManyToMany"] as const;

/**
 * Whether deleting an entity is more than deleting its row: cascades, orphans, rows of collections and of join tables, callbacks, soft
 * deletion, tables of subclasses. A bulk statement does none of it.
 */
export function removesMore(model: Model, entity: string): boolean {
  const entry = model.types.declared(entity);
  if (entry === undefined || model.types.descendantsOf(entry).length > 0) return true;
  return model.types.lineage(entry).some(({ type }) => {
    if (annotationNamed(type.annotations, "SQLDelete", "SoftDelete", "EntityListeners", "Inheritance", "Audited") !== undefined) {
      return (
        annotationNamed(type.annotations, "SQLDelete", "SoftDelete", "Inheritance", "Audited") !== undefined ||
        !isAuditingOnly(annotationNamed(type.annotations, "EntityListeners")?.values[0]?.value)
      );
    }
    if (type.methods.some(({ annotations }) => annotationNamed(annotations, "PreRemove", "PostRemove") !== undefined)) return true;
    // Annotations may stand at fields or at getters.
    return [...type.fields, ...type.methods].some(({ annotations }) => {
      if (annotationNamed(annotations, "ElementCollection", "CollectionTable", "JoinTable", "SoftDelete") !== undefined) return true;
      const association = annotationNamed(annotations, ...ASSOCIATIONS);
      if (association === undefined) return false;
      if (/ManyToMany$/.test(association.name) && annotationValue(association, "mappedBy") === undefined) return true;
      const orphans = annotationValue(association, "orphanRemoval");
      return (
        (orphans?.kind === "boolean" && orphans.value) ||
        namesIn(annotationValue(association, "cascade")).some((name) => /(?:ALL|REMOVE)$/.test(name))
      );
    });
  });
}

/** Spring Data's listener fills in dates and users; it does nothing on removal. */
const isAuditingOnly = (value: AnnotationValue | undefined): boolean =>
  namesIn(value).every((name) => /AuditingEntityListener(?:\.class)?$/.test(name));

function namesIn(value: AnnotationValue | undefined): readonly string[] {
  if (value === undefined) return [];
  const values = value.kind === "array" ? value.values : [value];
  return values.map((one) => (one.kind === "reference" ? one.name : "?"));
}
