import type { JavaAnnotation, JavaType } from "../../../facts/java/javaFacts.ts";
import { withoutCapital } from "../../../text/capitals.ts";
import { annotationNamed, annotationValue, constantText, nestedAnnotations } from "../../types/constants.ts";
import type { NameContext, TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { type NamingStrategy, physicalName, physicalTable } from "./naming.ts";

/** The texts of annotations, and what they name in the database. */
export class MappingNames {
  readonly #types: TypeIndex;
  readonly #naming: (file: string) => NamingStrategy;

  constructor(types: TypeIndex, naming: (file: string) => NamingStrategy) {
    this.#types = types;
    this.#naming = naming;
  }

  text(annotation: JavaAnnotation | undefined, argument: string, entry: TypeEntry): string | undefined {
    const value = annotationValue(annotation, argument);
    return value === undefined ? undefined : constantText(value, contextOf(entry), this.#types);
  }

  table(logical: string, entry: TypeEntry): string {
    return physicalTable(logical, this.#naming(entry.file.file));
  }

  /** Of a column. */
  physical(logical: string, entry: TypeEntry): string {
    return physicalName(logical, this.#naming(entry.file.file));
  }
}

/** A field, or the getter that stands for one. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly annotations: readonly JavaAnnotation[];
  readonly nameSpan: { readonly start: number; readonly end: number };
}

const MAPPINGS = [
  "Id",
  "EmbeddedId",
  "Column",
  "ManyToOne",
  "OneToMany",
  "OneToOne",
  "ManyToMany",
  "ElementCollection",
  "Embedded",
] as const;

/** Fields, or getters where those carry the annotations (JPA's property access). */
export function membersOf(type: JavaType): readonly Member[] {
  const fields = type.fields.filter(
    (field) => field.origin !== "constant" && !field.modifiers.includes("static") && !field.modifiers.includes("transient"),
  );
  const getters = type.methods.filter(
    (method) => method.kind === "method" && method.parameters.length === 0 && /^(?:get|is)\p{Lu}/u.test(method.name),
  );
  const mapped = (annotations: readonly JavaAnnotation[]): boolean => annotationNamed(annotations, ...MAPPINGS) !== undefined;
  if (!fields.some((field) => mapped(field.annotations)) && getters.some((getter) => mapped(getter.annotations))) {
    return getters.map(({ name, returns, annotations, nameSpan }) => {
      const bare = name.replace(/^(?:get|is)/, "");
      return { name: withoutCapital(bare), type: returns, annotations, nameSpan };
    });
  }
  return fields;
}

export const joinColumnsIn = (annotations: readonly JavaAnnotation[]): readonly JavaAnnotation[] =>
  nestedAnnotations(annotations, "JoinColumn", "JoinColumns");

export const contextOf = (entry: TypeEntry): NameContext => ({ file: entry.file, type: entry.type });
