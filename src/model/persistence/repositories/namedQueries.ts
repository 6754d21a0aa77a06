import type { JavaType } from "../../../facts/java/javaFacts.ts";
import { Answers } from "../../answers.ts";
import type { ReadLog } from "../../readLog.ts";
import { annotationNamed, annotationValue, constantText, nestedAnnotations } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";

/** A text that an annotation gives a name. */
export interface NamedText {
  readonly text: string;
  readonly language: "jpql" | "sql";
}

/** `@NamedQuery` and `@NamedNativeQuery` of all classes. Keys: `named-query:<name>`. */
export class NamedQueries {
  readonly #types: TypeIndex;
  readonly #all: Answers<Readonly<Record<string, NamedText>>>;
  readonly #one: Answers<NamedText | undefined>;
  /** Qualified names of the classes that have any. */
  readonly #classes = new Set<string>();

  constructor(reads: ReadLog, types: TypeIndex) {
    this.#types = types;
    this.#all = new Answers(reads, "named-queries", () => {
      reads.note(CLASSES);
      const found: Record<string, NamedText> = {};
      for (const qualified of [...this.#classes].sort()) {
        const entry = types.declared(qualified);
        if (entry === undefined) continue;
        reads.note(`positions:${entry.file.file}`);
        for (const [name, text] of this.#named(entry)) found[name] ??= text;
      }
      return found;
    });
    this.#one = new Answers(reads, "named-query", (name) => {
      const all = this.#all.get("all");
      return Object.hasOwn(all, name) ? all[name] : undefined;
    });
  }

  get(name: string): NamedText | undefined {
    return this.#one.get(name);
  }

  /** Takes the types of a file for those that it had before; whether any of them names queries. */
  replace(before: readonly JavaType[], after: readonly JavaType[]): readonly string[] {
    const [had, has] = [before, after].map((types) => types.filter(({ annotations }) => annotations.some(namesQueries)));
    for (const { qualified } of had ?? []) this.#classes.delete(qualified);
    for (const { qualified } of has ?? []) this.#classes.add(qualified);
    return (had ?? []).length + (has ?? []).length > 0 ? [CLASSES] : [];
  }

  refresh(changed: Set<string>): readonly string[] {
    for (const key of this.#all.refresh(changed)) changed.add(key);
    return this.#one.refresh(changed);
  }

  #named(entry: TypeEntry): readonly (readonly [string, NamedText])[] {
    const context = { file: entry.file, type: entry.type };
    const { annotations } = entry.type;
    return [
      ...nestedAnnotations(annotations, "NamedQuery", "NamedQueries").map((annotation) => ({ annotation, language: "jpql" as const })),
      ...nestedAnnotations(annotations, "NamedNativeQuery", "NamedNativeQueries").map((annotation) => ({
        annotation,
        language: "sql" as const,
      })),
    ].flatMap(({ annotation, language }) => {
      const [name, text] = ["name", "query"].map((argument) => {
        const value = annotationValue(annotation, argument);
        return value === undefined ? undefined : constantText(value, context, this.#types);
      });
      return name === undefined || text === undefined ? [] : [[name, { text, language }] as const];
    });
  }
}

const CLASSES = "named-queries:classes";

const namesQueries = (annotation: JavaType["annotations"][number]): boolean =>
  annotationNamed([annotation], "NamedQuery", "NamedQueries", "NamedNativeQuery", "NamedNativeQueries") !== undefined;
