import { annotationNamed, annotationValue, constantText } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { relationalName } from "./aggregates.ts";

/** A class that MyBatis-Plus keeps in a table. */
export interface MappedRecord {
  /** As the statements write it. */
  readonly table: string;
  /** By property, in the order of the fields; those of its superclasses behind its own. */
  readonly columns: ReadonlyMap<string, string>;
  /** What is added to each statement where rows are only marked as deleted: "deleted = 0". */
  readonly alive: string | undefined;
}

/** `@TableName("sys_user")`; in snake case where it says none. */
export function recordTableName(types: TypeIndex, entry: TypeEntry): string {
  return textOf(types, entry, entry.type.annotations, "TableName") ?? relationalName(entry.type.name);
}

/** What MyBatis-Plus makes of a class by its annotations, with underscores in the names of columns. */
export function mappedRecord(types: TypeIndex, entry: TypeEntry): MappedRecord {
  const columns = new Map<string, string>();
  let alive: string | undefined;
  for (const above of types.lineage(entry)) {
    for (const { name, origin, type, modifiers, annotations } of above.type.fields) {
      if (origin === "constant" || modifiers.includes("static") || modifiers.includes("transient") || columns.has(name)) continue;
      const exists = annotationValue(annotationNamed(annotations, "TableField"), "exist");
      if (exists?.kind === "boolean" && !exists.value) continue;
      const column =
        textOf(types, above, annotations, "TableField") ?? textOf(types, above, annotations, "TableId") ?? relationalName(name);
      columns.set(name, column);
      if (annotationNamed(annotations, "TableLogic") !== undefined)
        alive ??= `${column} = ${aliveValue(textOf(types, above, annotations, "TableLogic") ?? "0", type)}`;
    }
  }
  return { table: recordTableName(types, entry), columns, alive };
}

/** Of a number or a boolean as it is written, else as a text. */
const aliveValue = (value: string, type: string): string =>
  /^(?:\d+|true|false)$/i.test(value) || /^(?:java\.lang\.)?(?:Boolean|boolean|Integer|int)$/.test(type) ? value : `'${value}'`;

function textOf(types: TypeIndex, entry: TypeEntry, annotations: TypeEntry["type"]["annotations"], name: string): string | undefined {
  const value = annotationValue(annotationNamed(annotations, name), "value");
  const text = value === undefined ? undefined : constantText(value, entry, types);
  return text === "" ? undefined : text;
}
