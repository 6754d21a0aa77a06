import type { JavaType } from "../../../facts/java/javaFacts.ts";
import { annotationNamed, annotationText } from "../../types/constants.ts";
import { mappedKind } from "./entities.ts";

/** Which classes are mapped, and the names under which JPQL knows them. Keys: `mapped:<entity name>`, `mapped:all`. */
export class MappedNames {
  readonly #entities = new Map<string, Set<string>>();
  /** Entities and embeddables. */
  readonly #classes = new Set<string>();

  /** Entities and embeddables by qualified name, sorted. */
  classes(): readonly string[] {
    return [...this.#classes].sort();
  }

  /** The qualified names of what JPQL calls by this name, sorted: services beside each other may each have one. */
  entitiesNamed(name: string): readonly string[] {
    return [...(this.#entities.get(name) ?? [])].sort();
  }

  /** Takes the types of a file for those that it had before, and answers with the keys of what has changed. */
  replace(before: readonly JavaType[], after: readonly JavaType[]): readonly string[] {
    const keys: string[] = [];
    for (const [types, mapped] of [
      [before, false],
      [after, true],
    ] as const) {
      for (const type of types) {
        const kind = mappedKind(type);
        if (kind === undefined || kind === "mapped") continue;
        if (mapped) this.#classes.add(type.qualified);
        else this.#classes.delete(type.qualified);
        keys.push("mapped:all");
        if (kind === "entity") keys.push(this.#name(type, mapped));
      }
    }
    return keys;
  }

  #name(type: JavaType, mapped: boolean): string {
    const name = annotationText(annotationNamed(type.annotations, "Entity"), "name") ?? type.name;
    let known = this.#entities.get(name);
    if (known === undefined) this.#entities.set(name, (known = new Set()));
    if (mapped) known.add(type.qualified);
    else known.delete(type.qualified);
    return `mapped:${name}`;
  }
}
