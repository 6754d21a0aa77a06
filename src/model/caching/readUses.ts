import type { JavaFile } from "../../facts/fileFacts.ts";
import type { AnnotationValue, JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { Place, Span } from "../../text/positions.ts";
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

/** Whether one of some annotations reads, fills or empties caches. */
export const carriesCache = (annotations: readonly JavaAnnotation[]): boolean =>
  annotationNamed(annotations, ...Object.keys(KINDS), "Caching") !== undefined;

/** Whether an annotation of the workspace's own makes a method one whose answers are kept. */
export const remembersItself = ({ type }: TypeEntry): boolean => annotationNamed(type.annotations, "Cacheable") !== undefined;

/** Whether a file may use caches, by its annotations alone; `composed` are those of the workspace's own, by their simple names. */
export function mayCache({ java }: JavaFile, composed: ReadonlyMap<string, TypeEntry>): boolean {
  return java.types.some((type) =>
    type.methods.some(
      ({ annotations }) => carriesCache(annotations) || (composed.size > 0 && annotations.some(({ name }) => composed.has(bare(name)))),
    ),
  );
}

/** The cache annotations of one file's methods, @Caching and those of the workspace's own taken apart. */
export function readUses(types: TypeIndex, file: JavaFile, composed: ReadonlyMap<string, TypeEntry>): readonly CacheUse[] {
  return file.java.types.flatMap((type) => {
    const config = annotationNamed(type.annotations, "CacheConfig");
    return type.methods.flatMap((method) =>
      method.annotations
        .flatMap((one) => spread(one, composed))
        .map(({ name, annotation, place }): CacheUse => {
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
            at: { file: file.file, ...place },
          };
        }),
    );
  });
}

interface Named {
  readonly name: string;
  readonly annotation: JavaAnnotation;
  /** Where it stands at the method. */
  readonly place: Span;
}

const bare = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function spread(annotation: JavaAnnotation, composed: ReadonlyMap<string, TypeEntry>): readonly Named[] {
  const name = bare(annotation.name);
  const place = annotation.span;
  if (KINDS[name] !== undefined) return [{ name, annotation, place }];
  const own = composed.get(name);
  if (own !== undefined) return carried(annotation, own).map((one) => ({ ...one, place }));
  if (name !== "Caching") return [];
  return annotation.values.flatMap(({ name: part, value }) => {
    const inner = value.kind === "array" ? value.values : [value];
    const kind = PARTS[part];
    return inner.flatMap((one): Named[] =>
      one.kind === "annotation" && kind !== undefined ? [{ name: kind, annotation: one.annotation, place: one.annotation.span }] : [],
    );
  });
}

/** Spring's annotations on one of the workspace's own, with the values that the latter hands on (`@AliasFor`). */
function carried(annotation: JavaAnnotation, { type }: TypeEntry): readonly Named[] {
  const given = annotation.values.flatMap((argument) => {
    const alias = annotationNamed(type.methods.find(({ name }) => name === argument.name)?.annotations ?? [], "AliasFor");
    const attribute = annotationValue(alias, "attribute") ?? annotationValue(alias, "value");
    return alias === undefined
      ? []
      : [{ name: attribute?.kind === "text" ? attribute.text : argument.name, value: argument.value, span: argument.span }];
  });
  return type.annotations
    .filter(({ name }) => carriesCache([{ name, span: annotation.span, values: [] }]))
    .flatMap((meta) => spread({ name: meta.name, span: meta.span, values: [...given, ...meta.values] }, NONE));
}

const NONE: ReadonlyMap<string, TypeEntry> = new Map();

function namesOf(annotation: JavaAnnotation, entry: TypeEntry, types: TypeIndex): readonly string[] {
  const value = annotationValue(annotation, "cacheNames") ?? annotationValue(annotation, "value");
  return value === undefined ? [] : constantTexts(value, entry, types);
}

const isTrue = (value: AnnotationValue | undefined): boolean => value?.kind === "boolean" && value.value;
