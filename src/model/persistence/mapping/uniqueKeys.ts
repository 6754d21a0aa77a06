import type { AnnotationValue } from "../../../facts/java/javaFacts.ts";
import { annotationNamed, annotationValue, constantText, constantTexts } from "../../types/constants.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { attributeOf, type Entity, idColumns } from "./entity.ts";

/** The sets of columns that an entity's mapping declares to be unique, the primary key first; lower case. */
export function uniqueKeys(types: TypeIndex, entity: Entity): readonly (readonly string[])[] {
  const keys: (readonly string[])[] = [idColumns(entity)];
  const entry = types.declared(entity.qualified);
  for (const owner of entry === undefined ? [] : types.lineage(entry)) {
    const { file, type } = owner;
    const table = annotationNamed(type.annotations, "Table");
    for (const one of annotationsIn(annotationValue(table, "uniqueConstraints"))) {
      const names = annotationValue(one, "columnNames");
      if (names !== undefined) keys.push(constantTexts(names, { file, type }, types));
    }
    for (const one of annotationsIn(annotationValue(table, "indexes"))) {
      const columns = annotationValue(one, "columnList");
      if (columns === undefined || !isTrue(annotationValue(one, "unique"))) continue;
      keys.push((constantText(columns, { file, type }, types) ?? "").split(",").map((column) => column.trim().replace(/\s.*$/s, "")));
    }
    for (const { name, annotations } of type.fields) {
      const column = annotationNamed(annotations, "Column", "JoinColumn");
      if (isTrue(annotationValue(column, "unique"))) keys.push(attributeOf(entity, name)?.columns ?? []);
    }
  }
  return keys.map((key) => key.map((column) => column.toLowerCase())).filter((key) => key.length > 0 && !key.includes(""));
}

function annotationsIn(value: AnnotationValue | undefined) {
  const values = value === undefined ? [] : value.kind === "array" ? value.values : [value];
  return values.flatMap((one) => (one.kind === "annotation" ? [one.annotation] : []));
}

const isTrue = (value: AnnotationValue | undefined): boolean => value?.kind === "boolean" && value.value;
