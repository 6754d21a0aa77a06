import { annotationNamed, annotationValue, constantText } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute } from "./entity.ts";

/** The column by which Hibernate or EclipseLink tells tenants apart, in a class or above it; lower case. */
export function tenantColumn(types: TypeIndex, entry: TypeEntry, attributes: ReadonlyMap<string, Attribute>): string | undefined {
  for (const { file, type } of types.lineage(entry)) {
    const name = annotationValue(annotationNamed(type.annotations, "TenantDiscriminatorColumn"), "name");
    if (name !== undefined) return constantText(name, { file, type }, types)?.toLowerCase();
    const field = type.fields.find(({ annotations }) => annotationNamed(annotations, "TenantId") !== undefined);
    if (field !== undefined) return attributes.get(field.name)?.columns[0];
  }
  return undefined;
}
