import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaAnnotation } from "../../../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed, annotationValue } from "../../../../model/types/constants.ts";
import { chainStep, indentAt, lineBreakOf, listWithin, replace, type TextEdit } from "../../../../text/edits.ts";
import type { Fix } from "../../../finding.ts";
import { cachesNamed } from "../../shared/caches/cacheNames.ts";
import { isClearedByKeys } from "../../shared/caches/cacheProvider.ts";
import { callsNearby } from "../../shared/running/callsNearby.ts";
import { annotate } from "../annotate.ts";
import { Changes } from "./changes.ts";
import { type WrittenName, writtenName } from "./writtenNames.ts";

const CACHE_ANNOTATIONS = ["CacheEvict", "CachePut", "Cacheable", "Caching"] as const;

/** A method that is to empty caches. */
export interface Eviction {
  readonly title: string;
  readonly file: JavaFile;
  /** A qualified name that the edits need. */
  readonly imports: readonly string[];
  edits(source: string): readonly TextEdit[] | undefined;
}

/** Empties caches on all ways that it can be done on, of those that are given from their start; none where it cannot on the first. */
export function evictCache(model: Model, paths: readonly (readonly string[])[], caches: readonly string[]): readonly Fix[] {
  const found = evictionsOn(model, paths, caches);
  if (found[0] === undefined) return [];
  const evictions = [...new Map(found.flatMap((one) => (one === undefined ? [] : [[one.title, one] as const]))).values()];
  const [first, ...others] = evictions;
  return [
    {
      title: `${first?.title}${others.length === 0 ? "" : ` and ${others.length} more`}`,
      safe: false,
      edits(sources) {
        const changes = new Changes(sources);
        for (const { file, imports, edits } of evictions) changes.add(file, imports, edits);
        return changes.all();
      },
    },
  ];
}

/**
 * For each way the eviction on its last method that the proxy stands before: public, of a bean, called from other classes alone, or from
 * methods that empty the caches, too. All entries go: which key the written row has is not known. Where that would read every key of
 * Redis, nothing is offered.
 */
export function evictionsOn(
  model: Model,
  paths: readonly (readonly string[])[],
  caches: readonly string[],
): readonly (Eviction | undefined)[] {
  const ways = paths.map((path) => path.map((key) => model.calls.method(key)).filter((method) => method !== undefined));
  const emptying = new Set<string>();
  const found: (MethodNode | undefined)[] = ways.map(() => undefined);
  // Its callers may come later.
  for (let known = -1; known < emptying.size; ) {
    known = emptying.size;
    ways.forEach((methods, way) => {
      if (found[way] !== undefined) return;
      const method = methods.findLast((one, i) => isProxied(one, methods[i - 1]) && !isCalledWithin(model, one, emptying));
      if (method === undefined) return;
      found[way] = method;
      emptying.add(method.key);
    });
  }
  return found.map((method) => (method === undefined ? undefined : evictionOn(model, method, caches)));
}

function evictionOn(model: Model, method: MethodNode, caches: readonly string[]): Eviction | undefined {
  const { owner, method: declared } = method.declared;
  const { file } = owner;
  if (isClearedByKeys(model, file.file)) return undefined;
  const title = `Empty ${cachesNamed(caches)} after ${owner.type.name}.${declared.name}`;
  const names = caches.map((cache) => writtenName(model, cache, owner));
  const present = annotationNamed(declared.annotations, ...CACHE_ANNOTATIONS);
  if (present !== undefined) return nameMore(present, file, names, title);
  return {
    title,
    file,
    imports: ["org.springframework.cache.annotation.CacheEvict", ...names.flatMap(({ imports }) => imports)],
    edits(source) {
      if (source.slice(declared.nameSpan.start, declared.nameSpan.end) !== declared.name) return undefined;
      return [
        annotate(
          file,
          declared,
          [
            evicting(
              names.map(({ text }) => text),
              indentAt(source, declared.span.start),
              source,
            ),
          ],
          source,
        ),
      ];
    },
  };
}

/** The annotation, its names over as many lines as they need. */
function evicting(names: readonly string[], indent: string, source: string): string {
  const [before, after] = names.length === 1 ? ["", ""] : ["{", "}"];
  const [ahead, behind] = [`@CacheEvict(cacheNames = ${before}`, `${after}, allEntries = true)`];
  const next = lineBreakOf(source) + indent + chainStep(source);
  return ahead + listWithin(names, indent.length + ahead.length, next, behind.length) + behind;
}

/** `@CacheEvict(cacheNames = "a", allEntries = true)` → `{"a", "b"}`; with a key, or a list, a person has to decide. */
function nameMore(annotation: JavaAnnotation, file: JavaFile, names: readonly WrittenName[], title: string): Eviction | undefined {
  if (!annotation.name.endsWith("CacheEvict") || annotationValue(annotation, "key") !== undefined) return undefined;
  const whole = annotationValue(annotation, "allEntries");
  const present = annotation.values.find(({ name }) => name === "cacheNames" || name === "value");
  if (whole?.kind !== "boolean" || !whole.value || (present?.value.kind !== "text" && present?.value.kind !== "reference"))
    return undefined;
  const { span } = present;
  return {
    title,
    file,
    imports: names.flatMap(({ imports }) => imports),
    edits: (source) => [replace(span, `{${[source.slice(span.start, span.end), ...names.map(({ text }) => text)].join(", ")}}`)],
  };
}

/** Its own class calls it past the proxy, where the annotation would do nothing, and from a method that does not empty the caches. */
const isCalledWithin = (model: Model, method: MethodNode, emptying: ReadonlySet<string>): boolean =>
  callsNearby(model, method).some(({ caller }) => caller.declared.owner.type === method.declared.owner.type && !emptying.has(caller.key));

/** Whether the proxy of a bean stands before a method where a caller, of another class, calls it. */
export function isProxied({ declared: { owner, method } }: MethodNode, caller: MethodNode | undefined): boolean {
  if (method.kind !== "method" || method.body < 0 || !method.modifiers.includes("public")) return false;
  if (["static", "final"].some((modifier) => method.modifiers.includes(modifier)) || owner.type.modifiers.includes("final")) return false;
  if (annotationNamed(owner.type.annotations, "Service", "Component", "Repository") === undefined) return false;
  return caller !== undefined && caller.declared.owner.type.qualified !== owner.type.qualified;
}
