import type { JavaAnnotation, JavaType } from "../../facts/java/javaFacts.ts";
import { changesOf, type FactsChange, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { annotationNamed, annotationText } from "./constants.ts";
import { bareName, type TypeEntry } from "./typeIndex.ts";

const STEREOTYPES = ["Component", "Service", "Repository", "Controller", "RestController", "Configuration", "Named"] as const;

/** The annotation that makes a class a bean, if it has one. */
export const stereotypeOf = ({ annotations }: JavaType): JavaAnnotation | undefined => annotationNamed(annotations, ...STEREOTYPES);

/** The name that Spring gives a class that it finds: what its annotation says, or its own with a small letter; undefined for no bean. */
export function beanNameOf(type: JavaType): string | undefined {
  const stereotype = stereotypeOf(type);
  if (stereotype === undefined) return undefined;
  if (stereotype.values.some(({ name, value }) => name === "value" && value.kind !== "text")) return undefined;
  return annotationText(stereotype, "value") ?? decapitalized(type.name);
}

/** Whether a bean may be missing: `@Profile("demo")`, `@ConditionalOnProperty`. */
export const isConditional = ({ annotations }: Pick<JavaType, "annotations">): boolean =>
  annotations.some(({ name }) => /^Profile$|^Conditional/.test(bareName(name)));

/** java.beans.Introspector: "OrderRules" is "orderRules", "URLRules" stays as it is. */
const decapitalized = (name: string): string => (/^\p{Lu}{2}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1));

/** Classes that are beans by their own annotations, by their names. Keys: `bean:<name>`. */
export class Beans implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byName = new Map<string, TypeEntry[]>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[]): Iterable<string> {
    const changed = new Set<string>();
    for (const { file, before, after } of changesOf(changes, "java")) {
      for (const type of before?.java.types ?? []) {
        const name = beanNameOf(type);
        if (name === undefined) continue;
        this.#byName.set(
          name,
          (this.#byName.get(name) ?? []).filter((entry) => entry.file.file !== file),
        );
        changed.add(`bean:${name}`);
      }
      for (const type of after?.java.types ?? []) {
        const name = beanNameOf(type);
        if (after === undefined || name === undefined) continue;
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), { file: after, type }]);
        changed.add(`bean:${name}`);
      }
    }
    return changed;
  }

  /** The class of a bean's name; undefined where none is known, or more than one. */
  named(name: string): TypeEntry | undefined {
    this.#reads.note(`bean:${name}`);
    const [only, ...others] = this.#byName.get(name) ?? [];
    return others.length > 0 ? undefined : only;
  }
}
