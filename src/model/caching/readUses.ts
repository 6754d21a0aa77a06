import type { JavaFile } from "../../facts/fileFacts.ts";
import type { AnnotationValue, JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { Place } from "../../text/positions.ts";
import { methodKey } from "../calls/methodKey.ts";
import { annotationNamed, annotationValue, constantText, constantTexts } from "../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";

/** One annotation of Spring's that reads, fills or empties caches. Plain data. */
export interface CacheUse {
  readonly kind: "read" | "put" | "evict";
  readonly names: readonly string[];
  /** SpEL as written; undefined where the parameters are the key. */
  readonly key: string | undefined;
  readonly allEntries: boolean;
  readonly sync: boolean;
  /** The key is made by a generator of its own, or cannot be read. */
  readonly ownKeys: boolean;
  /** The cache is that of a manager that the annotation names. */
  readonly ownManager: boolean;
  /** Key of the annotated method (see methodKey). */
  readonly method: string;
  readonly label: string;
  readonly parameters: readonly CacheParameter[];
  readonly returns: string;
  readonly at: Place;
}

export interface CacheParameter {
  readonly name: string;
  readonly type: string;
}

const KINDS: Readonly<Record<string, CacheUse["kind"]>> = { Cacheable: "read", CachePut: "put", CacheEvict: "evict" };
const PARTS: Readonly<Record<string, string>> = { cacheable: "Cacheable", put: "CachePut", evict: "CacheEvict" };

/** Whether a file may use caches, by its annotations alone. */
export function mayCache({ java }: JavaFile): boolean {
  return java.types.some((type) => type.methods.some(({ annotations }) => annotationNamed(annotations, ...Object.keys(KINDS), "Caching")));
}

/** The cache annotations of one file's methods, @Caching taken apart. */
export function readUses(types: TypeIndex, file: JavaFile): readonly CacheUse[] {
  return file.java.types.flatMap((type) => {
    const config = annotationNamed(type.annotations, "CacheConfig");
    return type.methods.flatMap((method) =>
      method.annotations.flatMap(spread).map(({ name, annotation }): CacheUse => {
        const entry: TypeEntry = { file, type };
        const key = annotationValue(annotation, "key");
        const text = key === undefined ? undefined : constantText(key, entry, types);
        const own = namesOf(annotation, entry, types);
        return {
          kind: KINDS[name] as CacheUse["kind"],
          names: own.length > 0 || config === undefined ? own : namesOf(config, entry, types),
          key: text === "" ? undefined : text,
          allEntries: isTrue(annotationValue(annotation, "allEntries")),
          sync: isTrue(annotationValue(annotation, "sync")),
          ownKeys:
            (key !== undefined && text === undefined) ||
            annotationValue(annotation, "keyGenerator") !== undefined ||
            annotationValue(config, "keyGenerator") !== undefined,
          ownManager: [annotation, config].some(
            (one) => annotationValue(one, "cacheManager") !== undefined || annotationValue(one, "cacheResolver") !== undefined,
          ),
          method: methodKey({ owner: entry, method }),
          label: `${type.name}.${method.name}`,
          parameters: method.parameters.map((parameter) => ({ name: parameter.name, type: parameter.type })),
          returns: method.returns,
          at: { file: file.file, ...annotation.span },
        };
      }),
    );
  });
}

interface Named {
  readonly name: string;
  readonly annotation: JavaAnnotation;
}

const bare = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function spread(annotation: JavaAnnotation): readonly Named[] {
  const name = bare(annotation.name);
  if (KINDS[name] !== undefined) return [{ name, annotation }];
  if (name !== "Caching") return [];
  return annotation.values.flatMap(({ name: part, value }) => {
    const inner = value.kind === "array" ? value.values : [value];
    const kind = PARTS[part];
    return inner.flatMap((one): Named[] =>
      one.kind === "annotation" && kind !== undefined ? [{ name: kind, annotation: one.annotation }] : [],
    );
  });
}

function namesOf(annotation: JavaAnnotation, entry: TypeEntry, types: TypeIndex): readonly string[] {
  const value = annotationValue(annotation, "cacheNames") ?? annotationValue(annotation, "value");
  return value === undefined ? [] : constantTexts(value, entry, types);
}

const isTrue = (value: AnnotationValue | undefined): boolean => value?.kind === "boolean" && value.value;
