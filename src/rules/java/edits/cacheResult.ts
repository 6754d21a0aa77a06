import type { PathStep, UncachedRead } from "../../../model/caching/uncachedReads.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import type { Type } from "../../../model/types/type.ts";
import { bareName } from "../../../model/types/typeIndex.ts";
import { indentAt, insertAt, lineBreakOf } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";

/**
 * `@Cacheable` on the first method of a bean on the way that the proxy can stand before: public, called from another class, with
 * parameters that make a key and a result that may be kept.
 */
export function cacheResult(model: Model, { path }: UncachedRead): readonly Fix[] {
  const method = path
    .map((step, i) => (isCacheable(model, step, path[i - 1]) ? step.method : undefined))
    .find((found) => found !== undefined);
  if (method === undefined) return [];
  const { owner, method: declared } = method.declared;
  const name = cacheName(method);
  return [
    {
      title: `Cache the result of ${owner.type.name}.${declared.name}`,
      safe: false,
      edits(sources) {
        const file = owner.file.file;
        const source = sources.text(file);
        if (source === undefined || source.slice(declared.nameSpan.start, declared.nameSpan.end) !== declared.name) return undefined;
        const annotation = `@Cacheable("${name}")${lineBreakOf(source)}${indentAt(source, declared.span.start)}`;
        return [
          {
            kind: "change",
            file,
            edits: [
              ...importEdits(owner.file, source, ["org.springframework.cache.annotation.Cacheable"]),
              insertAt(declared.span.start, annotation),
            ],
          },
        ];
      },
    },
  ];
}

function isCacheable(model: Model, { method }: PathStep, before: PathStep | undefined): boolean {
  const { owner, method: declared } = method.declared;
  if (before === undefined || before.method.declared.owner.type.qualified === owner.type.qualified) return false;
  if (declared.body < 0 || declared.kind !== "method" || !declared.modifiers.includes("public")) return false;
  if (["static", "final"].some((modifier) => declared.modifiers.includes(modifier)) || owner.type.modifiers.includes("final")) return false;
  if (annotationNamed(owner.type.annotations, "Service", "Component", "Repository") === undefined) return false;
  const context = { file: owner.file, type: owner.type };
  const returned = model.types.resolve(declared.returns, context);
  return (
    declared.parameters.every(({ type }) => KEYS.test(bareName(type))) &&
    returned !== undefined &&
    isKeepable(model, returned, owner.file.file)
  );
}

/** Types whose values are equal when they say the same. */
const KEYS = /^(?:boolean|byte|short|int|long|char|Boolean|Short|Integer|Long|String|UUID|LocalDate|YearMonth|Year|Locale|Pageable|Sort)$/;

/** Not nothing, not what can be read once only, and no entities: they would leave their session. */
function isKeepable(model: Model, type: Type, file: string): boolean {
  if (/^(?:void|Void|Stream|Flux|Mono|InputStream|Resource|CompletableFuture|Future)$/.test(bareName(type.name))) return false;
  const declared = model.types.entryOf(type, file);
  if (declared !== undefined && model.persistence.entity(declared.type.qualified) !== undefined) return false;
  return type.args.every((argument) => isKeepable(model, argument, file));
}

/** "getChainStatistics" → "chainStatistics". */
function cacheName({ declared: { owner, method } }: MethodNode): string {
  const bare = method.name.replace(/^(?:get|find|load|fetch|read|compute|calculate|build|list|query)(?=\p{Lu})/u, "") || owner.type.name;
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}
