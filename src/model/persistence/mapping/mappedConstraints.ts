import type { JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import { plainKey } from "../../../facts/sql/constraints.ts";
import type { ColumnFact, ConstraintFact, ForeignKeyAction, IndexKeyFact } from "../../../facts/sql/sqlFacts.ts";
import type { Span } from "../../../text/positions.ts";
import { annotationNamed, annotationValue } from "../../types/constants.ts";
import type { Member } from "./members.ts";

/** What annotations say of keys, indexes and constraints, as Hibernate takes it. */

export function uniqueOf(type: "primary" | "unique", columns: readonly string[], at: Span, name?: string): ConstraintFact {
  const index = { unique: true, nullsNotDistinct: false, method: "btree", predicate: undefined, include: [] };
  return { type, name, index: { name, keys: columns.map(plainKey), at, ...index }, usingIndex: undefined };
}

/** A key of `columnList`: "created_at DESC". */
export function keyOf(text: string): IndexKeyFact {
  const [column = "", ...order] = text.trim().split(/\s+/);
  const descending = /^desc/i.test(order[0] ?? "");
  return { ...plainKey(column), descending, nullsFirst: descending };
}

/** The values that an enum leaves its column. */
export function limitTo(constants: readonly string[] | undefined, column: ColumnFact | undefined, at: Span): ConstraintFact | undefined {
  if (constants === undefined || constants.length === 0 || column === undefined || column.type === "") return undefined;
  const names = constants.map((name) => `'${name}'`).join(", ");
  const text = column.type.startsWith("varchar") ? `${column.name} IN (${names})` : `${column.name} BETWEEN 0 AND ${constants.length - 1}`;
  return { type: "check", name: undefined, text, columns: [column.name], at, column: column.name, values: constants.length };
}

/** Whether an attribute is never null: as the mapping or the validator says, which Hibernate asks too. */
export function isFilled({ type, annotations }: Member): boolean {
  if (/^(?:byte|short|int|long|float|double|boolean|char)$/.test(type)) return true;
  if (annotationNamed(annotations, "NotNull", "NotBlank", "NotEmpty") !== undefined) return true;
  return (
    is(annotationNamed(annotations, "Column", "JoinColumn"), "nullable", false) ||
    is(annotationNamed(annotations, "ManyToOne", "OneToOne", "Basic"), "optional", false)
  );
}

/** Whether no foreign key is wanted, or none would hold. */
export function isUnchecked({ annotations }: Member): boolean {
  if (annotationNamed(annotations, "NotFound") !== undefined) return true;
  return annotations.some((annotation) => {
    const own = annotationNamed([annotation], "ForeignKey") === undefined ? annotationValue(annotation, "foreignKey") : undefined;
    const key = own?.kind === "annotation" ? own.annotation : undefined;
    const mode = annotationValue(key, "value");
    return mode?.kind === "reference" && mode.name.endsWith("NO_CONSTRAINT");
  });
}

export function onDeleteOf({ annotations }: Member): ForeignKeyAction {
  const action = annotationValue(annotationNamed(annotations, "OnDelete"), "action");
  if (action?.kind !== "reference") return "no action";
  return action.name.endsWith("CASCADE") ? "cascade" : action.name.endsWith("SET_NULL") ? "set null" : "no action";
}

export function is(annotation: JavaAnnotation | undefined, argument: string, wanted: boolean): boolean {
  const value = annotationValue(annotation, argument);
  return value?.kind === "boolean" && value.value === wanted;
}

/** The annotations that an argument of another one holds. */
export function annotationsIn(annotation: JavaAnnotation | undefined, argument: string): readonly JavaAnnotation[] {
  const value = annotationValue(annotation, argument);
  const values = value === undefined ? [] : value.kind === "array" ? value.values : [value];
  return values.flatMap((one) => (one.kind === "annotation" ? [one.annotation] : []));
}
